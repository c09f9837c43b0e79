"""Whatever the order and partition of outages, the sums are the same, and months make quarters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.availability import Outage, ServiceAvailability, availability_of
from redmine_sla.availability.spans import Span, clipped, union, without
from tests.availability.measuring import days, promising_percent
from tests.judging import contract

UNDER = contract(
    """
    calendars.lunch = { hours = "Mo-Fr 08:00-12:00,13:00-17:00", holidays = "HU" }
    [availability]
    clause = "A"
    percent = 97.5
    measured = "window"
    calendar = "lunch"
    [availability.services.crm]
    title = "CRM"
    weight = 60
    [[availability.maintenance]]
    reason = "updates"
    rhythm = "FREQ=WEEKLY;BYDAY=WE"
    time = 09:00:00
    hours = 2.5
    [[amendments]]
    from = 2026-02-20
    note = "more"
    [amendments.availability]
    percent = 98.89
    """
)
QUARTER = days("2026-01-01", "2026-03-31")
BEGIN = datetime(2025, 12, 25, tzinfo=UTC)
AFTER = datetime(2026, 4, 2, 12, tzinfo=UTC)

seconds = st.integers(min_value=0, max_value=105 * 86_400)
spans = st.tuples(seconds, st.integers(min_value=0, max_value=4 * 86_400)).map(
    lambda pair: Span(
        BEGIN + timedelta(seconds=pair[0]), BEGIN + timedelta(seconds=pair[0] + pair[1])
    )
)


def as_outages(found: Sequence[Span]) -> list[Outage]:
    return [
        Outage(ticket=number, service="crm", began=span.begin, ended=span.end)
        for number, span in enumerate(found, start=1)
    ]


def share(one: ServiceAvailability) -> Decimal:
    assert one.adjusted.share is not None
    return one.adjusted.share


@given(st.lists(spans, max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_tallies_of_the_months_add_up_to_that_of_the_quarter(found: list[Span]) -> None:
    outages = as_outages(found)
    (quarter,) = availability_of(UNDER, outages, QUARTER, AFTER)
    months = [
        one for part in QUARTER.months for one in availability_of(UNDER, outages, part, AFTER)
    ]
    assert len(months) == 3
    for side in ("raw", "adjusted"):
        tallies = [getattr(one, side) for one in months]
        assert sum(tallies[1:], tallies[0]) == getattr(quarter, side)
    # and so the quarter's share is the months' mean, weighted by their service time
    parts = (share(one) * one.adjusted.served for one in months)
    mean = sum(parts, Decimal(0)) / quarter.adjusted.served
    assert abs(mean - share(quarter)) < Decimal("1e-20")


@given(
    st.lists(spans, max_size=8).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_outages_does_not_matter(pair: tuple[list[Span], list[Span]]) -> None:
    one, other = (availability_of(UNDER, as_outages(found), QUARTER, AFTER)[0] for found in pair)
    assert (one.raw, one.adjusted) == (other.raw, other.adjusted)


@given(st.lists(spans, max_size=8), st.integers(min_value=0, max_value=100))
@settings(max_examples=40, deadline=None)
def test_an_outage_told_in_two_pieces_is_the_same_outage(found: list[Span], share: int) -> None:
    halves = []
    for span in found:
        middle = span.begin + (span.end - span.begin) * share // 100
        halves += [Span(span.begin, middle), Span(middle, span.end)]
    whole, pieces = (
        availability_of(UNDER, as_outages(told), QUARTER, AFTER)[0] for told in (found, halves)
    )
    assert (whole.raw, whole.adjusted) == (pieces.raw, pieces.adjusted)


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6), spans)
def test_joined_and_cut_spans_hold_exactly_the_instants_they_should(
    found: list[Span], holes: list[Span], limits: Span
) -> None:
    edges = {edge for span in (*found, *holes, limits) for edge in (span.begin, span.end)}
    left, inside = without(found, holes), clipped(found, limits)
    for instant in edges:
        hit = _any(found, instant)
        assert _any(union(found), instant) is hit
        assert _any(left, instant) is (hit and not _any(holes, instant))
        assert _any(inside, instant) is (hit and _any([limits], instant))
    for spans_made in (union(found), left, inside):
        assert all(a.end < b.begin for a, b in pairwise(spans_made))


def _any(found: Sequence[Span], instant: datetime) -> bool:
    return any(span.begin <= instant < span.end for span in found)


def test_it_never_counts_more_than_the_time_there_was() -> None:
    always = Outage(ticket=1, service="", began=BEGIN, ended=None)
    (one,) = availability_of(promising_percent("97.5"), [always, always], QUARTER, AFTER)
    assert one.raw.down == one.raw.whole
    assert one.raw.share == Decimal(0)
