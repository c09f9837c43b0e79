"""How often the rules are right: against the classes people set, or against a labelled file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from redmine_sla.cli.output import print_json
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Configuration, Contract, ProblemClass, load_folder
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.sla.classification import TextReading, evaluate, read_labelled, read_text
from redmine_sla.sla.classification.evaluation import Evaluation, render_evaluation
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket import Party, Timeline

_ANSWERS: Mapping[str, Callable[[TextReading], str]] = MappingProxyType(
    {
        "problem_class": lambda reading: reading.problem_class,
        "kind": lambda reading: reading.kind,
        "special": lambda reading: reading.special,
        "outage": lambda reading: "true" if reading.outage else "false",
    }
)


def evaluate_classes(settings: Settings, labelled: Path | None, *, as_json: bool) -> None:
    """Print a confusion matrix for each question. Raises `SlaError`."""
    if labelled is not None:
        found = _on_file(labelled)
    else:
        configuration = load_folder(settings.folder)
        with open_mirror(configuration) as mirror:
            found = {"problem_class": evaluate(_against_people(configuration, mirror))}
    if not any(evaluation.total for evaluation in found.values()):
        raise SlaError(
            "nobody has set a class yet, so there is nothing to compare with",
            hint="the provider's people set it in the field [fields] class of sla.toml",
        )
    if as_json:
        print_json({question: _data(evaluation) for question, evaluation in found.items()})
        return
    for question, evaluation in found.items():
        click.echo(f"{question.replace('_', ' ')}\n")
        click.echo(f"{render_evaluation(evaluation)}\n")


def _on_file(path: Path) -> dict[str, Evaluation]:
    """By words alone, each question that the file has labels for."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SlaError(f"{path} cannot be read: {error}", hint="give a file in UTF-8") from None
    tickets = read_labelled(lines, name=str(path))
    readings = [(ticket.labels, read_text(ticket.subject, ticket.body)) for ticket in tickets]
    found = {}
    for question, answer in _ANSWERS.items():
        pairs = [(label[question], answer(said)) for label, said in readings if question in label]
        if pairs:
            found[question] = evaluate(pairs)
    return found


def _against_people(configuration: Configuration, mirror: Mirror) -> Iterator[tuple[str, str]]:
    """The class the provider set, and what all other evidence says without it."""
    bench = lay_out(configuration, mirror)
    field = configuration.desk.fields.get("class", "")
    for ticket in mirror.tickets():
        found = bench.match(ticket)
        if found is None:
            continue
        timeline, match = found
        truth = _chosen(timeline, field)
        if truth:
            blind = replace(
                timeline,
                fields={name: track for name, track in timeline.fields.items() if name != field},
            )
            yield truth, _class_of(bench, blind, match.contract)


def _chosen(timeline: Timeline, field: str) -> str:
    """What the provider last chose; the bot's own value and a customer's claim are no truth."""
    track = timeline.field(field)
    own = [span.value for span in track.spans if span.by.party is Party.PROVIDER] if track else []
    chosen = (own[-1] or "").strip().casefold() if own else ""
    return chosen if chosen in set(ProblemClass) else ""


def _class_of(bench: Workbench, timeline: Timeline, contract: Contract) -> str:
    return bench.fact_finder(timeline, contract).classification(timeline.reported).problem_class


def _data(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "tickets": evaluation.total,
        "accuracy": round(evaluation.accuracy, 4),
        "macro_f1": round(evaluation.macro_f1, 4),
        "labels": [
            {
                "label": score.label,
                "support": score.support,
                "precision": score.precision,
                "recall": score.recall,
                "f1": round(score.f1, 4),
            }
            for score in evaluation.scores
        ],
        "confusion": [
            {"truth": truth, "found": found, "tickets": number}
            for (truth, found), number in sorted(evaluation.counts.items())
        ],
    }
