"""How fast the first answer came and the work began, against what was promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from redmine_sla.calendar.period import Period
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import decided_in
from redmine_sla.sla.verdict import Verdict

FIRST_ANSWERS = ("response", "work_start")
_JUDGED = (Verdict.MET, Verdict.MISSED, Verdict.BREACHED)


class Speed(IntEnum):
    """How much of the target was used, in service time, when it was done."""

    WITHIN_QUARTER = 0
    WITHIN_HALF = 1
    WITHIN_THREE_QUARTERS = 2
    IN_TIME = 3
    UP_TO_TWICE = 4
    LATER = 5  # or not yet, while it is late


_IN_TIME = (
    (0.25, Speed.WITHIN_QUARTER),
    (0.5, Speed.WITHIN_HALF),
    (0.75, Speed.WITHIN_THREE_QUARTERS),
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """The tickets behind each speed, in the order of `Speed`."""

    tickets: tuple[tuple[int, ...], ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(len(numbers) for numbers in self.tickets)


def response_times(promises: Iterable[Promise], period: Period) -> Distribution:
    """First answers and starts of work decided in the period and measured."""
    classes: list[list[int]] = [[] for _ in Speed]
    for one in decided_in(promises, period):
        if one.clock in FIRST_ANSWERS and one.verdict in _JUDGED and one.share_used is not None:
            classes[speed(one)].append(one.ticket)
    return Distribution(tuple(tuple(sorted(numbers)) for numbers in classes))


def speed(promise: Promise) -> Speed:
    """The class of a promise that was judged. Its verdict, not the share, says whether it was late:
    what is done after closing has used no more service time than what is done at closing."""
    share = promise.share_used or 0.0
    if promise.is_late:
        return Speed.UP_TO_TWICE if share <= 2 and not promise.is_open else Speed.LATER
    for limit, found in _IN_TIME:
        if share <= limit:
            return found
    return Speed.IN_TIME
