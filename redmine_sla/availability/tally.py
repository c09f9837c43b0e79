"""The sum of one service over some time: how long it was promised, and how long it was down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from redmine_sla.sla.verdict import Verdict

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Seconds of agreed service time. Tallies of neighbouring times add up.

    `served` is the time looked at so far, `whole` all of the period. `down` is the time of
    outages, each second once; `counted` the part of it that counts by the service's weight.
    `allowed` is what of `whole` may be lost under the percentage promised, `allowed_so_far` of
    `served`. Where the percentage changes on the way, each stretch allows by its own.
    """

    served: int = 0
    whole: int = 0
    down: int = 0
    counted: Decimal = _NOTHING
    allowed: Decimal = _NOTHING
    allowed_so_far: Decimal = _NOTHING

    @classmethod
    def of(cls, *, served: int, whole: int, down: int, weight: Decimal, percent: Decimal) -> Tally:
        """The tally of a stretch with one weight and one percentage promised."""
        loss = _HUNDRED - percent
        return cls(
            served=served,
            whole=whole,
            down=down,
            counted=down * weight / _HUNDRED,
            allowed=whole * loss / _HUNDRED,
            allowed_so_far=served * loss / _HUNDRED,
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            served=self.served + other.served,
            whole=self.whole + other.whole,
            down=self.down + other.down,
            counted=self.counted + other.counted,
            allowed=self.allowed + other.allowed,
            allowed_so_far=self.allowed_so_far + other.allowed_so_far,
        )

    @property
    def share(self) -> Decimal | None:
        """The availability so far as a share of 1, to be cut when shown; `None` without service."""
        return 1 - self.counted / self.served if self.served else None

    @property
    def promised(self) -> Decimal | None:
        """The share promised over the whole time; `None` without service."""
        return 1 - self.allowed / self.whole if self.whole else None

    @property
    def overrun(self) -> timedelta:
        """The time lost beyond what the whole period allows, cut to seconds."""
        return timedelta(seconds=max(0, int(self.counted - self.allowed)))

    @property
    def is_broken(self) -> bool:
        """Whether more was lost than the whole period allows. Compared exactly, never rounded."""
        return self.counted > self.allowed

    def verdict(self, *, over: bool, measured: bool) -> Verdict:
        """How the promise stands, when the time is over or still runs.

        What is lost beyond the limit is lost, however much more nobody recorded.
        """
        if self.is_broken:
            return Verdict.MISSED if over else Verdict.BREACHED
        if not measured:
            return Verdict.UNMEASURED
        if over:
            return Verdict.MET
        return Verdict.AT_RISK if self.counted > self.allowed_so_far else Verdict.ON_TRACK
