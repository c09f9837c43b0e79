"""The plan: every write to Redmine as a line of its own, with what was, what shall be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of a ticket, named as people know it."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTicket:
    """One PUT to one ticket; there is never more than one a run.

    `edits` tell people, `fields` (by id) and `priority` (its id) tell Redmine. `place` names what
    decides whether Redmine takes them: project, tracker and status.
    """

    ticket: int
    subject: str
    contract: str
    edits: tuple[Edit, ...]
    fields: Mapping[int, str] = field(default_factory=dict)
    priority: int | None = None
    note: str = ""
    private_note: bool = False
    why: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWikiPage:
    """One wiki page, new (`version` and `before` are `None`) or replaced.

    `project` is Redmine's number, `where` the identifier people know.
    """

    project: int
    where: str
    title: str
    contract: str
    before: str | None
    after: str
    version: int | None
    why: str

    @property
    def comment(self) -> str:
        """What Redmine's page history shows beside the version."""
        return f"redmine-sla: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTicket:
    """One new ticket of the tool's own: an obligation's occurrence, a sign-off.

    `key` is what it is found by again (the field of role `sla_key`, verified on the row): it is
    made only where no ticket of the project carries it. `project`, `tracker`, `assignee` and
    `version` are Redmine's numbers, `where` the project's identifier; `fields` by id hold the key
    and what the desk requires; `description` is markup.
    """

    key: str
    project: int
    where: str
    contract: str
    tracker: int
    subject: str
    description: str
    fields: Mapping[int, str]
    start: date | None = None
    due: date | None = None
    assignee: int | None = None
    version: int | None = None
    watchers: tuple[int, ...] = ()
    why: str


Change = UpdateTicket | SaveWikiPage


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would write as of an instant, tickets first, and what a person should look at."""

    as_of: datetime
    changes: tuple[Change, ...] = ()
    findings: tuple[str, ...] = ()

    @classmethod
    def of(cls, as_of: datetime, changes: Iterable[Change], findings: Iterable[str] = ()) -> Plan:
        """The changes in their order. A wiki page that two contracts claim is written for neither:
        the one's words must never stand where the other's were."""
        tickets: list[UpdateTicket] = []
        pages: dict[tuple[int, str], list[SaveWikiPage]] = {}
        for change in changes:
            if isinstance(change, UpdateTicket):
                tickets.append(change)
            else:
                pages.setdefault((change.project, change.title.casefold()), []).append(change)
        said = list(findings)
        for claims in pages.values():
            if len(claims) > 1:
                names = ", ".join(sorted(claim.contract for claim in claims))
                said.append(
                    f'wiki page "{claims[0].title}" in {claims[0].where} is claimed by the '
                    f"contracts {names}: write {{contract}} into wiki_page in sla.toml"
                )
        return cls(
            as_of,
            (
                *sorted(tickets, key=lambda change: change.ticket),
                *(claims[0] for _, claims in sorted(pages.items()) if len(claims) == 1),
            ),
            tuple(dict.fromkeys(said)),
        )

    @property
    def is_empty(self) -> bool:
        return not self.changes

    @property
    def ticket_updates(self) -> tuple[UpdateTicket, ...]:
        return tuple(change for change in self.changes if isinstance(change, UpdateTicket))

    @property
    def pages(self) -> tuple[SaveWikiPage, ...]:
        return tuple(change for change in self.changes if isinstance(change, SaveWikiPage))
