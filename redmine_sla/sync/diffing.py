"""What a changed configuration does to the open tickets, from the mirror alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from redmine_sla.contract import Configuration
from redmine_sla.contract.difference import KeyDifference, differences_between
from redmine_sla.mirror import Mirror
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.moves import Effect, Move, Reclassified, moves_of, reclassified
from redmine_sla.report.promise import Promise
from redmine_sla.sync.judging import judged_tickets
from redmine_sla.sync.standing import pulled_at
from redmine_sla.sync.workbench import lay_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What differs by key, and what that does to the tickets open now.

    `pulled` says when the mirror was brought up to date; `None` where there was none to judge from,
    and so nothing is known of tickets.
    """

    as_of: datetime
    keys: tuple[KeyDifference, ...]
    open_tickets: int = 0
    moves: tuple[Move, ...] = ()
    reclassified: tuple[Reclassified, ...] = ()
    pulled: datetime | None = None

    @property
    def something_becomes_late(self) -> bool:
        return any(move.effect is Effect.BECOMES_LATE for move in self.moves)


def consequences(
    old: Configuration, new: Configuration, mirror: Mirror, as_of: datetime
) -> Consequences:
    """Judge the open tickets by both, as of an instant. Nothing is written.

    Raises `CalendarError`, `MirrorError`, `ReadingError`.
    """
    keys = differences_between(old, new)
    pulled = pulled_at(mirror)
    if pulled is None:
        return Consequences(as_of=as_of, keys=keys)
    with mirror.reading() as view:
        numbers = view.open_numbers()
    before = _promises(old, mirror, numbers, as_of)
    after = _promises(new, mirror, numbers, as_of)
    moves: list[Move] = []
    taken: list[Reclassified] = []
    for number in sorted(before.keys() | after.keys()):
        one, other = before.get(number, ()), after.get(number, ())
        moves += moves_of(one, other)
        taken += reclassified(one, other)
    return Consequences(
        as_of=as_of,
        keys=keys,
        open_tickets=len(numbers),
        moves=tuple(sorted(moves, key=_worst_first)),
        reclassified=tuple(taken),
        pulled=pulled,
    )


def _worst_first(move: Move) -> tuple[int, int]:
    return list(Effect).index(move.effect), move.ticket


def _promises(
    configuration: Configuration, mirror: Mirror, numbers: set[int], as_of: datetime
) -> dict[int, tuple[Promise, ...]]:
    """The promises of each ticket under that configuration."""
    bench = lay_out(configuration, mirror)
    return {
        judged.number: tuple(promises_of(judged, as_of))
        for judged in judged_tickets(bench, mirror, numbers, as_of)
    }
