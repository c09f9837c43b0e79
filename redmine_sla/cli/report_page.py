"""A report as a page with charts, for the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redmine_sla.cli.report_subject import Subject
from redmine_sla.cli.report_values import Headline, address_of, told
from redmine_sla.language import ENGLISH
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Link,
    Page,
    Paragraph,
    Strong,
    Table,
    Tone,
    line,
)
from redmine_sla.press.bundle import Printed
from redmine_sla.press.masthead import Masthead
from redmine_sla.quarter.service_level_charts import compliance_chart, response_chart
from redmine_sla.report.by import By
from redmine_sla.report.compliance import compliance
from redmine_sla.report.listing import Column as ListingColumn
from redmine_sla.report.listing import Entry, Kind, Listing, Room
from redmine_sla.report.response_times import response_times
from redmine_sla.report.tally import tally

_FIGURES = (Kind.NUMBER, Kind.SHARE, Kind.HOURS, Kind.DURATION)


def report_html(head: Headline, listings: Iterable[Listing]) -> str:
    """The page, complete in itself. Raises `SlaError` where charts cannot be drawn."""
    return Printed(
        page=Page(
            (
                *_missing(head),
                *_first(head),
                *(block for each in listings for block in _table(each, head)),
            )
        ),
        sheets=(),
        masthead=Masthead(
            title="Service report",
            subject=", ".join(head.titles),
            period=head.period,
            facts=(
                ("Days and times of", str(head.zone)),
                ("Known until", ENGLISH.moment(head.found.known, head.zone)),
                ("Pulled", ENGLISH.moment(head.found.pulled, head.zone)),
            ),
            mark="Internal",
        ),
        tongue=ENGLISH,
        redmine=head.redmine,
        project="",
        zone=head.zone,
    ).html


def _missing(head: Headline) -> Iterator[Block]:
    """What nobody must take for a quiet time."""
    if head.found.is_incomplete:
        yield Paragraph(line(Strong(f"The mirror holds nothing before {head.found.held_from}.")))


def _first(head: Headline) -> Iterator[Block]:
    """What a reader should see first: the figures, and their pictures."""
    promises, period = head.found.promises, head.found.period
    found = tally(promises, period)
    if head.subject not in (Subject.OVERVIEW, Subject.COMPLIANCE) or not found:
        return
    yield KeyFigures(
        (
            KeyFigure(
                "Promises kept",
                ENGLISH.percent(found.share) if found.share is not None else "–",
                f"{len(found.met)} of {found.judged}",
            ),
            KeyFigure(
                "Promises broken",
                str(len(found.missed)),
                tone=Tone.BAD if found.missed else Tone.GOOD,
            ),
            KeyFigure(
                "Unmeasured",
                str(len(found.unmeasured)),
                tone=Tone.WARNING if found.unmeasured else Tone.GOOD,
            ),
        )
    )
    yield from _charts(head)


def _charts(head: Headline) -> Iterator[Figure]:
    promises, period = head.found.promises, head.found.period
    rows = compliance(promises, period, (By.CLOCK, By.CLASS))
    titles = {one.clock: one.title for one in promises}
    names = [f"{titles[clock]}: {name or 'no class'}" for clock, name in (r.group for r in rows)]
    for chart in (
        compliance_chart(rows, names, "Kept and broken, of the promises judged.", ENGLISH),
        response_chart(response_times(promises, period), ENGLISH),
    ):
        if chart is not None:
            yield chart


def _table(listing: Listing, head: Headline) -> Iterator[Block]:
    yield Heading(2, line(listing.title))
    if not listing.rows:
        yield Paragraph(line(listing.nothing))
        return
    listing = listing.within(Room.PAGE)
    yield Table(
        tuple(
            Column(column.title, Align.RIGHT if column.kind in _FIGURES else Align.LEFT)
            for column in listing.columns
        ),
        tuple(
            tuple(
                _cell(entry, column, head)
                for entry, column in zip(row, listing.columns, strict=True)
            )
            for row in listing.rows
        ),
    )


def _cell(entry: Entry, column: ListingColumn, head: Headline) -> Line:
    if column.kind is Kind.TICKET and isinstance(entry.value, int):
        return line(entry.value)
    said = told(entry.value, column, head.zone)
    address = address_of(entry, column.kind, head.redmine)
    return line(said if address is None else Link(address, said))
