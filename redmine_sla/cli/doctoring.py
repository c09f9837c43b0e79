"""The doctor's findings on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from types import MappingProxyType

from rich.table import Table

from redmine_sla.cli.output import console, counted, print_json, words
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import connection_to
from redmine_sla.connectors.redmine.examining import ExaminedGateway
from redmine_sla.contract import load_folder
from redmine_sla.errors import ExitCode
from redmine_sla.sync.doctor import Finding, Level, as_rows, examine
from redmine_sla.sync.moment import moment

_STYLES = MappingProxyType(
    {
        Level.OK: "green",
        Level.ADVICE: "cyan",
        Level.WARNING: "bold yellow",
        Level.ERROR: "bold red",
    }
)
_SERIOUS = (Level.ERROR, Level.WARNING)


def doctor(settings: Settings, *, as_json: bool) -> ExitCode:
    """Examine and tell. Raises `ConfigurationError`, and `SlaError` where there is no key."""
    configuration = load_folder(settings.folder)
    with closing(ExaminedGateway(connection_to(configuration))) as redmine:
        findings = examine(redmine, configuration, moment(None))
    if as_json:
        print_json(as_rows(findings))
    else:
        shown = [one for one in findings if not settings.quiet or one.level is not Level.OK]
        print_findings(shown)
    serious = any(one.level in _SERIOUS for one in findings)
    return ExitCode.FINDINGS if serious else ExitCode.OK


def print_findings(findings: Sequence[Finding]) -> None:
    """Each with its next step below it, and a count at the end."""
    screen = console()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for finding in findings:
        grid.add_row(words(finding.level, _STYLES[finding.level]), words(finding.what))
        if finding.next_step:
            grid.add_row("", words(f"next: {finding.next_step}", "dim"))
    if findings:
        screen.print(grid)
    levels = Counter(finding.level for finding in findings)
    said = [counted(levels[level], level) for level in _SERIOUS if levels[level]]
    if levels[Level.ADVICE]:
        said.append(f"{levels[Level.ADVICE]} advice")
    screen.print(words(f"{', '.join(said)}." if said else "All is well.", "bold"))
