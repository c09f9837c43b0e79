"""A restatement: what it says differs, in the customer's words, beside the edition before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.language import Tongue
from redmine_sla.page import (
    Align,
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    line,
)
from redmine_sla.quarter.compared import EDITED
from redmine_sla.quarter.figure_words import FigureWords
from redmine_sla.quarter.manifest import Changed, Restates
from redmine_sla.quarter.touched_time import counts_time_entries, touched_time

ROWS = 100
"""Differences named on the page. The manifest has all of them."""


def restated_blocks(
    restates: Restates, number: int, original: str, words: FigureWords, tongue: Tongue
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
    if causes := tuple(touched_time(restates.differences, words, tongue))[:ROWS]:
        yield Bullets(causes)
    figures = tuple(_by_themselves(restates.differences))
    if not figures:
        return
    shown = figures[:ROWS]
    yield Table(
        (
            Column(tongue.say("Section")),
            Column(tongue.say("Figure")),
            Column(tongue.say("Before"), Align.RIGHT),
            Column(tongue.say("Now"), Align.RIGHT),
        ),
        tuple(_row(one, words, tongue) for one in shown),
    )
    yield from _more(len(figures) - ROWS, tongue)


def _by_themselves(figures: Sequence[Changed]) -> Iterator[Changed]:
    """Agreed exclusions first, as others follow from them; without figures that only repeat what
    others say: sums up to a month beside the months, and what remains beside what is spent.
    """
    ways = {one.path for one in figures}
    for one in sorted(figures, key=lambda one: one.path[0] != Content.EXCLUSIONS):
        repeats = (one.path[-1] == "by_its_end" and (Content.BUDGET, "spent") in ways) or (
            one.path == (Content.BUDGET, "remaining")
            and (Content.BUDGET, "spent") in ways
            and (Content.BUDGET, "limit") not in ways
        )
        if not repeats and not counts_time_entries(one) and one.path[-1] != EDITED:
            yield one


def _more(more: int, tongue: Tongue) -> Iterable[Block]:
    if more > 0:
        yield Paragraph(
            line(
                tongue.count(
                    "And {n} more figure; the manifest names it.",
                    "And {n} more figures; the manifest names them.",
                    more,
                )
            )
        )


def _row(one: Changed, words: FigureWords, tongue: Tongue) -> tuple[Line, ...]:
    section, *steps = one.path
    if not steps:
        return _section_row(section, one, words, tongue)
    before, after = words.both(_unedited(one.before), _unedited(one.after), one.path[-1])
    return (
        line(section_title(section, tongue)),
        line(words.way(tuple(steps))),
        line(before),
        line(after),
    )


def _section_row(
    section: str, one: Changed, words: FigureWords, tongue: Tongue
) -> tuple[Line, ...]:
    """A section that came or went: its figures stand in its own pages."""
    return (
        line(section_title(section, tongue)),
        line(tongue.say("the whole section is there")),
        line(words.value(one.before is not None)),
        line(words.value(one.after is not None)),
    )


def _unedited(figures: Any) -> Any:
    """Rows that came or went, without the instant of their last edit."""
    match figures:
        case Mapping():
            return {key: _unedited(part) for key, part in figures.items() if key != EDITED}
        case list() | tuple():
            return [_unedited(part) for part in figures]
    return figures


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
