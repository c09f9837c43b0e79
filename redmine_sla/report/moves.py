"""What a change of terms does to tickets: dues that move, promises that become late, are lost or
gained, and tickets taken for something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from redmine_sla.report.promise import Promise


class Effect(StrEnum):
    """What becomes of a promise, the worst first."""

    BECOMES_LATE = "becomes late"
    LOST = "no longer promised"
    GAINED = "newly promised"
    EARLIER = "due earlier"
    LATER = "due later"
    FREED = "no longer late"
    OTHERWISE = "counted otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One promise of a ticket before and after; `None` where it is not made."""

    ticket: int
    subject: str
    title: str
    effect: Effect
    before: Promise | None
    after: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified:
    """A ticket that is taken for something else."""

    ticket: int
    subject: str
    before: str
    after: str


def moves_of(before: Iterable[Promise], after: Iterable[Promise]) -> Iterator[Move]:
    """The promises of one ticket that come out otherwise, in the order of the clocks after.

    Where nothing is left to do, only whether it was late matters.
    """
    old = {(one.clock, one.cycle): one for one in before}
    new = {(one.clock, one.cycle): one for one in after}
    for key in dict.fromkeys((*new, *old)):
        effect = _effect(old.get(key), new.get(key))
        if effect is not None:
            known = new[key] if key in new else old[key]
            yield Move(
                ticket=known.ticket,
                subject=known.subject,
                title=known.title,
                effect=effect,
                before=old.get(key),
                after=new.get(key),
            )


def _effect(before: Promise | None, after: Promise | None) -> Effect | None:
    if after is None:
        return Effect.LOST
    if before is None:
        return Effect.BECOMES_LATE if after.is_late else Effect.GAINED
    if before.is_late is not after.is_late:
        return Effect.BECOMES_LATE if after.is_late else Effect.FREED
    if not before.is_open and not after.is_open:
        return None
    return _moved(before, after)


def _moved(before: Promise, after: Promise) -> Effect | None:
    """Frozen dues are told apart by what is left of the target."""
    if before.due is not None and after.due is not None:
        if before.due == after.due:
            return None
        return Effect.EARLIER if after.due < before.due else Effect.LATER
    same = (before.verdict, before.due, before.target) == (after.verdict, after.due, after.target)
    return None if same else Effect.OTHERWISE


def reclassified(before: Iterable[Promise], after: Iterable[Promise]) -> Iterator[Reclassified]:
    """The ticket, if its class, severity or kind are read otherwise."""
    for old, new in zip(list(before)[-1:], list(after)[-1:], strict=False):
        was, now = _taken_for(old), _taken_for(new)
        if was != now:
            yield Reclassified(ticket=new.ticket, subject=new.subject, before=was, after=now)


def _taken_for(one: Promise) -> str:
    return ", ".join(filter(None, (one.problem_class, one.severity, one.kind)))
