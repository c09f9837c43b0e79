"""The deliverable of a quarter: its sections put together into what is read, and what is frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Block,
    Bullets,
    Heading,
    Imprint,
    KeyFigures,
    Page,
    Paragraph,
    Strong,
    line,
)
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.quarter import Quarter
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.service_level_charts import TrendPoint

HIGHLIGHTS = 6
FIRST_SEEN = (
    Content.SERVICE_LEVELS,
    Content.BREACHES,
    Content.AVAILABILITY,
    Content.BUDGET,
    Content.HOURS,
    Content.CREDITS,
    Content.OBLIGATIONS,
    Content.FAILURE_REPORTS,
    Content.CHANGES,
    Content.OPEN_TICKETS,
)
"""Whose highlights stand at the top, if there is room: what was promised before what was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """One contract's quarter as known at `frame.as_of`, its sections in the contract's order.

    `trend` and `stated` are what it took from the quarters published before it.
    """

    frame: Frame
    quarter: Quarter
    sections: tuple[Section, ...]
    trend: tuple[TrendPoint, ...] = ()
    stated: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the quarter, as far as the contract lasts, was not over yet."""
        return self.frame.as_of < self.frame.period.end

    @property
    def title(self) -> str:
        tongue = self.frame.tongue
        quarter = tongue.quarter(self.quarter.year, self.quarter.number)
        return f"{self.frame.contract.title}: {quarter}"

    @property
    def page(self) -> Page:
        """What is handed over to read, without stamp and signature."""
        return Page((*self.body, *self._basis()))

    @property
    def body(self) -> tuple[Block, ...]:
        """What it tells. It changes only when that does, not by being asked again."""
        return (
            *self._title(),
            *self._highlights(),
            *self._gaps(),
            *(block for section in self.sections for block in section.blocks),
        )

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(sheet for section in self.sections for sheet in section.sheets)

    @property
    def figures(self) -> dict[str, Any]:
        """What is frozen, by section."""
        return {str(section.content): section.figures for section in self.sections}

    @property
    def gaps(self) -> tuple[str, ...]:
        """What was promised for the quarter and is not there, in the customer's language."""
        return tuple(gap for section in self.sections for gap in section.gaps)

    def _title(self) -> Iterable[Block]:
        frame, tongue = self.frame, self.frame.tongue
        contract = frame.contract
        yield Heading(1, line(self.title))
        if self.is_draft:
            yield Paragraph(line(Strong(tongue.say("Draft: the quarter is not over."))))
        parties = tongue.say(
            "{provider} for {customer}, {period}.",
            provider=contract.provider,
            customer=contract.customer,
            period=tongue.days(frame.period),
        )
        yield Imprint(line(parties))
        if contract.number:
            yield Imprint(line(tongue.say("Contract {number}.", number=contract.number)))

    def _highlights(self) -> Iterable[Block]:
        found = {section.content: section.highlights for section in self.sections}
        figures = tuple(figure for content in FIRST_SEEN for figure in found.get(content, ()))
        if figures:
            yield KeyFigures(figures[:HIGHLIGHTS])

    def _gaps(self) -> Iterable[Block]:
        if self.gaps:
            yield Heading(2, line(self.frame.tongue.say("Still missing")))
            yield Bullets(tuple(line(gap) for gap in self.gaps))

    def _basis(self) -> Iterable[Block]:
        """How the figures came about, so that a reader can find them again."""
        tongue = self.frame.tongue
        yield Heading(2, line(tongue.say("How these figures were made")))
        yield Paragraph(
            line(
                tongue.say(
                    "They are counted from what Redmine had recorded by {moment}. Times are those "
                    "of {zone}; what was recorded later is not in them. Redmine keeps no history "
                    "of time entries: one that was changed later counts as changed. Shares are "
                    "cut, not rounded. Redmine gives booked hours rounded to two decimals.",
                    moment=tongue.moment(self.frame.as_of, self.frame.period.zone),
                    zone=self.frame.contract.timezone,
                )
            )
        )
