"""The whole deliverable of a quarter: no word of ours stays English on it, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from unittest import mock

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import tongue
from tests.language.marking import marking, unsaid
from tests.language.po_files import TRANSLATED, read
from tests.quarter.full_deliverable import JOBS, PROMISED, STORIES, UNDER, full_deliverable

WRITTEN_BY_PEOPLE = " ".join(
    (*STORIES.values(), *PROMISED, *(job.subject for job in JOBS), UNDER.model_dump_json())
)
OF_ITS_FRAME = {"Very", "good", "Poor", "Product", "Manual", "ab" * 32}
"""What the full deliverable adds to the tickets."""
OF_REDMINE = {"Resolved", "Waiting for customer", "Support"}
"""Its statuses and activities stay as they are."""
INTERNATIONAL = {"CEST", "KiB", "SHA"}


class _Listening(NullTranslations):
    """Keeps what it is asked to say."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, one: str, many: str, n: int) -> str:
        self.asked.add(one)
        return one if n == 1 else many


@contextmanager
def listening() -> Iterator[_Listening]:
    ear = _Listening()
    tongue.tongue_for.cache_clear()
    with mock.patch.object(tongue, "translations_of", return_value=ear):
        yield ear
    tongue.tongue_for.cache_clear()


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_it_says_is_translated_but_the_words_of_the_contract(language: Language) -> None:
    with listening() as ear:
        made = full_deliverable(language)
        assert made.page.blocks
        assert made.sheets
    known = read(language)
    contract = UNDER.model_dump_json()
    english = {message for message in ear.asked if not (known.get(message) or message in contract)}
    assert english == OF_REDMINE


def test_every_word_of_ours_passes_the_tongue() -> None:
    """Names of months and units differ by language: what is left in all of them is neither."""
    with marking():
        left = frozenset.intersection(
            *(unsaid(full_deliverable(language).page) for language in TRANSLATED)
        )
    theirs = set(re.findall(r"[^\W\d_]+", WRITTEN_BY_PEOPLE))
    assert left - theirs - OF_ITS_FRAME - INTERNATIONAL == set()
