"""Listings of promises: compliance, what was broken, what nobody could measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from redmine_sla.calendar.period import Period
from redmine_sla.language import ENGLISH
from redmine_sla.report.by import By
from redmine_sla.report.compliance import Compliance, compliance
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
from redmine_sla.report.promise import Promise
from redmine_sla.report.response_times import Speed, response_times
from redmine_sla.report.tally import Tally, broken_in, decided_in, raw_tally, tally
from redmine_sla.report.words import speed_words, what_is_known
from redmine_sla.sla.verdict import Verdict


def compliance_listing(promises: Sequence[Promise], period: Period, by: Sequence[By]) -> Listing:
    """A row for each group, and one for all where there are several."""
    rows = [_compliance_row(row, row.group) for row in compliance(promises, period, by)]
    if len(rows) > 1:
        whole = Compliance((), tally(promises, period), raw_tally(promises, period))
        rows.append(_compliance_row(whole, ("all", *[""] * (len(by) - 1))))
    return Listing(
        "compliance",
        "Promises decided",
        (
            *(Column(respect.value, respect.value.capitalize(), Kind.NAME) for respect in by),
            Column("kept", "Kept", Kind.NUMBER),
            Column("broken", "Broken", Kind.NUMBER),
            Column("share_kept", "Share kept", Kind.SHARE),
            Column("broken_raw", "Broken without exclusions", Kind.NUMBER, Room.FILE),
            Column("share_raw", "Without exclusions", Kind.SHARE),
            Column("unmeasured", "Unmeasured", Kind.NUMBER),
            Column("cancelled", "Cancelled", Kind.NUMBER),
        ),
        tuple(rows),
        "No promise was decided.",
    )


def _compliance_row(row: Compliance, names: tuple[str, ...]) -> Row:
    adjusted, raw = row.adjusted, row.raw
    return (
        *(plain(name or "none" if at == 0 else name) for at, name in enumerate(names)),
        counted(adjusted.met),
        counted(adjusted.missed),
        _share(adjusted),
        counted(raw.missed),
        _share(raw) if raw != adjusted else plain(None),
        counted(adjusted.unmeasured),
        counted(adjusted.cancelled),
    )


def _share(tally: Tally) -> Entry:
    """Behind it are the promises judged."""
    return Entry(tally.share, tuple(sorted((*tally.met, *tally.missed))))


def breaches_listing(promises: Iterable[Promise], period: Period) -> Listing:
    """Every promise broken in the period, in the order of the due times."""
    return Listing(
        "breaches",
        "Broken promises",
        (
            Column("ticket", "Ticket", Kind.TICKET),
            Column("contract", "Contract", room=Room.FILE),
            Column("clock", "Promise"),
            Column("target", "Target"),
            Column("clause", "Clause", room=Room.FILE),
            Column("class", "Class", room=Room.FILE),
            Column("severity", "Severity", room=Room.FILE),
            Column("due", "Due", Kind.MOMENT),
            Column("done", "Done", Kind.MOMENT, missing="not yet"),
            Column("late_by", "Late by", Kind.DURATION),
            Column("assignee", "Assignee"),
            Column("known", "What is known of it", room=Room.PAGE),
            Column("subject", "Subject"),
        ),
        tuple(_breach_row(one, period.zone) for one in broken_in(promises, period)),
        "No promise was broken.",
    )


def _breach_row(one: Promise, zone: tzinfo) -> Row:
    return (
        numbered(one.ticket),
        plain(one.contract),
        plain(one.title),
        plain(str(one.target)),
        plain(one.clause),
        plain(one.problem_class),
        plain(one.severity),
        plain(one.decided),
        plain(one.stopped),
        plain(one.overrun),
        plain(one.assignee),
        plain("; ".join(what_is_known(one, ENGLISH, zone))),
        plain(one.subject),
    )


def unmeasured_listing(promises: Iterable[Promise], period: Period) -> Listing:
    """What nobody could measure: ended in the period, or still open and reported before its end."""
    found = sorted(
        (one for one in promises if _is_unmeasured(one, period)),
        key=lambda one: (one.ticket, one.cycle, one.clock),
    )
    return Listing(
        "unmeasured",
        "Unmeasured",
        (
            Column("ticket", "Ticket", Kind.TICKET),
            Column("contract", "Contract", room=Room.FILE),
            Column("clock", "Promise"),
            Column("ended", "Ended", Kind.MOMENT, Room.PAGE),
            Column("why", "Why"),
            Column("assignee", "Assignee", room=Room.FILE),
            Column("subject", "Subject"),
        ),
        tuple(
            (
                numbered(one.ticket),
                plain(one.contract),
                plain(one.title),
                plain(one.decided),
                plain(str(one.reason)),
                plain(one.assignee),
                plain(one.subject),
            )
            for one in found
        ),
        "Everything was measured.",
    )


def _is_unmeasured(one: Promise, period: Period) -> bool:
    if one.verdict is not Verdict.UNMEASURED:
        return False
    if one.counted_at is None:
        return one.reported < period.end
    return period.contains(one.counted_at)


def response_times_listing(promises: Iterable[Promise], period: Period) -> Listing:
    """First answers and starts of work by the part of the target they took."""
    found = response_times(decided_in(promises, period), period)
    return Listing(
        "response_times",
        "First answers and starts of work, by the part of the target used",
        (Column("part", "Part of the target"), Column("number", "Number", Kind.NUMBER)),
        tuple(
            (plain(speed_words(speed, ENGLISH)), counted(tickets))
            for speed, tickets in zip(Speed, found.tickets, strict=True)
            if any(found.numbers)
        ),
        "No first answer fell into the period.",
    )
