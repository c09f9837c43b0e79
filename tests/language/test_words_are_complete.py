"""The files of translations are complete: nothing of what `update` found is left to do.

Red while sentences are being added; green before anything is released.
"""

from __future__ import annotations

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language.translations import is_sound, places_of
from tests.language.messages import Message, all_messages, messages_of_code
from tests.language.po_files import TRANSLATED, path_of, read, updated

FORMS = {
    Language.HUNGARIAN: 2,
    Language.POLISH: 3,
    Language.SLOVAK: 3,
    Language.RUSSIAN: 3,
    Language.KAZAKH: 2,
}


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return all_messages()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_sound_translation(language: Language, messages: list[Message]) -> None:
    catalogue = read(language)
    unsaid = [
        message.one
        for message in messages
        if (entry := catalogue.get(message.one)) is None or not is_sound(entry.id, entry.string)
    ]
    assert not unsaid


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_in_doubt_or_left_over(
    language: Language, messages: list[Message]
) -> None:
    catalogue = read(language)
    assert not [entry.id for entry in catalogue if entry.id and entry.fuzzy]
    assert not catalogue.obsolete
    known = {message.one for message in messages}
    names = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue}
    assert names - known - {""} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_has_the_forms_of_the_language(language: Language) -> None:
    catalogue = read(language)
    assert catalogue.num_plurals == FORMS[language]
    for entry in catalogue:
        if not isinstance(entry.id, str):
            assert len(tuple(entry.string or ())) == FORMS[language], entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_file_is_as_update_writes_it(language: Language, messages: list[Message]) -> None:
    assert path_of(language).read_bytes() == updated(language, messages), (
        "run python -m tests.language update"
    )


def test_every_call_fills_exactly_the_places_of_its_message() -> None:
    wrong = [
        f"{message.where}:{message.line}: {message.one}"
        for message in messages_of_code()
        if message.filled is not None
        and not all((places_of(form) or set()) <= message.filled for form in message.forms)
    ]
    assert not wrong
