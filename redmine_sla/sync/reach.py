"""What the contracts reach in this Redmine: its projects, and from when on they matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.contract.checks.together import ProjectTree, projects_of
from redmine_sla.contract.problems import ConfigurationError
from redmine_sla.mirror import Mirror
from redmine_sla.sync.ports import RedmineReader, Row
from redmine_sla.sync.pull.scope import PullScope
from redmine_sla.ticket import Project
from redmine_sla.ticket.wording import vocabulary_from_rows


def scope_of(configuration: Configuration, mirror: Mirror, reader: RedmineReader) -> PullScope:
    """The projects to watch, from the mirror's words or else from Redmine's.

    Raises `ConfigurationError` where a contract names a project that Redmine does not show.
    """
    projects = list(mirror.vocabulary().projects.values())
    tree = project_tree(projects)
    if not projects or configuration.problems_with(tree):
        projects = _asked(reader.words().projects)
        tree = project_tree(projects)
        problems = configuration.problems_with(tree)
        if problems:
            raise ConfigurationError(problems)
    reached = frozenset[str]().union(*(projects_of(one, tree) for one in configuration.contracts))
    desk = configuration.desk
    return PullScope(
        server=desk.redmine.url,
        projects=tuple(sorted(project.id for project in projects if project.identifier in reached)),
        pages=tuple(one.id for one in projects if one.identifier == desk.surfaces.wiki_project),
        since=_since(configuration),
        beat_every=timedelta(hours=desk.pull.slow_beat_hours),
    )


def project_tree(projects: Iterable[Project]) -> ProjectTree:
    """Each project's identifier, and that of the one above it."""
    known = {project.id: project for project in projects}
    return {
        project.identifier: known[project.parent].identifier if project.parent in known else None
        for project in known.values()
    }


def homes_of(contract: Contract, desk: Desk, projects: Iterable[Project]) -> frozenset[int]:
    """Where people read of the contract: the project of its pages, and that of its files.

    Where the key sees none of that name, nothing is published.
    """
    wanted = {desk.surfaces.wiki_project or contract.projects[0], contract.projects[0]}
    return frozenset(project.id for project in projects if project.identifier in wanted)


def _asked(rows: Iterable[Row]) -> list[Project]:
    return list(vocabulary_from_rows(projects=rows).projects.values())


def _since(configuration: Configuration) -> datetime:
    """The configured day, or the start of the oldest contract."""
    day = configuration.desk.pull.since
    if day is not None:
        return datetime.combine(day, time(), UTC)
    return min(map(_start, configuration.contracts))


def _start(contract: Contract) -> datetime:
    return datetime.combine(contract.starts, time(), ZoneInfo(contract.timezone)).astimezone(UTC)
