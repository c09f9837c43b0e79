"""The "judged at" line is found again in every language, and in the one a page had before."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Heading, Markup, Page, Paragraph, line, render
from redmine_sla.plan.stamp import is_due, stamp, without_stamp
from tests.notation import instant

BUDAPEST = ZoneInfo("Europe/Budapest")
HOUR = timedelta(hours=1)
MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")
BLOCKS = (Heading(1, line("Acme")), Paragraph(line("redmine-sla told it on 2026-01-01 00:00 CET")))


def page(at: str, language: Language, markup: Markup) -> str:
    signed = stamp(instant(at), BUDAPEST, tongue_for(language))
    return render(Page((*BLOCKS, signed)), markup)


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("language", Language)
def test_pages_that_differ_in_their_stamp_alone_say_the_same(
    language: Language, markup: Markup
) -> None:
    bare = render(Page(BLOCKS), markup).rstrip()
    assert without_stamp(page("2026-03-04 12:00", language, markup)) == bare
    assert without_stamp(page("2026-03-05 12:00", language, markup)) == bare


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("language", Language)
def test_the_instant_in_it_is_read_in_every_language(language: Language, markup: Markup) -> None:
    text = page("2026-03-04 12:00", language, markup)
    assert not is_due(text, instant("2026-03-04 12:59"), BUDAPEST, HOUR)
    assert is_due(text, instant("2026-03-04 13:00"), BUDAPEST, HOUR)
