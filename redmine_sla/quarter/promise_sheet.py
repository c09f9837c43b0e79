"""The sheet of every promise decided in a period, for those who want to count again."""

from __future__ import annotations

from collections.abc import Sequence

from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.report.promise import Promise
from redmine_sla.report.words import outcome_words


def promise_sheet(promises: Sequence[Promise], frame: Frame) -> Sheet:
    """A row for each promise on a ticket that every reader may see, by ticket."""
    tongue = frame.tongue
    shown = sorted(
        (one for one in promises if not one.hidden),
        key=lambda one: (one.ticket, one.cycle, one.clock),
    )
    return Sheet(
        "promises",
        tongue.say("Promises"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Promise"),
            tongue.say("Class"),
            tongue.say("Severity"),
            tongue.say("Target"),
            tongue.say("Clause"),
            tongue.say("Reported"),
            tongue.say("Started"),
            tongue.say("Due"),
            tongue.say("Done"),
            tongue.say("Outcome"),
            tongue.say("Outcome without the exclusions"),
            tongue.say("Target as time"),
            tongue.say("Time used"),
        ),
        tuple(_row(one, frame) for one in shown),
    )


def _row(one: Promise, frame: Frame) -> tuple[Cell, ...]:
    tongue = frame.tongue
    return (
        one.ticket,
        one.subject,
        tongue.say(one.title),
        tongue.say(one.problem_class),
        tongue.say(one.severity),
        tongue.target(one.target),
        tongue.say(one.clause),
        one.reported,
        one.started,
        one.due,
        one.stopped,
        outcome_words(one.verdict, tongue),
        outcome_words(one.raw_verdict, tongue),
        one.target_time,
        one.used,
    )
