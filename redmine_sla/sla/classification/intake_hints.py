"""What must happen with a ticket before work on it begins (profile help-desk)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from redmine_sla.sla.classification.passages import Part, passages
from redmine_sla.sla.classification.reading import TextReading
from redmine_sla.sla.classification.values import Special, TicketFacts, TicketKind
from redmine_sla.sla.classification.words import words_of


class Hint(StrEnum):
    """What the desk has to do first."""

    APPROVAL_NEEDED = "approval_needed"
    REFUSED_BY_PHONE = "refused_by_phone"
    ASK_BACK = "ask_back"
    OUT_OF_TURN = "out_of_turn"
    QUOTE = "quote"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class IntakeHint:
    """A hint and the sentence that explains it to a person."""

    hint: Hint
    why: str


_FEW_WORDS = 3
_NAMED = frozenset({"device", "personal_tool", "business_app", "area_program", "core"})
"""Signals that name the thing that is wrong."""


def intake_hints(facts: TicketFacts, reading: TextReading) -> tuple[IntakeHint, ...]:
    """The hints for a ticket, from its words and the way it came. Pure; a person decides."""
    return tuple(_hints(facts, reading))


def _hints(facts: TicketFacts, reading: TextReading) -> Iterator[IntakeHint]:
    if reading.special is Special.PERMISSION_CHANGE:
        if facts.by_phone:
            yield IntakeHint(
                Hint.REFUSED_BY_PHONE, "permission changes are accepted in writing only"
            )
        yield IntakeHint(Hint.APPROVAL_NEEDED, "access rights change: requester and approval")
    elif reading.special is Special.DEVICE_ORDER:
        yield IntakeHint(Hint.APPROVAL_NEEDED, "a device is ordered: requester and approval")
    elif reading.kind is TicketKind.CHANGE:
        yield IntakeHint(Hint.APPROVAL_NEEDED, "something others use is changed: approval")
    if reading.special is Special.QUOTE_NEEDED:
        yield IntakeHint(Hint.QUOTE, "a price is asked for: survey or sales contact")
    if reading.special is Special.LARGER_PROJECT:
        yield IntakeHint(Hint.PROJECT, "work of many steps: its own project, ticket linked")
    if reading.kind is TicketKind.COMPLAINT:
        yield IntakeHint(Hint.OUT_OF_TURN, "a complaint is handled out of turn")
    missing = missing_in_report(facts, reading)
    if missing:
        yield IntakeHint(Hint.ASK_BACK, missing)


def missing_in_report(facts: TicketFacts, reading: TextReading) -> str:
    """What to ask back, or nothing. "Everything is slow" names neither thing nor place."""
    own = [
        word
        for word in words_of(passages(facts.subject, facts.description))
        if word.part not in {Part.GREETING, Part.SIGNATURE} and word.folded != "?"
    ]
    if not own:
        return "the report is empty"
    named = _NAMED & reading.signals.keys()
    if "everything_slow" in reading.signals and not named:
        return "slow: which program, on which computers, since when?"
    if len(own) <= _FEW_WORDS and not named:
        return "what exactly does not work, where, since when?"
    return ""
