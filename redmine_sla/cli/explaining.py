"""Explaining a ticket: what is known of it, and each of its clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from rich.table import Table

from redmine_sla.cli.explained import Explained, explained, explained_data
from redmine_sla.cli.ledger_view import clock_view
from redmine_sla.cli.output import STYLES, console, facts_grid, local, percent, print_json, words
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.errors import SlaError
from redmine_sla.plan.status_line import status_line
from redmine_sla.sla.classification import Classification
from redmine_sla.sla.reading import Reading
from redmine_sla.sync.moment import moment
from redmine_sla.ticket import Party


def explain(
    settings: Settings,
    number: int,
    clocks: Sequence[str],
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Print the explanation of a ticket, of all its clocks or of some. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    with open_mirror(configuration) as mirror:
        told = explained(configuration, mirror, number, moment(as_of))
    readings = [one for one in told.assessment.readings if not clocks or one.clock in clocks]
    if clocks and not readings:
        known = ", ".join(dict.fromkeys(one.clock for one in told.assessment.readings)) or "none"
        raise SlaError(
            f"#{number} has no clock {' or '.join(clocks)}", hint=f"clocks on it: {known}"
        )
    if as_json:
        print_json(explained_data(told, readings))
    else:
        print_explained(told, readings)


def print_explained(told: Explained, readings: Sequence[Reading]) -> None:
    """The head, then the clocks in order of cycles."""
    screen = console()
    zone = ZoneInfo(told.contract.timezone)
    screen.print(words(f"#{told.judged.number} {told.judged.ticket.subject}", "bold"))
    screen.print(_facts(told, zone))
    several = len({reading.cycle for reading in told.assessment.readings}) > 1
    for reading in readings:
        screen.print()
        cycle = f", cycle {reading.cycle}" if several else ""
        for part in clock_view(reading, told.as_of, zone, cycle=cycle):
            screen.print(part)
    if not told.assessment.readings and not told.assessment.silent:
        screen.print()
        screen.print("No promise of the contract fits this ticket, so no clock runs.")


def _facts(told: Explained, zone: tzinfo) -> Table:
    grid = facts_grid()
    for title, said, style in (*_contract(told, zone), *_evidence(told), *_around(told)):
        grid.add_row(title, words(said, style))
    return grid


Row = tuple[str, str, str]
"""Title, words, style."""


def _contract(told: Explained, zone: tzinfo) -> Iterator[Row]:
    """By which contract, as reported by whom, and how it stands."""
    facts, reporter = told.assessment.facts, told.judged.timeline.opened_by
    yield "Contract", f"{told.contract.title} ({told.contract.name})", ""
    level = told.terms.tier_named(facts.tier if facts else None)
    since = f"terms in force since {told.terms_since}"
    yield "Level", f"{level.title}, {since}" if level else since, ""
    reported = local(told.judged.timeline.reported, zone)
    yield "Reported", f"{reported} by {reporter.name} ({reporter.party})", ""
    yield "Judged at", local(told.as_of, zone), ""
    if told.assessment.silent:
        yield "No clocks", told.assessment.silent, "bold"
        return
    worst = told.assessment.worst
    style = f"bold {STYLES[worst.verdict]}" if worst else "bold"
    yield "Standing", status_line(told.assessment, zone) or "nothing promised", style


def _evidence(told: Explained) -> Iterator[Row]:
    """What the ticket was taken for, and on what grounds."""
    facts = told.assessment.facts
    yield "Class", class_words(told.classification), ""
    for reason in told.classification.evidence:
        yield "", f"{reason.value} {reason.weight:+.1f}: {reason.why}", "dim"
    if facts and facts.severity:
        yield "Severity", facts.severity, ""
        for ground in told.severity.evidence:
            yield "", f"{ground.value}: {ground.why}", "dim"
    if facts:
        yield "Kind", f"{facts.kind}, {facts.tracker}, priority {facts.priority}", ""


def _around(told: Explained) -> Iterator[Row]:
    """Who acted, and what a person should know."""
    people = [one for one in told.people if one.party is not Party.BOT]
    yield "People", ", ".join(f"{one.name} ({one.party})" for one in people), ""
    for remark in told.assessment.remarks:
        yield "Remark", remark, "yellow"


def class_words(found: Classification) -> str:
    """`user, 50 % sure only of system, so the contract's default; to be confirmed`."""
    said = f"{found.problem_class}"
    if found.confidence:
        said += f", {percent(found.confidence)} sure"
    if found.suggestion and found.suggestion != found.problem_class:
        said += f" only of {found.suggestion}, so the contract's default"
    if found.claim and found.claim != found.problem_class:
        said += f"; the customer says {found.claim}"
    return f"{said}; to be confirmed" if found.needs_triage else said
