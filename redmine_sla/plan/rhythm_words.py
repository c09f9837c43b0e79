"""Rhythms in words: `FREQ=WEEKLY;BYDAY=TU` is "weekly, on Tuesday"."""

from __future__ import annotations

from types import MappingProxyType

from redmine_sla.contract.rhythm import Rhythm

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
_TOLD = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT"})


def rhythm_words(rhythm: Rhythm) -> str:
    """The rule in words where they say all of it, and the rule itself where they would not."""
    parts = dict(part.split("=", 1) for part in rhythm.rule.split(";") if "=" in part)
    frequency = parts.get("FREQ", "")
    if parts.get("COUNT") == "1":
        return "once"
    if frequency not in _EVERY or not parts.keys() <= _TOLD or "COUNT" in parts:
        return rhythm.rule
    interval = parts.get("INTERVAL", "1")
    words = [_ADVERB[frequency] if interval == "1" else f"every {interval} {_EVERY[frequency]}s"]
    if "BYDAY" in parts:
        days = [_day(day) for day in parts["BYDAY"].split(",")]
        if None in days:
            return rhythm.rule
        words.append(f"on {_listed([day for day in days if day])}")
    if "BYMONTHDAY" in parts:
        days_of_month = parts["BYMONTHDAY"].split(",")
        if days_of_month == ["-1"]:
            words.append("on the last day")
        elif all(day.isdecimal() for day in days_of_month):
            words.append(f"on day {_listed(days_of_month)}")
        else:
            return rhythm.rule
    return ", ".join(words)


def _day(code: str) -> str | None:
    """`TU` is Tuesday, `1SA` the first Saturday."""
    name, order = _DAYS.get(code[-2:]), code[:-2].lstrip("+")
    if name is None or (order and order not in _ORDER):
        return None
    return f"the {_ORDER[order]} {name}" if order else name


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"
