"""Rhythms in words: `FREQ=WEEKLY;BYDAY=TU` is "weekly, on Tuesday"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from redmine_sla.contract.promises.rhythm import Rhythm

_EVERY = MappingProxyType({"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"})
_ADVERB = MappingProxyType(
    {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
)
_DAYS = MappingProxyType(
    {
        "MO": "Monday",
        "TU": "Tuesday",
        "WE": "Wednesday",
        "TH": "Thursday",
        "FR": "Friday",
        "SA": "Saturday",
        "SU": "Sunday",
    }
)
_ORDER = MappingProxyType({"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"})
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_TOLD = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY"})


def rhythm_words(rhythm: Rhythm) -> str:
    """The rule in words where they say all of it, and the rule itself where they would not."""
    parts = dict(part.split("=", 1) for part in rhythm.rule.split(";") if "=" in part)
    if parts.get("COUNT") == "1":
        return "once"
    if parts.get("FREQ") not in _EVERY or not parts.keys() <= _TOLD:
        return rhythm.rule
    words = [_frequency(parts), _months(parts), _weekdays(parts), _days_of_month(parts)]
    if None in words:
        return rhythm.rule
    return ", ".join(word for word in words if word)


def _frequency(parts: Mapping[str, str]) -> str:
    frequency, interval = parts["FREQ"], parts.get("INTERVAL", "1")
    if interval != "1":
        return f"every {interval} {_EVERY[frequency]}s"
    return "" if frequency == "MONTHLY" and "BYMONTH" in parts else _ADVERB[frequency]


def _months(parts: Mapping[str, str]) -> str:
    if "BYMONTH" not in parts:
        return ""
    return f"in {_listed([_MONTHS[int(month) - 1] for month in parts['BYMONTH'].split(',')])}"


def _weekdays(parts: Mapping[str, str]) -> str | None:
    """Empty where the rule names none, `None` where words would not say them."""
    if "BYDAY" not in parts:
        return ""
    days = [_weekday(code) for code in parts["BYDAY"].split(",")]
    return f"on {_listed([day for day in days if day])}" if all(days) else None


def _weekday(code: str) -> str | None:
    """`TU` is Tuesday, `1SA` the first Saturday."""
    name, order = _DAYS.get(code[-2:]), code[:-2].lstrip("+")
    if name is None or (order and order not in _ORDER):
        return None
    return f"the {_ORDER[order]} {name}" if order else name


def _days_of_month(parts: Mapping[str, str]) -> str | None:
    """Empty where the rule names none, `None` where words would not say them."""
    if "BYMONTHDAY" not in parts:
        return ""
    days = parts["BYMONTHDAY"].split(",")
    if days == ["-1"]:
        return "on the last day"
    return f"on day {_listed(days)}" if all(day.isdecimal() for day in days) else None


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"
