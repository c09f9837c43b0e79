"""A contract's wiki page: what was promised, how it stands, what was decided lately."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.contract import Contract
from redmine_sla.language import Tongue, marked, tongue_for
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
_OPEN_COLUMNS = (
    marked("Ticket"),
    marked("Subject"),
    marked("Status"),
    marked("Class"),
    marked("Standing"),
    marked("Work or answer due"),
    marked("Resolution due"),
)
_DECIDED_COLUMNS = (
    marked("Ticket"),
    marked("Subject"),
    marked("Promise"),
    marked("Outcome"),
    marked("When"),
    marked("Why"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """What other rooms know of the contract: blocks, each part with its own heading.

    `quarters` are titles of pages of quarters not handed over yet, `hidden` tickets the contract
    names that not every reader may see.
    """

    ending: Sequence[Block] = ()
    budget: Sequence[Block] = ()
    availability: Sequence[Block] = ()
    sign_offs: Sequence[Block] = ()
    schedule: Sequence[Block] = ()
    quarters: Sequence[str] = ()
    hidden: Collection[int] = ()


NO_PARTS = PageParts()


def contract_page(
    contract: Contract,
    board: Board,
    parts: PageParts = NO_PARTS,
    *,
    as_of: datetime,
    tickets_on_page: int = 200,
) -> Page:
    """The page as of an instant, without its stamp, in the contract's language.

    Nothing on the page changes by the mere passing of time, but for what becomes due or late.
    """
    terms = contract.terms_at(as_of)
    tongue = tongue_for(contract.language)
    return Page(
        (
            *_title(contract, tongue),
            *parts.ending,
            *_open(board.open, tickets_on_page, tongue),
            *_decided(board.decided, tongue),
            *parts.budget,
            *parts.availability,
            *parts.sign_offs,
            *service_level(contract, terms, tongue),
            *duties(terms, tongue),
            *parts.schedule,
            *people(terms, tongue),
            *exclusions(contract, terms, tongue, parts.hidden),
            *_quarters(parts.quarters, tongue),
        )
    )


def _title(contract: Contract, tongue: Tongue) -> Iterable[Block]:
    yield Heading(1, line(contract.title))
    yield Paragraph(line(tongue.say("{provider} for {customer}", **_parties(contract))))
    yield Paragraph(line(_time(contract, tongue)))


def _parties(contract: Contract) -> dict[str, str]:
    return {"provider": contract.provider, "customer": contract.customer}


def _time(contract: Contract, tongue: Tongue) -> str:
    first, last = tongue.day(contract.starts), contract.last_day
    if contract.number and last:
        return tongue.say(
            "Contract {number}, from {first} to {last}.",
            number=contract.number,
            first=first,
            last=tongue.day(last),
        )
    if contract.number:
        return tongue.say("Contract {number}, since {first}.", number=contract.number, first=first)
    if last:
        return tongue.say("From {first} to {last}.", first=first, last=tongue.day(last))
    return tongue.say("Since {first}.", first=first)


def _open(rows: tuple[OpenRow, ...], limit: int, tongue: Tongue) -> Iterable[Block]:
    yield Heading(2, line(tongue.say("Open tickets")))
    if not rows:
        yield Paragraph(line(tongue.say("None.")))
        return
    late = sum(row.late for row in rows)
    if late:
        told = tongue.say(
            "{late} of {all} late.", late=tongue.number(late), all=tongue.number(len(rows))
        )
        yield Paragraph(line(Strong(told)))
    if limit:
        shown = tuple(_open_row(row, tongue) for row in rows[:limit])
        yield Table(_columns(_OPEN_COLUMNS, tongue), shown).trimmed()
    if len(rows) > limit:
        rest = tongue.count("And {n} more.", "And {n} more.", len(rows) - limit)
        yield Paragraph(line(rest))


def _columns(titles: Iterable[str], tongue: Tongue) -> tuple[Column, ...]:
    return tuple(Column(tongue.say(title)) for title in titles)


def _open_row(row: OpenRow, tongue: Tongue) -> tuple[Line, ...]:
    status = row.standing or tongue.say("nothing promised")
    return (
        line(row.number),
        line(row.subject),
        line(row.state),
        line(row.problem_class),
        line(Strong(status) if row.late else status),
        line(_unbroken(row.response_due)),
        line(_unbroken(row.resolution_due)),
    )


def _unbroken(due: str) -> str:
    """The zone stays beside its time in a narrow column."""
    moment, _, zone = due.rpartition(" ")
    return f"{moment}\u00a0{zone}" if moment else zone


def _decided(rows: tuple[DecidedRow, ...], tongue: Tongue) -> Iterable[Block]:
    if not rows:
        return
    yield Heading(2, line(tongue.say("Decided in the last 30 days")))
    kept = sum(row.verdict is Verdict.MET for row in rows)
    judged = sum(row.verdict in (Verdict.MET, Verdict.MISSED) for row in rows)
    told = tongue.count(
        "{kept} of {n} promise kept.",
        "{kept} of {n} promises kept.",
        judged,
        kept=tongue.number(kept),
    )
    yield Paragraph(line(told))
    yield Table(
        _columns(_DECIDED_COLUMNS, tongue),
        tuple(_decided_row(row, tongue) for row in rows[:DECISIONS_ON_PAGE]),
    ).trimmed()
    if len(rows) > DECISIONS_ON_PAGE:
        rest = tongue.count("And {n} before.", "And {n} before.", len(rows) - DECISIONS_ON_PAGE)
        yield Paragraph(line(rest))


def _decided_row(row: DecidedRow, tongue: Tongue) -> tuple[Line, ...]:
    outcome = standing(row.verdict, tongue)
    return (
        line(row.number),
        line(row.subject),
        line(row.clock),
        line(Strong(outcome) if row.verdict.is_late else outcome),
        line(row.when),
        line(row.reason),
    )


def _quarters(titles: Sequence[str], tongue: Tongue) -> Iterable[Block]:
    if titles:
        yield Heading(2, line(tongue.say("Quarters")))
        parts: list[WikiLink | str] = []
        for title in titles:
            parts += [", ", WikiLink(title)] if parts else [WikiLink(title)]
        yield Paragraph(line(*parts))
