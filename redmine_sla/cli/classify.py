"""`redmine-sla classify`: what a ticket is taken for, on what grounds, and how often rightly."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from redmine_sla.cli.settings import Settings, common_options, json_option, with_settings


@click.command("classify", short_help="Show how far a problem reaches, with the evidence.")
@click.argument("tickets", nargs=-1, metavar="[NUMBER]... | -")
@click.option("--text", metavar="WORDS", help="Read these words; their first line is the subject.")
@click.option("--evaluate", is_flag=True, help="Hold the rules against what people chose.")
@click.option(
    "--file",
    "labelled",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="With --evaluate: labelled tickets as JSON lines, instead of the mirror's.",
)
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    tickets: tuple[str, ...],
    text: str | None,
    evaluate: bool,
    labelled: Path | None,
    as_json: bool,
) -> None:
    """Show what tickets are taken for and the evidence, heaviest first.

    \b
    classify 123 124          tickets of the mirror, with all evidence
    classify --text "…"       words alone; `-` reads them from standard input
    classify --evaluate       a confusion matrix against the classes people set
    """
    from redmine_sla.cli import classifying, evaluating  # noqa: PLC0415 - heavy

    if evaluate:
        if tickets or text is not None:
            raise click.UsageError("--evaluate looks at all tickets, or at a --file")
        evaluating.evaluate_classes(settings, labelled, as_json=as_json)
    elif labelled is not None:
        raise click.UsageError("--file belongs to --evaluate")
    elif text is not None or tickets == ("-",):
        if text is not None and tickets:
            raise click.UsageError("give either words or tickets")
        words = sys.stdin.read() if text is None else text
        classifying.classify_words(words, as_json=as_json)
    elif tickets and all(number.removeprefix("#").isdecimal() for number in tickets):
        numbers = [int(number.removeprefix("#")) for number in tickets]
        classifying.classify_tickets(settings, numbers, as_json=as_json)
    else:
        raise click.UsageError("name tickets by number, or give --text, - or --evaluate")
