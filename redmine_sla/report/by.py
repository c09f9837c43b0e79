"""What promises can be grouped by."""

from __future__ import annotations

from enum import StrEnum


class By(StrEnum):
    """A respect in which promises differ."""

    CONTRACT = "contract"
    PROJECT = "project"
    CLOCK = "clock"
    CLASS = "class"
    SEVERITY = "severity"
    TRACKER = "tracker"
    TIER = "tier"
    CHANNEL = "channel"
    ASSIGNEE = "assignee"
