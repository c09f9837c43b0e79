"""Two facts about a clock, never one: how the promise stands, and whether time is running."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How the promise stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BREACHED = "breached"  # late and still open
    MET = "met"
    MISSED = "missed"  # done, too late
    CANCELLED = "cancelled"
    UNMEASURED = "unmeasured"

    @property
    def is_open(self) -> bool:
        """Is there still something to do for this promise?"""
        return self in (Verdict.ON_TRACK, Verdict.AT_RISK, Verdict.BREACHED)

    @property
    def is_late(self) -> bool:
        return self in (Verdict.BREACHED, Verdict.MISSED)


class Motion(StrEnum):
    """Whether time is running. A breach can be paused: the breach is in the verdict, and stays."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
