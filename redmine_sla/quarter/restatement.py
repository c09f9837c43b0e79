"""A restatement: what it says differs, in the customer's words, beside the edition before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from redmine_sla.contract import Money
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.language import Tongue
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    Line,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    line,
)
from redmine_sla.quarter.manifest import Changed, Restates

ROWS = 100
"""Differences named on the page. The manifest has all of them."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_AMOUNT = re.compile(r"-?\d+(\.\d+)? [A-Z]{3}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NOTHING = "–"


def restated_blocks(
    restates: Restates, number: int, original: str, tongue: Tongue, zone: tzinfo
) -> Iterable[Block]:
    """What stands under the title of a restatement. `original` is the page it stands beside."""
    yield Paragraph(
        line(
            Strong(tongue.say("Restatement {number}.", number=tongue.number(number))),
            " ",
            tongue.say("It stands beside what was published before, which is unchanged:"),
            " ",
            WikiLink(original),
        )
    )
    yield Heading(2, line(tongue.say("What changed")))
    if not restates.differences:
        yield Paragraph(line(tongue.say("No figure. What was published before is incomplete.")))
        return
    shown = restates.differences[:ROWS]
    yield Table(
        (
            Column(tongue.say("Section")),
            Column(tongue.say("What")),
            Column(tongue.say("Before"), Align.RIGHT),
            Column(tongue.say("Now"), Align.RIGHT),
        ),
        tuple(_row(one, tongue, zone) for one in shown),
    )
    more = len(restates.differences) - len(shown)
    if more:
        yield Paragraph(
            line(
                tongue.count(
                    "And {n} more figure; the manifest names it.",
                    "And {n} more figures; the manifest names them.",
                    more,
                )
            )
        )


def _row(one: Changed, tongue: Tongue, zone: tzinfo) -> tuple[Line, ...]:
    section, *steps = one.path
    what = ", ".join(_word(step, tongue) for step in steps)
    return (
        line(section_title(section, tongue)),
        line(what),
        line(_value(one.before, tongue, zone)),
        line(_value(one.after, tongue, zone)),
    )


def section_title(content: str, tongue: Tongue) -> str:
    """What customers call a section of the deliverable."""
    titles = {
        Content.CHANGES: tongue.say("Changes delivered"),
        Content.FAILURE_REPORTS: tongue.say("Failure reports"),
        Content.SERVICE_LEVELS: tongue.say("Service levels"),
        Content.BREACHES: tongue.say("Broken promises"),
        Content.PAUSES: tongue.say("Pauses"),
        Content.AVAILABILITY: tongue.say("Availability"),
        Content.OBLIGATIONS: tongue.say("Obligations"),
        Content.BUDGET: tongue.say("Development budget"),
        Content.HOURS: tongue.say("Hours"),
        Content.CREDITS: tongue.say("Fees and credits"),
        Content.EXCLUSIONS: tongue.say("Exclusions"),
        Content.OPEN_TICKETS: tongue.say("Open tickets"),
        Content.SATISFACTION: tongue.say("Satisfaction"),
    }
    return titles[Content(content)] if content in set(Content) else content


def _value(value: Any, tongue: Tongue, zone: tzinfo) -> str:
    """A figure as its reader writes such figures."""
    match value:
        case None:
            return _NOTHING
        case bool():
            return tongue.say("yes") if value else tongue.say("no")
        case int():
            return tongue.number(value)
        case str():
            return _text(value, tongue, zone)
        case dict():
            parts = (
                f"{_word(key, tongue)} {_value(part, tongue, zone)}"
                for key, part in value.items()
                if part not in (None, "", [], {})
            )
            return ", ".join(parts) or _NOTHING
        case _:
            return ", ".join(_value(part, tongue, zone) for part in value) or _NOTHING


def _text(text: str, tongue: Tongue, zone: tzinfo) -> str:
    if _INSTANT.fullmatch(text):
        return tongue.moment(datetime.fromisoformat(text), zone)
    if _AMOUNT.fullmatch(text):
        return tongue.money(Money.parse(text))
    if _NUMBER.fullmatch(text):
        return tongue.number(Decimal(text))
    return _word(text, tongue)


def _word(word: str, tongue: Tongue) -> str:
    """A key or a state of the figures in words. Names and numbers stay what they are."""
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", word):
        return word
    return tongue.say(word.replace("_", " "))
