"""Rhythms in words: `FREQ=WEEKLY;BYDAY=TU` is "weekly, on Tuesday"."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from redmine_sla.contract.promises.rhythm import Rhythm
from redmine_sla.language import ENGLISH, Tongue, marked

_ADVERB = MappingProxyType(
    {
        "DAILY": marked("daily"),
        "WEEKLY": marked("weekly"),
        "MONTHLY": marked("monthly"),
        "YEARLY": marked("yearly"),
    }
)
_ON_DAY = MappingProxyType(
    {
        "MO": marked("on Monday"),
        "TU": marked("on Tuesday"),
        "WE": marked("on Wednesday"),
        "TH": marked("on Thursday"),
        "FR": marked("on Friday"),
        "SA": marked("on Saturday"),
        "SU": marked("on Sunday"),
    }
)
_ON_NTH_DAY = MappingProxyType(
    {
        "MO": marked("on the {nth} Monday"),
        "TU": marked("on the {nth} Tuesday"),
        "WE": marked("on the {nth} Wednesday"),
        "TH": marked("on the {nth} Thursday"),
        "FR": marked("on the {nth} Friday"),
        "SA": marked("on the {nth} Saturday"),
        "SU": marked("on the {nth} Sunday"),
    }
)
_ON_LAST_DAY = MappingProxyType(
    {
        "MO": marked("on the last Monday"),
        "TU": marked("on the last Tuesday"),
        "WE": marked("on the last Wednesday"),
        "TH": marked("on the last Thursday"),
        "FR": marked("on the last Friday"),
        "SA": marked("on the last Saturday"),
        "SU": marked("on the last Sunday"),
    }
)
_NTH = MappingProxyType(
    {"1": marked("1st"), "2": marked("2nd"), "3": marked("3rd"), "4": marked("4th")}
)
_IN_MONTH = (
    marked("in January"),
    marked("in February"),
    marked("in March"),
    marked("in April"),
    marked("in May"),
    marked("in June"),
    marked("in July"),
    marked("in August"),
    marked("in September"),
    marked("in October"),
    marked("in November"),
    marked("in December"),
)
_TOLD = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY"})


def rhythm_words(rhythm: Rhythm, tongue: Tongue = ENGLISH) -> str:
    """The rule in words where they say all of it, and the rule itself where they would not."""
    parts = dict(part.split("=", 1) for part in rhythm.rule.split(";") if "=" in part)
    if parts.get("COUNT") == "1":
        return tongue.say("once")
    if parts.get("FREQ") not in _ADVERB or not parts.keys() <= _TOLD:
        return rhythm.rule
    words = [
        _frequency(parts, tongue),
        _months(parts, tongue),
        _weekdays(parts, tongue),
        _days_of_month(parts, tongue),
    ]
    if None in words:
        return rhythm.rule
    return ", ".join(word for word in words if word)


def _frequency(parts: Mapping[str, str], tongue: Tongue) -> str:
    frequency, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if interval != 1:
        return _every(frequency, interval, tongue)
    named_months = frequency == "MONTHLY" and "BYMONTH" in parts
    return "" if named_months else tongue.say(_ADVERB[frequency])


def _every(frequency: str, interval: int, tongue: Tongue) -> str:
    match frequency:
        case "DAILY":
            return tongue.count("every {n} day", "every {n} days", interval)
        case "WEEKLY":
            return tongue.count("every {n} week", "every {n} weeks", interval)
        case "MONTHLY":
            return tongue.count("every {n} month", "every {n} months", interval)
    return tongue.count("every {n} year", "every {n} years", interval)


def _months(parts: Mapping[str, str], tongue: Tongue) -> str:
    numbers = parts.get("BYMONTH", "").split(",")
    return tongue.listed(tongue.say(_IN_MONTH[int(number) - 1]) for number in numbers if number)


def _weekdays(parts: Mapping[str, str], tongue: Tongue) -> str | None:
    """Empty where the rule names none, `None` where words would not say them."""
    days = [_weekday(code, tongue) for code in parts.get("BYDAY", "").split(",") if code]
    return tongue.listed(day for day in days if day) if all(days) else None


def _weekday(code: str, tongue: Tongue) -> str | None:
    """`TU` is Tuesday, `1SA` the first Saturday."""
    day, order = code[-2:], code[:-2].lstrip("+")
    if day not in _ON_DAY:
        return None
    if not order:
        return tongue.say(_ON_DAY[day])
    if order == "-1":
        return tongue.say(_ON_LAST_DAY[day])
    if order in _NTH:
        return tongue.say(_ON_NTH_DAY[day], nth=tongue.say(_NTH[order]))
    return None


def _days_of_month(parts: Mapping[str, str], tongue: Tongue) -> str | None:
    """Empty where the rule names none, `None` where words would not say them."""
    days = [day for day in parts.get("BYMONTHDAY", "").split(",") if day]
    if days == ["-1"]:
        return tongue.say("on the last day of the month")
    if not all(day.isdecimal() for day in days):
        return None
    return tongue.listed(tongue.say("on day {n} of the month", n=day) for day in days)
