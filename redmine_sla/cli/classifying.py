"""Classifying tickets of the mirror, and words alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from redmine_sla.cli.explained import Explained, classification_data, evidence_data, explained
from redmine_sla.cli.explaining import class_words
from redmine_sla.cli.output import console, facts_grid, percent, print_json, words
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import ProblemClass, load_folder
from redmine_sla.sla.classification import Evidence, TextReading, read_text
from redmine_sla.sync.moment import moment

Row = tuple[str, str, str]
"""Title, words, style."""


def classify_tickets(settings: Settings, numbers: Sequence[int], *, as_json: bool) -> None:
    """All evidence on each ticket. Raises `SlaError` for one that is not in the mirror."""
    configuration = load_folder(settings.folder)
    as_of = moment(None)
    with open_mirror(configuration) as mirror:
        tickets = [explained(configuration, mirror, number, as_of) for number in numbers]
    if as_json:
        print_json([_ticket_data(told) for told in tickets])
        return
    for told in tickets:
        _show(f"#{told.judged.number} {told.judged.ticket.subject}", _of_ticket(told))


def classify_words(text: str, *, as_json: bool) -> None:
    """What words alone say; their first line is the subject. Needs no configuration."""
    subject, _, body = text.partition("\n")
    reading = read_text(subject, body)
    if as_json:
        print_json(_reading_data(reading))
    else:
        _show(subject, _of_words(reading))


def _show(title: str, rows: Iterable[Row]) -> None:
    screen = console()
    screen.print(words(title, "bold"))
    grid = facts_grid()
    for name, said, style in rows:
        grid.add_row(name, words(said, style))
    screen.print(grid)


def _of_ticket(told: Explained) -> Iterator[Row]:
    yield "Contract", f"{told.contract.title} ({told.contract.name})", ""
    yield "Class", class_words(told.classification), "bold"
    yield from _reasons(told.classification.evidence)
    yield "Severity", str(told.severity.severity or "not told"), ""
    yield from _reasons(told.severity.evidence)
    facts = told.assessment.facts
    yield "Kind", str(facts.kind) if facts else "not told", ""
    for hint in told.hints:
        yield "First", f"{hint.hint.replace('_', ' ')}: {hint.why}", "yellow"


def _of_words(reading: TextReading) -> Iterator[Row]:
    if reading.says_something:
        chances = (f"{one} {percent(reading.reach.probability[one])}" for one in ProblemClass)
        yield "Class", f"{reading.problem_class} ({', '.join(chances)})", "bold"
        yield from _reasons(reading.evidence)
    else:
        yield "Class", "the words do not speak of it: the contract's default", "bold"
    yield "Kind", str(reading.kind), ""
    yield "Special", reading.special.replace("_", " "), ""
    yield "Work", "stopped" if reading.outage else "hampered, not stopped", ""


def _reasons(evidence: Iterable[Evidence[Any]]) -> Iterator[Row]:
    for reason in evidence:
        yield "", f"{reason.value} {reason.weight:+.1f}: {reason.why}", "dim"


def _ticket_data(told: Explained) -> dict[str, Any]:
    facts = told.assessment.facts
    return {
        "ticket": told.judged.number,
        "subject": told.judged.ticket.subject,
        "contract": told.contract.name,
        "class": str(told.classification.problem_class),
        "severity": told.severity.severity,
        "kind": facts.kind if facts else None,
        **classification_data(told),
        "hints": [{"hint": str(hint.hint), "why": hint.why} for hint in told.hints],
    }


def _reading_data(reading: TextReading) -> dict[str, Any]:
    return {
        "class": str(reading.problem_class) if reading.says_something else None,
        "probability": {str(one): round(reading.reach.probability[one], 4) for one in ProblemClass},
        "kind": str(reading.kind),
        "special": str(reading.special),
        "outage": reading.outage,
        "evidence": [evidence_data(one) for one in reading.evidence],
    }
