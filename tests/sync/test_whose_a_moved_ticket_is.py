"""A ticket's history is made only for contracts that can have it, and the answer is the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.sla.matching import contract_for, fitting
from redmine_sla.sync import workbench
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket import Ticket, Timeline, timeline_of
from redmine_sla.ticket.reading import ticket_from_row
from tests.judging import contract
from tests.mirror.rows import issue, journal, with_history
from tests.sync.renewal import AT, DESK

PROJECTS = {1: "acme", 2: "acme-shop", 3: "globex", 4: "nobodys"}
NOT_SEEN = 9
UNDER = contract()
CONTRACTS = (
    UNDER.model_copy(update={"name": "shop", "projects": ("acme-shop",), "subprojects": False}),
    UNDER.model_copy(update={"name": "acme", "projects": ("acme",), "subprojects": True}),
    UNDER.model_copy(update={"name": "globex", "projects": ("globex",), "subprojects": False}),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """Contracts of `acme` with its subproject, of the subproject alone, and of `globex`."""
    folder: Path = tmp_path_factory.mktemp("mirror")
    above = {2: {"parent": {"id": 1}}}
    rows = [
        {"id": number, "name": name, "identifier": name, **above.get(number, {})}
        for number, name in PROJECTS.items()
    ]
    with Mirror.open(f"sqlite:///{folder}/mirror.db") as mirror:
        with mirror.writing() as batch:
            batch.store_words("projects", rows)
        return lay_out(Configuration(desk=DESK, contracts=CONTRACTS), mirror)


def moved(now: int, *moves: tuple[int, int]) -> Ticket:
    """A ticket of that project; each move is a journal, from one project to another."""
    journals = [
        journal(
            number,
            details=[
                {
                    "property": "attr",
                    "name": "project_id",
                    "old_value": str(before),
                    "new_value": str(after),
                }
            ],
        )
        for number, (before, after) in enumerate(moves, 1)
    ]
    return ticket_from_row(with_history(issue(1, project=now), journals))


SOME_PROJECT = st.sampled_from([*PROJECTS, NOT_SEEN])


@given(SOME_PROJECT, st.lists(st.tuples(SOME_PROJECT, SOME_PROJECT), max_size=3))
def test_whatever_its_journals_say_the_answer_is_that_of_its_history(
    bench: Workbench, now: int, moves: Sequence[tuple[int, int]]
) -> None:
    ticket = moved(now, *moves)
    history = timeline_of(ticket, bench.words, bench.parties)
    glossary = bench.glossary(UNDER)
    found = bench.match(ticket, AT)
    assert (found and found[1]) == contract_for(history, CONTRACTS, bench.above, glossary)
    for one in CONTRACTS:
        fits = bench.fitting(ticket, one, AT)
        assert (fits and fits[1]) == fitting(history, one, bench.above, glossary)


@pytest.mark.parametrize(
    ("ticket", "made_for"),
    [
        (moved(4), []),
        (moved(1), ["acme"]),
        (moved(2), ["shop", "acme"]),
        (moved(4, (3, 4)), ["globex"]),
    ],
)
def test_no_history_is_made_for_a_contract_that_cannot_have_the_ticket(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, ticket: Ticket, made_for: list[str]
) -> None:
    made: list[Ticket] = []

    def counted(*args: Any) -> Timeline:
        made.append(ticket)
        return timeline_of(*args)

    monkeypatch.setattr(workbench, "timeline_of", counted)

    def asks_history(one: Contract) -> bool:
        made.clear()
        bench.fitting(ticket, one, AT)
        return bool(made)

    assert [one.name for one in CONTRACTS if asks_history(one)] == made_for
