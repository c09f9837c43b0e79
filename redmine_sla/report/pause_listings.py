"""Listings of pauses: by party and reason, and each one with what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from redmine_sla.calendar.period import Period
from redmine_sla.report.listing import (
    Column,
    Entry,
    Kind,
    Listing,
    Room,
    Row,
    counted,
    numbered,
    plain,
)
from redmine_sla.report.pauses import Doubt, PauseTaken, by_reason, pauses_begun, pauses_in
from redmine_sla.report.promise import Promise

_DOUBTS: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.CLOSE: "close to the deadline",
        Doubt.UNTOLD: "without a public message",
        Doubt.NO_SERVICE: "on a day without service",
    }
)
_TITLES: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.CLOSE: "Close to deadline",
        Doubt.UNTOLD: "No message",
        Doubt.NO_SERVICE: "Day off",
    }
)


def pause_sums_listing(promises: Iterable[Promise], period: Period, as_of: datetime) -> Listing:
    """The pauses in the period by party and reason, their time in it, and how many are odd.

    Odd is how a pause began; one from before the period is not counted as such.
    """
    end = min(period.end, as_of)
    sums = by_reason(pauses_in(promises, period), period.begin, end)
    return Listing(
        "pause_sums",
        "Pauses, by who was awaited and why",
        (
            Column("awaited", "Awaited", Kind.NAME),
            Column("reason", "Why"),
            Column("times", "Times", Kind.NUMBER),
            Column("took", "Time not counted", Kind.DURATION),
            *(Column(doubt.value, _TITLES[doubt], Kind.NUMBER) for doubt in Doubt),
        ),
        tuple(
            (
                plain(each.awaited.value),
                plain(str(each.reason)),
                counted(each.tickets),
                Entry(each.took, each.tickets),
                *_doubtful(one for one in each.pauses if period.contains(one.pause.since)),
            )
            for each in sums
        ),
        "No promise was paused.",
    )


def _doubtful(pauses: Iterable[PauseTaken]) -> Iterable[Entry]:
    own = tuple(pauses)
    for doubt in Doubt:
        yield counted(tuple(one.ticket for one in own if doubt in one.doubts))


def pauses_listing(promises: Iterable[Promise], period: Period) -> Listing:
    """Each pause begun in the period, with what makes it worth a second look."""
    return Listing(
        "pauses",
        "Pauses",
        (
            Column("ticket", "Ticket", Kind.TICKET),
            Column("contract", "Contract", room=Room.FILE),
            Column("awaited", "Awaited", Kind.NAME),
            Column("reason", "Why", room=Room.PAGE),
            Column("since", "From", Kind.MOMENT),
            Column("until", "To", Kind.MOMENT),
            Column("took", "Not counted", Kind.DURATION),
            Column("used_before", "Used before", Kind.SHARE),
            Column("look_again", "Look again: set"),
            Column("assignee", "Assignee", room=Room.PAGE),
            Column("subject", "Subject"),
        ),
        tuple(_row(one) for one in pauses_begun(promises, period)),
        "No promise was paused.",
    )


def _row(one: PauseTaken) -> Row:
    pause = one.pause
    return (
        numbered(one.ticket),
        plain(one.promise.contract),
        plain(pause.awaited.value),
        plain(str(pause.reason)),
        plain(pause.since),
        plain(pause.until),
        plain(pause.took),
        plain(pause.used_before),
        plain(", ".join(_DOUBTS[doubt] for doubt in Doubt if doubt in one.doubts)),
        plain(one.promise.assignee),
        plain(one.promise.subject),
    )
