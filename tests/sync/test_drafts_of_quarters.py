"""Quarters that are not handed over yet have a draft in the wiki, kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.plan import SaveWikiPage
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.quarterly.drafts import Drafts, draft_titles
from redmine_sla.sync.workbench import lay_out
from tests.judging import contract, promising
from tests.mirror.rows import Row
from tests.plan.world import DESK
from tests.sync.desk import Desk
from tests.sync.desk_writing import DeskRedmine

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
EARLY = datetime(2026, 10, 5, 12, tzinfo=UTC)
QUARTERLY = 'quarter = { clause = "annex 4" }'
UNDER = contract(QUARTERLY, promising("resolution", "8bh"))
MARK = "2026Q4-acme-manifest.json SHA-256 " + "0" * 64


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """A project without a ticket: what is open moves a draft with each hour."""
    words: dict[str, list[Row]] = {
        "projects": [{"id": 1, "name": "Acme", "identifier": "acme"}],
        "trackers": [{"id": 1, "name": "Bug"}],
        "statuses": [{"id": 1, "name": "New", "is_closed": False}],
    }
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            for kind, rows in words.items():
                batch.store_words(kind, rows)
        yield opened


@pytest.fixture
def wiki() -> DeskRedmine:
    return DeskRedmine(Desk(projects=(1,)))


def changes(
    mirror: Mirror, wiki: DeskRedmine, under: Contract = UNDER, at: datetime = AT
) -> list[SaveWikiPage]:
    bench = lay_out(Configuration(desk=DESK, contracts=(under,)), mirror)
    memory = PageMemory(wiki, mirror)
    memory.forget_all()
    return list(Drafts(bench, mirror, memory, at).changes())


def save(wiki: DeskRedmine, change: SaveWikiPage, text: str = "") -> None:
    wiki.save_wiki_page(
        change.project, change.title, text or change.after, comment="", version=change.version
    )


def test_the_running_quarter_has_a_draft_that_says_so(mirror: Mirror, wiki: DeskRedmine) -> None:
    (draft,) = changes(mirror, wiki)
    assert draft.title == "SLA acme 2026Q4"
    assert "Draft: the quarter is not over." in draft.after


def test_asked_again_an_hour_later_it_is_only_stamped_anew(
    mirror: Mirror, wiki: DeskRedmine
) -> None:
    save(wiki, changes(mirror, wiki)[0])
    assert changes(mirror, wiki, at=AT + timedelta(minutes=1)) == []
    (again,) = changes(mirror, wiki, at=AT + timedelta(hours=1))
    assert again.why == "judged again"


def test_the_last_quarter_stays_a_draft_for_a_month_until_it_is_handed_over(
    mirror: Mirror, wiki: DeskRedmine
) -> None:
    last, _ = changes(mirror, wiki, at=EARLY)
    assert last.title == "SLA acme 2026Q3"
    assert "not handed over yet" in last.after


def test_the_page_of_a_quarter_handed_over_stays_as_it_is(
    mirror: Mirror, wiki: DeskRedmine
) -> None:
    (draft,) = changes(mirror, wiki)
    save(wiki, draft, f"h1. The quarter\n\n{MARK}\n")
    assert changes(mirror, wiki) == []


def test_a_contract_that_promises_no_quarter_has_none(mirror: Mirror, wiki: DeskRedmine) -> None:
    without = contract(promising("resolution", "8bh"))
    assert changes(mirror, wiki, without) == []
    assert draft_titles(without, "SLA acme", AT) == ()


def test_a_contract_that_has_ended_has_no_quarter_in_motion_but_its_last(
    mirror: Mirror, wiki: DeskRedmine
) -> None:
    ended = contract(QUARTERLY, "ends = 2026-09-15", promising("resolution", "8bh"))
    (last,) = changes(mirror, wiki, ended, at=EARLY)
    assert last.title == "SLA acme 2026Q3"
