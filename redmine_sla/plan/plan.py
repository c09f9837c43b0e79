"""The plan: all changes of a run in the order that leaves nothing half told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from redmine_sla.plan.changes import (
    Change,
    CreateTicket,
    CreateVersion,
    PublishFile,
    SaveWikiPage,
    UpdateTicket,
)

Kind = TypeVar("Kind", bound=Change)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would write as of an instant, and what a person should look at.

    The order: what tickets show of themselves, so that no publication keeps the day's business
    waiting; versions; the files under them, in the order given; wiki pages, new ones before those
    that may link to them; new tickets, which speak of files and pages; last the notes and states
    that speak of all that. A run that ends anywhere has announced nothing that is not there.
    """

    as_of: datetime
    changes: tuple[Change, ...] = ()
    findings: tuple[str, ...] = ()

    @classmethod
    def of(cls, as_of: datetime, changes: Iterable[Change], findings: Iterable[str] = ()) -> Plan:
        """The changes in their order. What two of them claim is written for neither.

        One contract's words must never stand where another's were, and of two tickets with one
        key the second would never be made.
        """
        wanted = tuple(changes)
        said = list(findings)

        def unclaimed(
            kind: type[Kind], name: Callable[[Kind], Hashable], told: Callable[[Kind, str], str]
        ) -> list[Kind]:
            claims: dict[Hashable, list[Kind]] = {}
            for change in wanted:
                if isinstance(change, kind):
                    claims.setdefault(name(change), []).append(change)
            for rivals in claims.values():
                if len(rivals) > 1:
                    contracts = ", ".join(sorted({rival.contract for rival in rivals}))
                    said.append(told(rivals[0], contracts))
            return [rivals[0] for rivals in claims.values() if len(rivals) == 1]

        updates = sorted(_each(UpdateTicket, wanted), key=lambda change: change.ticket)
        versions = unclaimed(CreateVersion, _version, _version_claimed)
        files = unclaimed(PublishFile, _file, _file_claimed)
        pages = unclaimed(SaveWikiPage, _page, _page_claimed)
        new_tickets = unclaimed(CreateTicket, _key, _key_claimed)
        ordered: tuple[Change, ...] = (
            *(change for change in updates if not change.tells),
            *sorted(versions, key=_version),
            *sorted(files, key=_version_of_file),
            *sorted(pages, key=_new_before_old),
            *sorted(new_tickets, key=_due_first),
            *(change for change in updates if change.tells),
        )
        return cls(as_of, ordered, tuple(dict.fromkeys(said)))

    @property
    def is_empty(self) -> bool:
        return not self.changes

    @property
    def ticket_updates(self) -> tuple[UpdateTicket, ...]:
        return tuple(_each(UpdateTicket, self.changes))

    @property
    def pages(self) -> tuple[SaveWikiPage, ...]:
        return tuple(_each(SaveWikiPage, self.changes))

    @property
    def versions(self) -> tuple[CreateVersion, ...]:
        return tuple(_each(CreateVersion, self.changes))

    @property
    def files(self) -> tuple[PublishFile, ...]:
        return tuple(_each(PublishFile, self.changes))

    @property
    def new_tickets(self) -> tuple[CreateTicket, ...]:
        return tuple(_each(CreateTicket, self.changes))


def _each(kind: type[Kind], changes: Iterable[Change]) -> Iterator[Kind]:
    return (change for change in changes if isinstance(change, kind))


def _version(change: CreateVersion) -> tuple[int, str]:
    return change.project, change.name


def _file(change: PublishFile) -> tuple[int, str, str]:
    return change.project, change.version_name, change.filename.casefold()


def _version_of_file(change: PublishFile) -> tuple[int, str]:
    return change.project, change.version_name


def _page(change: SaveWikiPage) -> tuple[int, str]:
    return change.project, change.title.casefold()


def _new_before_old(change: SaveWikiPage) -> tuple[bool, tuple[int, str]]:
    return change.version is not None, _page(change)


def _key(change: CreateTicket) -> str:
    return change.key


def _due_first(change: CreateTicket) -> tuple[str, str]:
    return f"{change.due or change.start or ''}", change.key


def _version_claimed(change: CreateVersion, contracts: str) -> str:
    return (
        f'version "{change.name}" in {change.where} is claimed by the contracts {contracts}: '
        "publish them in projects of their own"
    )


def _file_claimed(change: PublishFile, contracts: str) -> str:
    return (
        f'file "{change.filename}" of version "{change.version_name}" in {change.where} is '
        f"published twice, by {contracts}: neither is sent"
    )


def _page_claimed(change: SaveWikiPage, contracts: str) -> str:
    return (
        f'wiki page "{change.title}" in {change.where} is claimed by the contracts {contracts}: '
        "write {contract} into wiki_page in sla.toml"
    )


def _key_claimed(change: CreateTicket, contracts: str) -> str:
    return (
        f'the key "{change.key}" is wanted for two tickets of {contracts} ("{change.subject}" '
        "is one): neither is made"
    )
