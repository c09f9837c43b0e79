"""The reading side: what a pull asks of Redmine, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from redmine_sla.connectors.redmine.asking import (
    PAGE,
    Filter,
    Parameters,
    Question,
    instant,
    object_of,
)
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.connectors.redmine.paging import (
    ISSUES,
    TIME_ENTRIES,
    by_change,
    by_day,
    everything,
)
from redmine_sla.connectors.redmine.parallel import in_order
from redmine_sla.sync.failures import Exchange, Forbidden, NotFound, RestDisabled, WrongAnswer
from redmine_sla.sync.ports import Absence, Missing, ProjectWords, RequestCount, Row, Words

PROJECT_STATUSES = ("1", "5", "9")  # active, closed, archived: Redmine lists active ones alone
SECRETS_OF_A_USER = {"api_key", "twofa_scheme"}


class Reader:
    """Implements `redmine_sla.sync.ports.RedmineReader`.

    Every reading begins with who the key belongs to: with a wrong key, or REST switched off,
    Redmine answers lists all the same, as it would to anybody without a login.
    """

    def __init__(self, engine: RedmineEngine) -> None:
        self._engine = engine
        self._me: Row | None = None

    @property
    def requests_made(self) -> RequestCount:
        return self._engine.requests_made

    def server_time(self) -> datetime | None:
        return self._engine.server_time

    def clock_skew(self) -> timedelta | None:
        """The server's clock minus ours, good to about a second; `None` if it tells no time."""
        return self._engine.clock_skew

    def me(self) -> Row:
        """The user behind the key with his memberships, asked once. His key is left out."""
        if self._me is None:
            path = "/users/current.json"
            try:
                answer = self._engine.ask(path, [("include", "memberships")])
            except Forbidden as error:
                raise RestDisabled(
                    "the REST service is switched off",
                    exchange=error.exchange,
                    hint="an administrator switches it on: Administration, Settings, API, "
                    '"Enable REST web service"',
                ) from error
            user = object_of(answer, "user", path)
            self._me = {key: user[key] for key in user if key not in SECRETS_OF_A_USER}
        return self._me

    def ask(self, path: str, parameters: Parameters = ()) -> Mapping[str, Any]:
        """GET `path` as the user of the key, never as anonymous. Raises `RedmineError`."""
        self.me()
        return self._engine.ask(path, parameters)

    def words(self) -> Words:
        """All names. Custom fields are told to administrators only."""
        readings = (
            ("/issue_statuses.json", "issue_statuses"),
            ("/trackers.json", "trackers"),
            ("/enumerations/issue_priorities.json", "issue_priorities"),
            ("/enumerations/time_entry_activities.json", "time_entry_activities"),
            ("/roles.json", "roles"),
        )
        self.me()
        lists = in_order(lambda reading: self._list(*reading), readings, workers=self._workers)
        statuses, trackers, priorities, activities, roles = lists
        return Words(
            statuses=statuses,
            trackers=trackers,
            priorities=priorities,
            activities=activities,
            roles=roles,
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
        return by_change(self.ask, ISSUES, changed_since, projects)

    def issue_count(self, projects: Sequence[int] | None) -> int:
        return self._count(ISSUES, projects)

    def issues(self, numbers: Iterable[int]) -> Iterator[Row | Missing]:
        """See the port. Bounded: a few answers lie ready, however many numbers are given."""
        self.me()
        return in_order(self.issue, numbers, workers=self._workers)

    def issue(self, number: int) -> Row | Missing:
        """One issue with its journals and relations, or why it cannot be read."""
        path = f"/issues/{number}.json"
        try:
            answer = self.ask(path, [("include", "journals,relations")])
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
        return by_day(self.ask, TIME_ENTRIES, spent_from, projects)

    def newest_time_entries(self, projects: Sequence[int] | None) -> Sequence[Row]:
        newest = replace(TIME_ENTRIES, sort="created_on:desc")
        pages = [part.ask(self.ask) for part in newest.parts(projects)]
        rows = [row for page in pages for row in page.rows]
        return sorted(rows, key=_age, reverse=True)[:PAGE]

    def time_entry_count(self, *, spent_from: date | None, projects: Sequence[int] | None) -> int:
        wanted = TIME_ENTRIES
        if spent_from is not None:
            wanted = wanted.where(Filter("spent_on", ">=", (str(spent_from),)))
        return self._count(wanted, projects)

    def wiki_page(self, project: int, title: str) -> Row | None:
        path = f"/projects/{project}/wiki/{quote(wiki_title(title))}.json"
        try:
            return object_of(self.ask(path), "wiki_page", path)
        except NotFound:
            return None

    @property
    def _workers(self) -> int:
        return self._engine.connection.parallel

    def _count(self, question: Question, projects: Sequence[int] | None) -> int:
        return sum(part.ask(self.ask, limit=1).total for part in question.parts(projects))

    def _projects(self) -> Sequence[Row]:
        """All projects the key can see, closed ones too; archived ones if it is an admin's."""
        statuses = Filter("status", "=", PROJECT_STATUSES)
        return everything(self.ask, Question("/projects.json", "projects", filters=(statuses,)))

    def _list(self, path: str, key: str) -> Sequence[Row]:
        return everything(self.ask, Question(path, key))

    def _list_or_unknown(self, path: str, key: str) -> Sequence[Row] | None:
        try:
            return self._list(path, key)
        except Forbidden:
            return None


def wiki_title(title: str) -> str:
    """A page's title as Redmine keeps it: `_` for blanks, without `,./?;|:`, first letter large."""
    plain = "_".join("".join(c for c in title if c not in ",./?;|:").split())
    return plain[:1].upper() + plain[1:]


def _age(row: Row) -> tuple[datetime, int]:
    return instant(row["created_on"]), row["id"]
