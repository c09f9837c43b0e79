"""What a report can be about."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """One subject, or the overview of all."""

    OVERVIEW = "overview"
    COMPLIANCE = "compliance"
    BREACHES = "breaches"
    PAUSES = "pauses"
    UNMEASURED = "unmeasured"
    WORKLOAD = "workload"
