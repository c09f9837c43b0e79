"""A contract: who promised what to whom, from when, and how it was amended since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic.fields import FieldInfo

from redmine_sla.contract.base import Names, Section, Text, on_record
from redmine_sla.contract.findings import Finding, Path
from redmine_sla.contract.money import CurrencyCode
from redmine_sla.contract.promises.calendars import ZoneName
from redmine_sla.contract.promises.people import Selection
from redmine_sla.contract.terms import Terms
from redmine_sla.contract.tree import Node, merged
from redmine_sla.contract.words import Language
from redmine_sla.errors import SlaError

SHARED_KEYS = ("timezone", "currency", "starts")
"""Identity that terms need too. An amendment cannot change it."""

TERMS_KEYS = frozenset(Terms.keys()) - set(SHARED_KEYS)
"""What an amendment may change."""


class Amendment(Section):
    """`[[amendments]]`: from a day on, other terms. Written as the keys that change.

    Running tickets keep the terms in force when their cycle started.
    """

    since: date = Field(alias="from", description="First day", examples=[date(2026, 7, 1)])
    note: Text = Field(description="What was agreed, for people", examples=["higher service level"])
    agreed_in: int | None = Field(
        default=None, gt=0, description=on_record("Ticket where it was agreed")
    )
    terms: Terms = Field(description="The terms in full from that day on")

    @classmethod
    def keys(cls) -> dict[str, FieldInfo]:
        return super().keys() | {key: Terms.keys()[key] for key in TERMS_KEYS}

    @classmethod
    def unknown(cls, key: str, known: Iterable[str]) -> Finding:
        if key in Contract.model_fields:
            return Finding((key,), "cannot be amended", "end this contract and write another")
        return super().unknown(key, known)


class Contract(Section):
    """`contracts/NAME.toml`. In a file the keys of the terms stand at the top, beside these."""

    name: Text = Field(description="Short name, known to commands and pages; a file's own name")
    title: Text = Field(description="What customers read", examples=["CRM support for Alma Kft."])
    number: Text | None = Field(
        default=None, description="The contract's number", examples=["2026/17"]
    )
    offer: Text | None = Field(default=None, description=on_record("The offer it goes back to"))
    extends: Text | None = Field(
        default=None,
        description="A profile of the catalogue, or a file in profiles/, that is changed here",
        examples=["crm-support", "maintenance"],
    )
    customer: Text = Field(description="The customer's name", examples=["Alma Kft."])
    provider: Text = Field(description="The provider's name", examples=["Our Company Kft."])
    language: Language = Field(description="Language of what the customer reads", examples=["hu"])
    timezone: ZoneName = Field(
        description="IANA time zone of days, months and quarters", examples=["Europe/Budapest"]
    )
    currency: CurrencyCode = Field(description="ISO 4217 code", examples=["HUF"])
    projects: Names = Field(
        min_length=1, description="Identifiers of Redmine projects", examples=[["alma-crm"]]
    )
    subprojects: bool = Field(default=True, description="Are the projects below them covered too?")
    select: Selection = Field(
        default_factory=Selection,
        description="Which tickets are meant, where contracts share a project",
    )
    starts: date = Field(description="First day", examples=[date(2026, 1, 1)])
    terms: Terms = Field(description="The terms at the start")
    amendments: tuple[Amendment, ...] = Field(default=(), description="Changes, in order of date")

    @classmethod
    def arranged(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """Gather the terms' keys, and complete the terms of each amendment."""
        if "terms" in written:
            return written
        tree = Node.of(written)
        shared = {key: written[key] for key in SHARED_KEYS if key in written}
        identity = {key: value for key, value in written.items() if key not in TERMS_KEYS}
        amendments = written.get("amendments", ())
        if isinstance(amendments, list | tuple):
            identity["amendments"] = [
                _completed(amendment, effective.plain() | shared)
                for amendment, effective in zip(amendments, versions(tree)[1:], strict=True)
            ]
        return identity | {"terms": tree.only(TERMS_KEYS).plain() | shared}

    @classmethod
    def keys(cls) -> dict[str, FieldInfo]:
        return super().keys() | {key: Terms.keys()[key] for key in TERMS_KEYS}

    @classmethod
    def as_written(cls, path: Path) -> Path:
        return path[1:] if path[:1] == ("terms",) else path

    def contradictions(self) -> Iterable[Finding]:
        previous = self.starts
        for number, amendment in enumerate(self.amendments):
            if amendment.since <= previous:
                yield Finding(
                    ("amendments", number, "from"),
                    f"{amendment.since} is not after {previous}",
                    "amendments start after the contract, and stand in order of date",
                )
            previous = max(previous, amendment.since)

    @property
    def counts_hours(self) -> bool:
        """Whether booked hours matter under any of its terms."""
        return any(terms.counts_hours for _, terms in self.versions)

    def terms_on(self, day: date) -> Terms:
        """The terms in force on a local day. Before the start: those of the start."""
        before = bisect_right([amendment.since for amendment in self.amendments], day)
        return self.amendments[before - 1].terms if before else self.terms

    def terms_at(self, instant: datetime) -> Terms:
        """The terms in force at an aware instant, by the contract's own calendar day."""
        return self.terms_on(self.day_of(instant))

    def day_of(self, instant: datetime) -> date:
        """The local day of an instant. Raises `SlaError` for a naive one."""
        if instant.tzinfo is None:
            raise SlaError(
                f"{instant} has no time zone: nobody can say which instant it is",
                hint="give an aware datetime",
            )
        return instant.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def last_day(self) -> date | None:
        """The last day of the contract, included, amendments considered; `None`: open-ended."""
        return (self.amendments[-1].terms if self.amendments else self.terms).ends

    def covers(self, day: date) -> bool:
        """Whether the contract is in force on that local day."""
        return self.starts <= day and (self.last_day is None or day <= self.last_day)

    @property
    def versions(self) -> tuple[tuple[date, Terms], ...]:
        """All terms with their first days, oldest first."""
        changes = ((amendment.since, amendment.terms) for amendment in self.amendments)
        return ((self.starts, self.terms), *changes)


def versions(document: Node) -> list[Node]:
    """The terms of a contract's document as they stand at the start and after each amendment."""
    stands = [document.only(TERMS_KEYS)]
    amendments = document.value.get("amendments")
    for amendment in amendments.value if amendments and isinstance(amendments.value, list) else ():
        change = amendment.value if isinstance(amendment.value, dict) else {}
        changed = Node(change, amendment.file, amendment.path).only(TERMS_KEYS)
        stands.append(merged(stands[-1], changed))
    return stands


def _completed(amendment: Any, effective: dict[str, Any]) -> Any:
    if not isinstance(amendment, Mapping):
        return amendment
    own = {key: value for key, value in amendment.items() if key not in TERMS_KEYS}
    return own | {"terms": effective}
