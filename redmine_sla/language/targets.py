"""Promised times in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from redmine_sla.calendar import (
    BusinessDays,
    BusinessTime,
    CalendarDays,
    CalendarTime,
    NextBusinessDay,
    Target,
)

if TYPE_CHECKING:
    from redmine_sla.language.tongue import Tongue

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def target_words(target: Target, tongue: Tongue) -> str:
    """The target as customers read it; hours where they are whole, else minutes."""
    match target:
        case BusinessTime(amount) if amount % _HOUR:
            said = tongue.count("{n} business minute", "{n} business minutes", amount // _MINUTE)
        case BusinessTime(amount):
            said = tongue.count("{n} business hour", "{n} business hours", amount // _HOUR)
        case CalendarTime(amount) if amount % _HOUR:
            said = tongue.count("{n} calendar minute", "{n} calendar minutes", amount // _MINUTE)
        case CalendarTime(amount):
            said = tongue.count("{n} calendar hour", "{n} calendar hours", amount // _HOUR)
        case BusinessDays(count):
            said = tongue.count("{n} business day", "{n} business days", count)
        case CalendarDays(count):
            said = tongue.count("{n} calendar day", "{n} calendar days", count)
        case NextBusinessDay():
            said = tongue.say("next business day")
        case _:
            said = tongue.say("the agreed date")
    return said
