"""Lists are read whole while people go on working: nothing skipped, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.connectors.redmine.paging import ISSUES, TIME_ENTRIES, by_change, by_day
from redmine_sla.sync.failures import WrongAnswer
from redmine_sla.sync.ports import Row
from tests.connectors.changing_list import START, ChangingList


def flat(pages: Iterable[Sequence[Row]]) -> list[Row]:
    return [row for page in pages for row in page]


def numbers(pages: Iterable[Sequence[Row]]) -> list[int]:
    return [row["id"] for row in flat(pages)]


def test_pages_follow_the_last_change_seen_instead_of_a_growing_offset() -> None:
    redmine = ChangingList()
    for number in range(1, 251):
        redmine.add(number, after=number * 60)
    assert numbers(by_change(redmine.ask, ISSUES, None, None)) == list(range(1, 251))
    assert all("offset" not in asked for asked in redmine.asked)
    assert len(redmine.asked) == 3


def test_pages_are_asked_for_one_by_one() -> None:
    redmine = ChangingList()
    for number in range(1, 251):
        redmine.add(number, after=number)
    next(iter(by_change(redmine.ask, ISSUES, None, None)))
    assert len(redmine.asked) == 1


def test_the_first_second_asked_for_is_included() -> None:
    redmine = ChangingList()
    redmine.add(1, after=-2)
    redmine.add(2, after=0)
    redmine.add(3, after=0.9)
    assert numbers(by_change(redmine.ask, ISSUES, START, None)) == [2, 3]


def test_a_ticket_changed_underneath_skips_no_other_and_comes_again_as_it_is_then() -> None:
    redmine = ChangingList()
    for number in range(1, 301):
        redmine.add(number, after=number)

    def between(page: int) -> None:
        if page == 1:
            for number in (5, 6, 7):
                redmine.touch(number)

    redmine.between = between
    found = numbers(by_change(redmine.ask, ISSUES, None, None))
    assert found == [*range(1, 301), 5, 6, 7]


@pytest.mark.parametrize("crowd", [99, 100, 101, 250, 1000])
def test_a_second_with_more_tickets_than_a_page_is_read_whole(crowd: int) -> None:
    redmine = ChangingList()
    redmine.add(1, after=0)
    for number in range(2, crowd + 2):
        redmine.add(number, after=10)
    redmine.add(5000, after=20)
    found = numbers(by_change(redmine.ask, ISSUES, None, None))
    assert sorted(found) == [*range(1, crowd + 2), 5000]


def test_more_projects_than_an_address_can_hold_are_one_list_in_order() -> None:
    redmine = ChangingList()
    for number in range(1, 601):
        redmine.add(number, after=number, project=number % 300)
    found = numbers(by_change(redmine.ask, ISSUES, None, list(range(250))))
    assert found == [n for n in range(1, 601) if n % 300 < 250]
    assert all(len(asked["v[project_id][]"]) <= 100 for asked in redmine.asked)


@pytest.mark.parametrize("ignored", ["updated_on", "project_id"])
def test_a_filter_that_redmine_ignores_is_noticed(ignored: str) -> None:
    redmine = ChangingList(ignored_filters=frozenset({ignored}))
    redmine.add(1, after=-86400 if ignored == "updated_on" else 0, project=1)
    redmine.add(2, after=0, project=2)
    with pytest.raises(WrongAnswer, match="nothing was taken over"):
        list(by_change(redmine.ask, ISSUES, START, [2] if ignored == "project_id" else None))


def test_an_order_that_redmine_ignores_is_noticed() -> None:
    redmine = ChangingList()
    redmine.add(1, after=60)
    redmine.add(2, after=0)

    def unsorted(path: str, parameters: Sequence[tuple[str, str]]) -> object:
        return redmine.ask(path, [p for p in parameters if p[0] != "sort"])

    with pytest.raises(WrongAnswer, match="order"):
        list(by_change(unsorted, ISSUES, None, None))  # type: ignore[arg-type]


@settings(deadline=None, max_examples=60)
@given(
    gaps=st.lists(
        st.sampled_from([0, 0, 0, 0.001, 0.3, 0.7, 1, 1.5, 60]), min_size=1, max_size=450
    ),
    touched=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 449)), max_size=12),
    since=st.none() | st.integers(0, 200),
)
def test_whatever_changes_while_we_read_each_latest_state_comes_once(
    gaps: list[float], touched: list[tuple[int, int]], since: int | None
) -> None:
    redmine = ChangingList()
    after = 0.0
    for number, gap in enumerate(gaps):
        after += gap
        redmine.add(len(gaps) - number, after)  # the oldest ticket was changed last

    def between(page: int) -> None:
        for when, which in touched:
            if when == page and which in redmine.rows:
                redmine.touch(which)

    redmine.between = between
    start = None if since is None else START + timedelta(seconds=since)
    found = [(r["id"], r["updated_on"]) for r in flat(by_change(redmine.ask, ISSUES, start, None))]
    assert len(found) == len(set(found))
    latest = {
        (row.id, row.shown()["updated_on"])
        for row in redmine.rows.values()
        if start is None or row.updated >= start
    }
    assert latest <= set(found)


def test_hours_are_read_day_by_day() -> None:
    redmine = ChangingList()
    for number in range(1, 351):
        redmine.add(number, after=number, spent_on=str(date(2026, 1, 1) + timedelta(number // 9)))
    assert numbers(by_day(redmine.ask, TIME_ENTRIES, None, None)) == list(range(1, 351))
    assert all("offset" not in asked for asked in redmine.asked)


@pytest.mark.parametrize("crowd", [99, 100, 101, 250])
def test_a_day_with_more_hours_than_a_page_is_read_whole(crowd: int) -> None:
    redmine = ChangingList()
    redmine.add(1, after=0, spent_on="2026-01-01")
    for number in range(2, crowd + 2):
        redmine.add(number, after=number, spent_on="2026-01-02")
    redmine.add(900, after=0, spent_on="2026-01-03")
    found = numbers(by_day(redmine.ask, TIME_ENTRIES, date(2026, 1, 1), None))
    assert found == [*range(1, crowd + 2), 900]


def test_hours_deleted_while_a_crowded_day_is_read_make_us_read_it_again() -> None:
    redmine = ChangingList()
    for number in range(1, 301):
        redmine.add(number, after=number, spent_on="2026-01-02")

    def between(page: int) -> None:
        if page == 2:  # the crowd is being read by offset: all that follow move up by one
            redmine.rows.pop(3, None)

    redmine.between = between
    found = numbers(by_day(redmine.ask, TIME_ENTRIES, date(2026, 1, 2), None))
    assert sorted(found) == list(range(1, 301))  # 3 came before it went; 101 was not skipped
