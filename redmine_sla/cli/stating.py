"""How a monthly statement looks: its lines and total, and what nobody could measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from redmine_sla.budget.statement import Statement, StatementLine
from redmine_sla.budget.statement_told import (
    INTERNAL,
    difference_words,
    statement_data,
    statement_sheet,
)
from redmine_sla.cli.answer_file import write_answer
from redmine_sla.cli.mirror_age import MirrorAge
from redmine_sla.cli.output import console, print_json, table, utc, words
from redmine_sla.cli.period_options import Days
from redmine_sla.cli.periods import period_of
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.language import ENGLISH
from redmine_sla.press.csv_text import csv_bytes
from redmine_sla.sync.moment import moment
from redmine_sla.sync.standing import pulled_at
from redmine_sla.sync.statements import monthly_statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statement: the month as it was typed, and the contract's name."""

    month: str
    contract: str


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where it goes; to the terminal where nothing is named."""

    csv: Path | None
    as_json: bool


def show_statement(
    settings: Settings, wanted: Wanted, as_of: datetime | None, outlets: Outlets
) -> None:
    """Make the statement and put it where it is wanted. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    contract = configuration.contract_named(wanted.contract)
    at = moment(as_of)
    month = period_of(Days(month=wanted.month), (contract,), contract.day_of(at))
    with open_mirror(configuration) as mirror:
        statement = monthly_statement(configuration, mirror, contract, month, at)
        age = MirrorAge(pulled_at(mirror), at)
    if outlets.csv is not None:
        write_answer(outlets.csv, csv_bytes(statement_sheet(statement)))
    if outlets.as_json:
        print_json({**statement_data(statement), "mirror_pulled": utc(age.pulled)})
    elif outlets.csv is None:
        print_statement(statement, age)


def print_statement(statement: Statement, age: MirrorAge) -> None:
    """The lines with their amounts, the total, and what is still unsure."""
    screen = console()
    screen.print(words(_headline(statement), "bold"))
    screen.print()
    drawn = table("What", ">Quantity", "Unit", "Tickets", ">Amount", "Note")
    for one in statement.lines:
        drawn.add_row(
            words(f"{one.what} ({one.clause})"),
            words(f"{one.quantity.normalize():f}"),
            words(one.unit),
            words(" ".join(f"#{number}" for number in one.tickets)),
            words(_amount(one)),
            words(one.note),
        )
    vat = f", {statement.vat}" if statement.vat else ""
    total = ENGLISH.money(statement.total)
    drawn.add_row(words(f"Total{vat}", "bold"), "", "", "", words(total, "bold"), "")
    screen.print(drawn)
    screen.print()
    for told in _remarks(statement):
        screen.print(words(told))
    if statement.late_hours:
        _print_late_hours(screen, statement)
    screen.print(words(age.told, "dim"))
    screen.print(words(f"Known {utc(statement.known)}; {INTERNAL}.", "dim"))


def _print_late_hours(screen: Console, statement: Statement) -> None:
    """Below the statement, as it is no part of it."""
    since = f"{statement.month.first:%Y-%m-%d}"
    screen.print(words(f"Earlier months: booked or changed since {since}", "bold"))
    drawn = table("Month", ">Beyond before", ">Beyond now", "Tickets", "To pay")
    for one in statement.late_hours:
        drawn.add_row(
            words(f"{one.month.first:%Y-%m}"),
            words("not known" if one.before is None else ENGLISH.hours(one.before)),
            words(ENGLISH.hours(one.now)),
            words(" ".join(f"#{number}" for number in one.tickets)),
            words(difference_words(one, ENGLISH.money)),
        )
    screen.print(drawn)
    said = "Not in the total: compare it with what was billed for these months."
    screen.print(words(said))
    screen.print()


def _headline(statement: Statement) -> str:
    contract = statement.contract
    number = f" ({contract.number})" if contract.number else ""
    told = f"{contract.title}{number}: {ENGLISH.period(statement.month)}"
    if statement.is_draft:
        return f"{told}, draft: the month is not over, or not all of it is known"
    return told


def _amount(one: StatementLine) -> str:
    return "not known" if one.amount is None else ENGLISH.money(one.amount)


def _remarks(statement: Statement) -> Iterator[str]:
    credits_ = statement.credits
    if not statement.is_complete:
        yield "The total leaves out what is not known."
    more = credits_.raw.total - credits_.adjusted.total
    if more.amount:
        yield (
            f"Without the exclusions agreed, credits would be {ENGLISH.money(credits_.raw.total)}: "
            f"{ENGLISH.money(more)} more."
        )
    for one in credits_.unjudged:
        ticket = f"#{one.subject.ticket}, " if one.subject.ticket else ""
        yield f"Not measured, and so without a credit: {ticket}{one.subject.title}: {one.reason}"
