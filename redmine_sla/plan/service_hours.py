"""Service hours as customers read them: the days of `Mo-Fr 09:00-17:00` in their language."""

from __future__ import annotations

import re

from redmine_sla.language import Tongue

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_PLAIN = re.compile(r"[\d:,; +-]*")


def service_hours(hours: str, tongue: Tongue) -> str:
    """The hours with the days' short names; as they stand where they say more than that."""
    if hours == "24/7":
        return tongue.say("around the clock")
    if not _PLAIN.fullmatch(_DAY.sub("", hours)):
        return hours
    names = dict(zip(_DAYS, tongue.weekdays(), strict=True))
    return _DAY.sub(lambda day: names[day[0]], hours)
