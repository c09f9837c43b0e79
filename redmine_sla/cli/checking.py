"""Checking a configuration, alone or against Redmine's projects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from redmine_sla.cli.output import counted, print_json, tell
from redmine_sla.cli.promised import print_promised, promised_data
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_redmine
from redmine_sla.contract import Configuration, ConfigurationError, Problem, load_folder
from redmine_sla.contract.findings import listed
from redmine_sla.errors import ExitCode
from redmine_sla.sync.reach import project_tree
from redmine_sla.ticket.wording import vocabulary_from_rows


def check(settings: Settings, *, online: bool, as_json: bool) -> ExitCode:
    """Tell the mistakes, or else the promises and the warnings. Raises `SlaError`."""
    try:
        configuration = load_folder(settings.folder)
        if online:
            _hold_against_redmine(configuration)
    except ConfigurationError as error:
        if as_json:
            print_json({"problems": _data(error.problems)})
        else:
            _tell(error.problems)
        return ExitCode.USAGE
    if as_json:
        print_json(
            {
                "problems": [],
                "warnings": _data(configuration.warnings),
                "contracts": [promised_data(contract) for contract in configuration.contracts],
            }
        )
    elif not settings.quiet:
        print_promised(configuration)
        _warn(configuration.warnings)
    return ExitCode.OK


def _hold_against_redmine(configuration: Configuration) -> None:
    """Raises `ConfigurationError` for projects unknown there, or covered twice."""
    with open_redmine(configuration) as redmine:
        projects = vocabulary_from_rows(projects=redmine.words().projects).projects
    problems = configuration.problems_with(project_tree(projects.values()))
    if problems:
        raise ConfigurationError(problems)


def _tell(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        tell("error:", str(problem), style="bold red")
    click.echo(f"{counted(len(problems), 'mistake')}.", err=True)


def _warn(warnings: Iterable[Problem]) -> None:
    """Kind by kind; beneath each, once, how a contract accepts it."""
    kinds: dict[str, list[Problem]] = {}
    for warning in warnings:
        kinds.setdefault(warning.code, []).append(warning)
    for code, alike in kinds.items():
        for said in dict.fromkeys(map(str, alike)):
            tell("warning:", said, style="yellow")
        files = dict.fromkeys(one.acceptable_in for one in alike if one.acceptable_in)
        if files:
            key = f'accepted_warnings = ["{code}"]'
            tell("accept:", f"if it is meant, write {key} at the top of {listed(files)}")


def _data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "file": problem.file,
            "line": problem.line or None,
            "key": problem.key or None,
            "what": problem.what,
            "right": problem.right or None,
            "code": problem.code or None,
            "acceptable_in": problem.acceptable_in or None,
        }
        for problem in problems
    ]
