"""The reading side: what a pull asks of Redmine, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

from redmine_sla.connectors.redmine.asking import PAGE, Filter, Question, instant, object_of
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.connectors.redmine.paging import (
    ISSUES,
    TIME_ENTRIES,
    by_change,
    by_day,
    everything,
)
from redmine_sla.connectors.redmine.parallel import in_order
from redmine_sla.sync.failures import (
    Exchange,
    FilterIgnored,
    Forbidden,
    NotFound,
    WrongAnswer,
)
from redmine_sla.sync.ports import Absence, Missing, ProjectWords, Row, Words

PROJECT_STATUSES = ("1", "5")  # active, closed; unasked, Redmine lists the active ones alone
NAMES = (
    ("/issue_statuses.json", "issue_statuses"),
    ("/trackers.json", "trackers"),
    ("/enumerations/issue_priorities.json", "issue_priorities"),
    ("/enumerations/time_entry_activities.json", "time_entry_activities"),
    ("/roles.json", "roles"),
)


class Reader:
    """Lists and objects, `workers` at once where many are wanted."""

    def __init__(self, identity: Identity, *, workers: int) -> None:
        self._identity = identity
        self._workers = workers

    def words(self) -> Words:
        """All names, and what roles show. Custom fields are told to administrators only."""
        self._identity.me()
        lists = in_order(lambda name: self._list(*name), NAMES, workers=self._workers)
        statuses, trackers, priorities, activities, roles = lists
        return Words(
            statuses=statuses,
            trackers=trackers,
            priorities=priorities,
            activities=activities,
            roles=[*in_order(self._role, roles, workers=self._workers)],
            projects=self._projects(),
            custom_fields=self._list_or_unknown("/custom_fields.json", "custom_fields"),
        )

    def project_words(self, project: int) -> ProjectWords:
        """What belongs to a project. Raises `NotFound` where there is none of that number."""
        base = f"/projects/{project}"
        return ProjectWords(
            memberships=self._list_or_unknown(f"{base}/memberships.json", "memberships"),
            categories=self._list_or_unknown(f"{base}/issue_categories.json", "issue_categories"),
            versions=self._list_or_unknown(f"{base}/versions.json", "versions"),
        )

    def issue_pages(
        self, *, changed_since: datetime | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        """See the port. A ticket changed while the pages are read comes again, as it is then."""
        return by_change(self._identity.ask, ISSUES, changed_since, projects)

    def issue_count(self, projects: Sequence[int] | None) -> int:
        return self._count(ISSUES, projects)

    def issues(self, numbers: Iterable[int]) -> Iterator[Row | Missing]:
        """See the port. Bounded: a few answers lie ready, however many numbers are given."""
        self._identity.me()
        doubted = False
        with closing(in_order(self.issue, numbers, workers=self._workers)) as answers:
            for answer in answers:
                forbidden = isinstance(answer, Missing) and answer.absence is Absence.FORBIDDEN
                if forbidden and not doubted:
                    self._identity.prove()  # or is it the key that is not accepted any more?
                    doubted = True
                yield answer

    def issue(self, number: int) -> Row | Missing:
        """One issue with its journals and relations, or why it cannot be read."""
        path = f"/issues/{number}.json"
        try:
            answer = self._identity.ask(path, [("include", "journals,relations")])
        except NotFound:
            return Missing(number, Absence.DELETED)
        except Forbidden:
            return Missing(number, Absence.FORBIDDEN)
        row = object_of(answer, "issue", path)
        if row.get("id") != number:
            raise WrongAnswer(
                f"answered with issue {row.get('id')}", exchange=Exchange("GET", path)
            )
        return row

    def time_entry_pages(
        self, *, spent_from: date | None, projects: Sequence[int] | None
    ) -> Iterator[Sequence[Row]]:
        return by_day(self._identity.ask, TIME_ENTRIES, spent_from, projects)

    def newest_time_entries(self, projects: Sequence[int] | None) -> Sequence[Row]:
        newest = replace(TIME_ENTRIES, sort="created_on:desc")
        pages = [part.ask(self._identity.ask) for part in newest.parts(projects)]
        rows = [row for page in pages for row in page.rows]
        return sorted(rows, key=_age, reverse=True)[:PAGE]

    def time_entry_count(self, *, spent_from: date | None, projects: Sequence[int] | None) -> int:
        wanted = TIME_ENTRIES
        if spent_from is not None:
            wanted = wanted.where(Filter("spent_on", ">=", (str(spent_from),)))
        return self._count(wanted, projects)

    def tickets_with(self, field: int, value: str) -> Sequence[Row]:
        """See the port. A page holds them: nobody has a hundred tickets of one key."""
        if not value.strip():
            raise ValueError("tickets without a value are not asked for")
        asked = ISSUES.where(Filter(f"cf_{field}", "=", (value,)), sort="id")
        rows = asked.ask(self._identity.ask).rows
        held = [_value(row, field) for row in rows]
        if any(found.casefold() != value.strip().casefold() for found in held):
            raise FilterIgnored(
                f"asked for tickets with a value in field {field}, got others",
                exchange=Exchange("GET", asked.path),
                hint='mark the field "Used as a filter", and let the role of the key see it',
            )
        return [row for row, found in zip(rows, held, strict=True) if found == value.strip()]

    def _count(self, question: Question, projects: Sequence[int] | None) -> int:
        return sum(part.ask(self._identity.ask, limit=1).total for part in question.parts(projects))

    def _projects(self) -> Sequence[Row]:
        """All projects the key can see, closed ones too. Archived ones are shown to nobody.

        They tell the custom fields of their tickets, also where there is no ticket yet.
        """
        statuses = Filter("status", "=", PROJECT_STATUSES)
        question = Question(
            "/projects.json", "projects", filters=(statuses,), include="issue_custom_fields"
        )
        return everything(self._identity.ask, question)

    def _role(self, role: Row) -> Row:
        """A role with what it shows and allows; its name alone where the key may not read more."""
        path = f"/roles/{role['id']}.json"
        try:
            return object_of(self._identity.ask(path), "role", path)
        except (Forbidden, NotFound):
            return role

    def _list(self, path: str, key: str) -> Sequence[Row]:
        return everything(self._identity.ask, Question(path, key))

    def _list_or_unknown(self, path: str, key: str) -> Sequence[Row] | None:
        try:
            return self._list(path, key)
        except Forbidden:
            return None


def _value(row: Row, field: int) -> str:
    """What the ticket has in the custom field, as text; empty where it has none."""
    fields = row.get("custom_fields", ())
    found = next((each.get("value") for each in fields if each["id"] == field), None)
    return found.strip() if isinstance(found, str) else ""


def _age(row: Row) -> tuple[datetime, int]:
    return instant(row["created_on"]), row["id"]
