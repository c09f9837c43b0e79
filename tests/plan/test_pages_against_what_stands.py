"""A wiki page is saved when it would say something else, and now and then for its stamp."""

from __future__ import annotations

from datetime import timedelta

import pytest

from redmine_sla.page import Page, Paragraph, line
from redmine_sla.plan import PageNow, Plan, SaveWikiPage, page_change, place_of
from tests.notation import instant
from tests.plan.world import OFFICE_HOURS, REDMINE, desk

AT = instant("2026-03-02 10:00")
TEXTILE = 'mode = "wiki"\nwiki_markup = "textile"'
COMMON_MARK = 'mode = "wiki"\nwiki_markup = "common_mark"'


def saved(
    words: str, now: PageNow | None, *, minutes: int = 0, surfaces: str = TEXTILE
) -> SaveWikiPage | None:
    chosen = desk(surfaces)
    place = place_of(OFFICE_HOURS, chosen, REDMINE)
    assert place is not None
    page = Page((Paragraph(line(words)),))
    as_of = AT + timedelta(minutes=minutes)
    return page_change(page, place, now, contract=OFFICE_HOURS, desk=chosen, as_of=as_of)


def standing(words: str, *, surfaces: str = TEXTILE) -> PageNow:
    first = saved(words, None, surfaces=surfaces)
    assert first is not None
    return PageNow(first.after, 7)


def test_a_page_that_is_not_there_is_new() -> None:
    change = saved("All is well", None)
    assert change is not None
    assert (change.where, change.title, change.version, change.before) == (
        "acme",
        "SLA acme",
        None,
        None,
    )
    assert change.after == (
        "p. All is well\n\np. Judged at 2026-03-02 10:00 CET by redmine-sla, from what Redmine "
        "says. It writes this page anew: what is changed here by hand is lost.\n"
    )
    assert change.comment == "redmine-sla: new"


@pytest.mark.parametrize("surfaces", [TEXTILE, COMMON_MARK])
def test_a_page_that_says_the_same_is_left_alone(surfaces: str) -> None:
    now = standing("All is well", surfaces=surfaces)
    assert saved("All is well", now, surfaces=surfaces) is None
    assert saved("All is well", now, minutes=59, surfaces=surfaces) is None


@pytest.mark.parametrize("surfaces", [TEXTILE, COMMON_MARK])
def test_its_stamp_is_renewed_when_it_is_old(surfaces: str) -> None:
    change = saved(
        "All is well", standing("All is well", surfaces=surfaces), minutes=60, surfaces=surfaces
    )
    assert change is not None
    assert (change.why, change.version) == ("judged again", 7)


def test_how_often_is_a_key() -> None:
    daily = f"{TEXTILE}\nstamp_every_minutes = 1440"
    assert saved("All is well", standing("All is well"), minutes=1439, surfaces=daily) is None
    assert saved("All is well", standing("All is well"), minutes=1440, surfaces=daily) is not None


def test_other_words_are_saved_at_once() -> None:
    change = saved("One is late", standing("All is well"))
    assert change is not None
    assert (change.why, change.version) == ("changed", 7)


def test_line_ends_of_a_browser_are_no_difference() -> None:
    now = standing("All is well")
    assert saved("All is well", PageNow(now.text.replace("\n", "\r\n"), 8), minutes=5) is None


def test_a_page_written_by_somebody_else_is_replaced() -> None:
    assert saved("All is well", PageNow("Our own notes", 2)) is not None


def test_words_that_look_like_a_stamp_are_words() -> None:
    now = standing("Judged at 2020-01-01 00:00 CET")
    assert saved("Judged at 2020-01-01 00:00 CET", now, minutes=5) is None
    assert saved("Judged at 2020-01-01 00:01 CET", now, minutes=5) is not None


def test_the_page_stands_in_the_contracts_first_project_or_where_the_desk_says() -> None:
    elsewhere = desk(f'{TEXTILE}\nwiki_project = "globex"\nwiki_page = "Service of {{contract}}"')
    place = place_of(OFFICE_HOURS, elsewhere, REDMINE)
    assert place is not None
    assert (place.project.identifier, place.title) == ("globex", "Service of acme")


def test_a_project_the_key_does_not_see_has_no_place() -> None:
    assert place_of(OFFICE_HOURS, desk(f'{TEXTILE}\nwiki_project = "hidden"'), REDMINE) is None


def test_a_page_that_two_contracts_claim_is_written_for_neither() -> None:
    one = saved("Of acme", None)
    assert one is not None
    other = SaveWikiPage(
        project=one.project,
        where=one.where,
        title="sla ACME",
        contract="globex",
        before=None,
        after="Of globex",
        version=None,
        why="new",
    )
    plan = Plan.of(AT, [one, other])
    assert plan.is_empty
    assert plan.findings == (
        'wiki page "SLA acme" in acme is claimed by the contracts acme, globex: '
        "write {contract} into wiki_page in sla.toml",
    )
