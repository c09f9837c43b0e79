"""A contract's wiki page: what was promised, how it stands, what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from redmine_sla.budget import DevelopmentBudget
from redmine_sla.contract import Contract
from redmine_sla.page import (
    Block,
    Column,
    Heading,
    Line,
    Page,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    line,
)
from redmine_sla.plan.board import Board, DecidedRow, OpenRow
from redmine_sla.plan.promises import duties, exclusions, people, service_level
from redmine_sla.plan.status_line import standing
from redmine_sla.sla.verdict import Verdict

DECISIONS_ON_PAGE = 100


def contract_page(
    contract: Contract,
    board: Board,
    *,
    as_of: datetime,
    tickets_on_page: int = 200,
    budget: DevelopmentBudget | None = None,
    quarters: Iterable[str] = (),
) -> Page:
    """The page as of an instant, without its stamp. `quarters` are titles of the quarterly pages.

    Nothing on it changes by the mere passing of time, but for what becomes due or late.
    """
    terms = contract.terms_at(as_of)
    return Page(
        (
            *_title(contract),
            *_open(board.open, tickets_on_page),
            *_decided(board.decided),
            *_budget(budget),
            *service_level(contract, terms),
            *duties(terms),
            *people(terms),
            *exclusions(contract, terms),
            *_quarters(tuple(quarters)),
        )
    )


def _title(contract: Contract) -> Iterable[Block]:
    yield Heading(1, line(contract.title))
    words = [f"{contract.provider} for {contract.customer}"]
    if contract.number:
        words.append(f"contract {contract.number}")
    last = contract.last_day
    words.append(f"from {contract.starts} to {last}" if last else f"since {contract.starts}")
    yield Paragraph(line(f"{', '.join(words)}."))


def _open(rows: tuple[OpenRow, ...], limit: int) -> Iterable[Block]:
    yield Heading(2, line("Open tickets"))
    if not rows:
        yield Paragraph(line("None."))
        return
    late = sum(row.late for row in rows)
    if late:
        yield Paragraph(line(Strong(f"{late} of {len(rows)} late.")))
    titles = (
        "Ticket",
        "Subject",
        "Status",
        "Class",
        "Standing",
        "Work or answer due",
        "Resolution due",
    )
    if limit:
        yield Table(tuple(map(Column, titles)), tuple(map(_open_row, rows[:limit]))).trimmed()
    if len(rows) > limit:
        yield Paragraph(line(f"And {len(rows) - limit} more."))


def _open_row(row: OpenRow) -> tuple[Line, ...]:
    shown = row.shown
    status = shown.sla_status or "nothing promised"
    return (
        line(row.number),
        line(row.subject),
        line(row.state),
        line(shown.sla_class),
        line(Strong(status) if row.late else status),
        line(_unbroken(shown.response_due)),
        line(_unbroken(shown.resolution_due)),
    )


def _unbroken(due: str) -> str:
    """The zone stays beside its time in a narrow column."""
    day, _, rest = due.partition(" ")
    return f"{day} {rest.replace(' ', chr(0xA0))}".strip()


def _decided(rows: tuple[DecidedRow, ...]) -> Iterable[Block]:
    if not rows:
        return
    yield Heading(2, line("Decided in the last 30 days"))
    kept = sum(row.verdict is Verdict.MET for row in rows)
    judged = sum(row.verdict in (Verdict.MET, Verdict.MISSED) for row in rows)
    yield Paragraph(line(f"{kept} of {judged} promises kept."))
    yield Table(
        tuple(map(Column, ("Ticket", "Subject", "Promise", "Outcome", "When", "Why"))),
        tuple(map(_decided_row, rows[:DECISIONS_ON_PAGE])),
    ).trimmed()
    if len(rows) > DECISIONS_ON_PAGE:
        yield Paragraph(line(f"And {len(rows) - DECISIONS_ON_PAGE} before."))


def _decided_row(row: DecidedRow) -> tuple[Line, ...]:
    outcome = standing(row.verdict)
    return (
        line(row.number),
        line(row.subject),
        line(row.clock),
        line(Strong(outcome) if row.verdict.is_late else outcome),
        line(row.when),
        line(row.reason),
    )


def _budget(budget: DevelopmentBudget | None) -> Iterable[Block]:
    if budget is None:
        return
    yield Heading(2, line("Development budget"))
    told = f"{budget}."
    yield Paragraph(
        line(
            Strong(told) if budget.is_over else told,
            f" The limit is {budget.percent} % of the contract sum ({budget.clause}).",
        )
    )


def _quarters(titles: tuple[str, ...]) -> Iterable[Block]:
    if titles:
        yield Heading(2, line("Quarters"))
        parts: list[WikiLink | str] = []
        for title in titles:
            parts += [", ", WikiLink(title)] if parts else [WikiLink(title)]
        yield Paragraph(line(*parts))
