"""The quarter on one wiki page, plain: figures, every breach with its reason, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from redmine_sla.budget import DevelopmentBudget, percent_text
from redmine_sla.contract import Contract
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    Line,
    Page,
    Paragraph,
    Strong,
    Table,
    line,
    local_text,
)
from redmine_sla.quarter.summary import Breach, Cell, OpenPromise, Summary
from redmine_sla.sla.verdict import Motion


def quarter_page(
    contract: Contract,
    summary: Summary,
    *,
    hidden: Iterable[int] = (),
    budget: DevelopmentBudget | None = None,
    as_of: datetime,
) -> Page:
    """The page of one contract and quarter, as judged at `as_of`.

    Tickets in `hidden` (private, or moved to where readers may not look) are counted, not named.
    """
    zone = ZoneInfo(contract.timezone)
    hidden = frozenset(hidden)
    return Page(
        (
            *_title(contract, summary, zone, as_of),
            *_figures(summary),
            *_breaches(summary, hidden, zone),
            *_budget(budget),
            *_open(summary, hidden, zone),
        )
    )


def _title(contract: Contract, summary: Summary, zone: tzinfo, as_of: datetime) -> Iterable[Block]:
    quarter = summary.quarter
    yield Heading(1, line(f"{contract.title}: {quarter}"))
    days = f"{quarter.first_day} to {quarter.last_day}"
    parties = f"{contract.provider} for {contract.customer}, {days}."
    if as_of < quarter.end(zone):
        yield Paragraph(line(Strong("Draft: the quarter is not over."), f" {parties}"))
    else:
        yield Paragraph(line(parties))


def _figures(summary: Summary) -> Iterable[Block]:
    yield Heading(2, line("Promises decided in the quarter"))
    if not summary.cells:
        yield Paragraph(line("None."))
        return
    columns = (
        Column("Promise"),
        Column("Class"),
        *(
            Column(title, Align.RIGHT)
            for title in ("Kept", "Broken", "Kept of judged", "Unmeasured", "Cancelled")
        ),
    )
    rows = []
    for clock, total in summary.clocks.items():
        classes = {name: cell for (title, name), cell in summary.cells.items() if title == clock}
        if len(classes) > 1:
            rows.append(_row(clock, "all", total))
            rows.extend(_row("", name or "none", cell) for name, cell in classes.items())
        else:
            rows.append(_row(clock, next(iter(classes)) or "none", total))
    yield Table(columns, tuple(rows))
    if any(cell.unmeasured for cell in summary.cells.values()):
        yield Paragraph(
            line(
                "Unmeasured is what nobody recorded well enough to judge. It counts neither as "
                "kept nor as broken."
            )
        )


def _row(clock: str, problem_class: str, cell: Cell) -> tuple[Line, ...]:
    share = "" if cell.share_met is None else percent_text(cell.share_met)
    figures = (str(cell.met), str(cell.missed), share, str(cell.unmeasured), str(cell.cancelled))
    return (line(Strong(clock) if clock else ""), line(problem_class), *map(line, figures))


def _breaches(summary: Summary, hidden: frozenset[int], zone: tzinfo) -> Iterable[Block]:
    yield Heading(2, line("Broken promises"))
    shown = [breach for breach in summary.breaches if breach.ticket not in hidden]
    if not summary.breaches:
        yield Paragraph(line("None."))
    if shown:
        titles = ("Ticket", "Promise", "Due", "Done", "What is known of it")
        yield Table(
            tuple(Column(title) for title in titles),
            tuple(_breach_row(breach, zone) for breach in shown),
        ).trimmed()
    yield from _not_named(len(summary.breaches) - len(shown))


def _breach_row(breach: Breach, zone: tzinfo) -> tuple[Line, ...]:
    return (
        line(breach.ticket),
        line(f"{breach.clock}: {breach.promise} ({breach.clause})"),
        line(local_text(breach.due, zone)),
        line(local_text(breach.stopped, zone) or "not yet"),
        line("; ".join(breach.reasons)),
    )


def _budget(budget: DevelopmentBudget | None) -> Iterable[Block]:
    if budget is not None:
        yield Heading(2, line("Development budget"))
        told = f"{budget}."
        yield Paragraph(line(Strong(told) if budget.is_over else told))


def _open(summary: Summary, hidden: frozenset[int], zone: tzinfo) -> Iterable[Block]:
    yield Heading(2, line("Still open"))
    shown = [promise for promise in summary.open if promise.ticket not in hidden]
    if not summary.open:
        yield Paragraph(line("Nothing."))
    if shown:
        yield Table(
            (Column("Ticket"), Column("Promise"), Column("Standing"), Column("Due")),
            tuple(_open_row(promise, zone) for promise in shown),
        ).trimmed()
    yield from _not_named(len(summary.open) - len(shown))


def _open_row(promise: OpenPromise, zone: tzinfo) -> tuple[Line, ...]:
    return (
        line(promise.ticket),
        line(promise.clock),
        line(_standing(promise)),
        line(local_text(promise.due, zone)),
    )


def _standing(promise: OpenPromise) -> str:
    words = promise.verdict.value.replace("_", " ")
    return f"{words}, paused" if promise.motion is Motion.PAUSED else words


def _not_named(count: int) -> Iterable[Block]:
    if count:
        yield Paragraph(line(f"And {count} on tickets that not every reader of this page may see."))
