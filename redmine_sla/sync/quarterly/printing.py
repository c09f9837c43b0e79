"""What is published of an edition, as files: asked of the press, named, ready to be sent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from redmine_sla.contract.promises.quarterly import Format
from redmine_sla.page import Page
from redmine_sla.plan import Attachment
from redmine_sla.press.bundle import Printed
from redmine_sla.press.masthead import Masthead
from redmine_sla.quarter.deliverable import Deliverable

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOrder:
    """What to print: the page of a deliverable with its sheets, in those formats.

    `stem` is the files' name without ending, `mark` what catches the eye (a restatement, a draft),
    `project` the identifier of the project in whose wiki the page stands.
    """

    deliverable: Deliverable
    page: Page
    stem: str
    mark: str
    project: str
    formats: Collection[Format]


@dataclass(frozen=True, slots=True)
class Prints:
    """An edition in print: `files` for Redmine's Files, `pictures` of its charts for the wiki."""

    files: tuple[Attachment, ...] = ()
    pictures: tuple[Attachment, ...] = ()


Printer = Callable[[PrintOrder], Prints]
"""Prints. The same order gives the same bytes, whenever: what was cut short is printed again."""


def printed(order: PrintOrder) -> Prints:
    """HTML, PDF and XLSX as far as ordered, and the charts as PNG.

    Raises `SlaError` where a library is not installed.
    """
    frame, tongue = order.deliverable.frame, order.deliverable.frame.tongue
    bundle = Printed(
        page=order.page,
        sheets=order.deliverable.sheets,
        masthead=_masthead(order),
        tongue=tongue,
        redmine=frame.redmine,
        project=order.project,
        zone=frame.period.zone,
    )
    files: list[Attachment] = []
    if Format.HTML in order.formats:
        title = tongue.say("The report for the screen")
        files.append(Attachment(f"{order.stem}.html", bundle.html.encode(), "text/html", title))
    if Format.PDF in order.formats:
        title = tongue.say("The report for print")
        files.append(Attachment(f"{order.stem}.pdf", bundle.pdf, "application/pdf", title))
    if Format.XLSX in order.formats:
        title = tongue.say("All tables for calculating")
        files.append(Attachment(f"{order.stem}.xlsx", bundle.workbook, _XLSX, title))
    pictures = (Attachment(name, content, "image/png") for name, content in bundle.pictures.items())
    return Prints(tuple(files), tuple(pictures))


def _masthead(order: PrintOrder) -> Masthead:
    frame, tongue = order.deliverable.frame, order.deliverable.frame.tongue
    contract, quarter = frame.contract, order.deliverable.quarter
    facts = [
        (tongue.say("Customer"), contract.customer),
        (tongue.say("Provider"), contract.provider),
        (tongue.say("As known at"), tongue.moment(frame.as_of, frame.period.zone)),
    ]
    if contract.number:
        facts.insert(0, (tongue.say("Contract"), contract.number))
    return Masthead(
        title=tongue.say("Quarterly report"),
        subject=contract.title,
        period=f"{tongue.quarter(quarter.year, quarter.number)}: {tongue.days(frame.period)}",
        author=contract.provider,
        facts=tuple(facts),
        mark=order.mark,
    )
