"""Tickets that no longer come: deleted, moved, hidden, archived, or not to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror import Departure, Gone
from redmine_sla.mirror.statements import in_portions
from redmine_sla.sync.failures import NotFound
from redmine_sla.sync.ports import Absence, Missing
from redmine_sla.sync.pull.state import AT_ONCE, Pulling

FEW = 10
SHARE = 0.2
"""Fewer tickets gone than `FEW`, or not more than this share of all, is everyday life."""


class TicketsLostError(SlaError):
    """Redmine shows so few of the tickets it had that nothing is believed; nothing was stored."""

    exit_code = ExitCode.REDMINE


def believe(pull: Pulling) -> None:
    """Compares how many tickets there are with how many there were, before anything is changed.

    Tickets of projects that are out of sight as a whole are taken out. Raises `TicketsLostError`
    if more are gone than that explains: an answer of nothing is no deletion.
    """
    with pull.mirror.reading() as view:
        held = view.count_by_project(pull.scope.projects)
    if not _is_a_loss(sum(held.values()), pull.expected):
        return
    left = {project: pull.reader.issue_count([project]) for project in sorted(held)}
    hidden = [project for project, count in left.items() if not count and _hidden(pull, project)]
    rest = {project: count for project, count in held.items() if project not in hidden}
    if not rest or _is_a_loss(sum(rest.values()), pull.expected):
        raise TicketsLostError(
            f"Redmine shows {pull.expected} tickets of the watched projects, and there were "
            f"{sum(held.values())}; the mirror was left as it is",
            hint="look with the bot's key whether the tickets are there (its role, the projects, "
            f"the database behind Redmine); if they are really gone, delete the mirror "
            f"{pull.mirror.address} and run again",
        )
    for project in hidden:
        with pull.mirror.reading() as view:
            numbers = view.numbers([project])
        _take_out(pull, [Departure(number, Gone.ARCHIVED, project) for number in numbers])


def sweep(pull: Pulling, listed: Iterable[int]) -> None:
    """Asks once for each ticket that is held but was not listed, and files it accordingly."""
    with pull.mirror.reading() as view:
        missing = view.held(view.numbers(pull.scope.projects) - set(listed))
    by_project = sorted(missing.values(), key=lambda held: (held.project, held.id))
    for project, group in groupby(by_project, key=lambda held: held.project):
        numbers = [held.id for held in group]
        if len(numbers) > 1 and _hidden(pull, project):
            _take_out(pull, [Departure(number, Gone.ARCHIVED, project) for number in numbers])
        else:
            for some in in_portions(numbers, AT_ONCE):
                ask_for(pull, some)


def counts_agree(pull: Pulling) -> bool:
    """Whether the mirror holds as many tickets as Redmine counts. Asks again before it says no."""
    with pull.mirror.reading() as view:
        held = sum(view.count_by_project(pull.scope.projects).values())
    if held != pull.expected:
        pull.expected = pull.reader.issue_count(pull.scope.projects)
    return held == pull.expected


def ask_for(pull: Pulling, numbers: Sequence[int]) -> None:
    """Reads tickets by number and stores what came, or why it did not.

    Raises `ServerWentBackError`.
    """
    if not numbers:
        return
    with pull.mirror.reading() as view:
        held = view.held(numbers)
    found = pull.histories(numbers)
    for arrival in found.arrivals:
        pull.refuse_the_past(arrival.row, held.get(arrival.row["id"]))
    departures = [
        Departure(gone.ticket, Gone.ARCHIVED, gone.project)
        if gone.kind is Gone.FORBIDDEN and _hidden(pull, gone.project)
        else gone
        for gone in found.departures(held)
    ]
    with pull.mirror.writing() as batch:
        pull.store(batch, found.arrivals, departures)


def _is_a_loss(before: int, now: int) -> bool:
    lost = before - now
    return lost >= FEW and lost > SHARE * before


def _hidden(pull: Pulling, project: int) -> bool:
    """Whether a project is out of sight as a whole: archived, or the key was put out of it.

    REST tells the two apart to nobody but administrators. A ticket of it is forbidden, and so is
    everything that belongs to the project.
    """
    if project not in pull.hidden:
        pull.hidden[project] = _is_hidden(pull, project)
    return pull.hidden[project]


def _is_hidden(pull: Pulling, project: int) -> bool:
    with pull.mirror.reading() as view:
        newest = max(view.numbers([project]), default=None)
    if newest is None:
        return False
    answer = next(iter(pull.reader.issues([newest])))
    if not isinstance(answer, Missing) or answer.absence is not Absence.FORBIDDEN:
        return False
    try:
        words = pull.reader.project_words(project)
    except NotFound:
        return False
    return words.memberships is None and words.categories is None and words.versions is None


def _take_out(pull: Pulling, departures: Sequence[Departure]) -> None:
    with pull.mirror.writing() as batch:
        batch.remove_tickets(departures, pull.as_of)
