"""A plan is carried out change by change; Redmine's refusals stop nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from redmine_sla.plan import Attachment, Change, Plan, PutOff, SaveWikiPage, UpdateTicket
from redmine_sla.sync.apply import Applied, Attempt, Result, apply
from redmine_sla.sync.failures import (
    Conflict,
    Exchange,
    Forbidden,
    NoteShown,
    NotFound,
    PrivacyUnproved,
    RedmineError,
    Refused,
    ServerFault,
    TimedOut,
    TooBusy,
    Unreachable,
)
from redmine_sla.sync.ports import Ignored, IssueUpdate
from tests.sync.desk import Desk as WholeDesk
from tests.sync.desk_writing import DeskRedmine

AS_OF = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = (1, "SLA acme")
PUT = Exchange("PUT", "/issues/1.json", 500)


@dataclass
class Desk(DeskRedmine):
    """A Redmine of a few values: tickets that fail as told, and wiki pages with versions."""

    failing: Mapping[int, RedmineError] = field(default_factory=dict)
    ignoring: Mapping[int, str] = field(default_factory=dict)
    pages: dict[tuple[int, str], tuple[str, int]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    written: list[IssueUpdate] = field(default_factory=list)
    read_back: list[list[int]] = field(default_factory=list)
    unreadable: RedmineError | None = None

    def __post_init__(self) -> None:
        super().__init__(WholeDesk())

    def update_issue(self, update: IssueUpdate) -> None:
        if update.ticket in self.failing:
            raise self.failing[update.ticket]
        self.written.append(update)

    def ignored(self, updates: Sequence[IssueUpdate]) -> Iterator[Ignored]:
        if self.unreadable is not None:
            raise self.unreadable
        self.read_back.append([update.ticket for update in updates])
        for update in updates:
            if update.ticket in self.ignoring:
                yield Ignored(update.ticket, self.ignoring[update.ticket])

    def save_wiki_page(
        self,
        project: int,
        title: str,
        text: str,
        *,
        comment: str,
        version: int | None,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        assert not attachments
        standing = self.pages.get((project, title))
        if (standing[1] if standing else None) != version:
            raise Conflict("stale", exchange=Exchange("PUT", title, 409))
        self.pages[project, title] = text, (version or 0) + 1
        self.comments.append(comment)

    def wiki_page(self, project: int, title: str) -> dict[str, Any] | None:
        standing = self.pages.get((project, title))
        return {"text": standing[0], "version": standing[1]} if standing else None


class StaleDesk(Desk):
    """One whose wiki is always a version ahead of what it tells."""

    def wiki_page(self, project: int, title: str) -> dict[str, Any] | None:
        row = super().wiki_page(project, title)
        return row and {**row, "version": row["version"] - 1}


def ticket(number: int) -> UpdateTicket:
    return UpdateTicket(
        ticket=number,
        subject="Printer",
        contract="acme",
        edits=(),
        fields={102: "response: on track"},
        place="1/1/1",
    )


def page(text: str = "new words", version: int | None = 3) -> SaveWikiPage:
    return SaveWikiPage(
        project=1,
        where="acme",
        title="SLA acme",
        contract="acme",
        before="old words",
        after=text,
        version=version,
        why="changed",
    )


def run(redmine: Desk, *changes: Change) -> Applied:
    return apply(Plan.of(AS_OF, changes), redmine)


def results(applied: Applied) -> list[str]:
    return [outcome.result.value for outcome in applied.outcomes]


def test_changes_are_written_one_after_the_other_and_told_as_they_are_done() -> None:
    redmine = Desk(pages={PAGE: ("old words", 3)})
    heard: list[Attempt] = []
    applied = apply(Plan.of(AS_OF, [page(), ticket(2), ticket(1)]), redmine, progress=heard.append)
    assert [update.ticket for update in redmine.written] == [1, 2]
    assert redmine.pages[PAGE] == ("new words", 4)
    assert redmine.comments == ["redmine-sla: changed"]
    assert results(applied) == ["applied", "applied", "applied"]
    assert tuple(heard) == applied.outcomes
    assert applied.count(Result.APPLIED) == 3
    assert applied.stopped_by is None


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            Refused(
                "not accepted",
                exchange=PUT,
                messages=("Cost centre cannot be blank", "Subject is too long"),
            ),
            "Cost centre cannot be blank; Subject is too long",
        ),
        (
            Forbidden('the project "Acme" is closed', exchange=PUT),
            'the project "Acme" is closed',
        ),
        (NotFound("there is no such issue", exchange=PUT), "there is no such issue"),
        (PrivacyUnproved("not written", exchange=PUT), "not written"),
    ],
)
def test_a_refused_ticket_is_reported_and_the_others_are_written(
    error: RedmineError, message: str
) -> None:
    redmine = Desk(failing={1: error})
    applied = run(redmine, ticket(1), ticket(2))
    assert applied.outcomes[0] == Attempt(ticket(1), Result.REFUSED, message)
    assert results(applied) == ["refused", "applied"]


def test_what_was_refused_is_put_off() -> None:
    refused = Refused("no", exchange=PUT, messages=("Cost centre cannot be blank",))
    applied = run(Desk(failing={1: refused}), ticket(1), ticket(2))
    assert applied.put_off == {
        1: PutOff(AS_OF, "1/1/1", {102: "response: on track"}, None, "Cost centre cannot be blank")
    }


def test_what_redmine_took_in_silence_and_ignored_is_found_and_put_off() -> None:
    redmine = Desk(ignoring={2: 'field "SLA status" was not taken: workflow or field rights'})
    applied = run(redmine, ticket(1), ticket(2), ticket(3))
    assert redmine.read_back == [[1, 2, 3]]
    assert results(applied) == ["applied", "ignored", "applied"]
    assert list(applied.put_off) == [2]
    assert applied.put_off[2].said == 'field "SLA status" was not taken: workflow or field rights'


def test_nothing_is_read_back_where_nothing_was_written() -> None:
    redmine = Desk()
    run(redmine)
    assert redmine.read_back == []


@pytest.mark.parametrize(
    "error",
    [
        TooBusy("busy", exchange=PUT),
        Unreachable("gone", exchange=PUT),
        NoteShown("the note stands in public", exchange=PUT),
    ],
)
def test_a_redmine_that_is_not_well_is_left_in_peace(error: RedmineError) -> None:
    redmine = Desk(failing={2: error})
    applied = run(redmine, ticket(1), ticket(2), ticket(3), ticket(4))
    assert [update.ticket for update in redmine.written] == [1]
    assert applied.stopped_by is error
    assert results(applied) == ["applied", "failed"]
    assert applied.not_tried == 2
    assert redmine.read_back == []


@pytest.mark.parametrize("kind", [ServerFault, TimedOut])
def test_one_ticket_that_breaks_redmine_does_not_stop_the_others(kind: type[RedmineError]) -> None:
    redmine = Desk(failing={1: kind("broke", exchange=PUT)})
    applied = run(redmine, ticket(1), ticket(2))
    assert results(applied) == ["failed", "applied"]
    assert applied.put_off == {}


def test_three_without_a_good_answer_do() -> None:
    broken = ServerFault("broke", exchange=PUT)
    redmine = Desk(failing={2: broken, 3: broken, 4: broken})
    applied = run(redmine, *(ticket(number) for number in range(1, 7)))
    assert results(applied) == ["applied", "failed", "failed", "failed"]
    assert applied.not_tried == 2
    assert applied.stopped_by is broken


def test_a_ticket_somebody_saves_at_that_moment_is_left_to_the_next_run() -> None:
    redmine = Desk(failing={1: Conflict("stale", exchange=PUT)})
    applied = run(redmine, ticket(1))
    assert results(applied) == ["skipped"]
    assert applied.put_off == {}


def test_when_nothing_can_be_read_back_what_was_written_stands_and_the_failure_is_told() -> None:
    gone = Unreachable("gone", exchange=Exchange("GET", "/issues.json"))
    applied = run(Desk(unreadable=gone), ticket(1))
    assert results(applied) == ["applied"]
    assert applied.stopped_by is gone


class TestAWikiPageSavedInBetween:
    def test_is_read_again_and_written_on_top(self) -> None:
        redmine = Desk(pages={PAGE: ("somebody's words", 4)})
        assert results(run(redmine, page())) == ["applied"]
        assert redmine.pages[PAGE] == ("new words", 5)

    def test_is_left_where_it_says_the_same_but_for_its_stamp(self) -> None:
        stamped = "new words\n\nJudged at 2026-03-02 {} CET by redmine-sla.\n"
        redmine = Desk(pages={PAGE: (stamped.format("09:55").replace("\n", "\r\n"), 4)})
        applied = run(redmine, page(stamped.format("10:00")))
        assert results(applied) == ["skipped"]
        assert redmine.pages[PAGE][1] == 4

    def test_that_was_deleted_is_made_anew(self) -> None:
        redmine = Desk()
        assert results(run(redmine, page())) == ["applied"]
        assert redmine.pages[PAGE] == ("new words", 1)

    def test_that_came_up_where_none_was_is_written_on_top(self) -> None:
        redmine = Desk(pages={PAGE: ("somebody's words", 1)})
        assert results(run(redmine, page(version=None))) == ["applied"]

    def test_is_given_up_at_the_second_time(self) -> None:
        redmine = StaleDesk(pages={PAGE: ("somebody's words", 9)})
        assert results(run(redmine, page())) == ["skipped"]
        assert redmine.pages[PAGE][1] == 9
