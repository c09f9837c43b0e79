"""How a sign-off stands: what was decided of which edition, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.quarter import Quarter


class Decision(StrEnum):
    """How a sign-off stands."""

    AWAITED = "awaited"
    ACCEPTED = "accepted"
    ACCEPTED_TACITLY = "accepted tacitly"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # a restatement took its place before anybody had decided
    REPLACED = "replaced"  # its files were removed, and others published under their names

    @property
    def is_acceptance(self) -> bool:
        return self in (Decision.ACCEPTED, Decision.ACCEPTED_TACITLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateNo:
    """Somebody of the customer rejected it, or opened it again, after silence was acceptance.

    `first` is when he did so first, `at` when last, and `note` is his last word.
    """

    by: str
    first: datetime
    at: datetime
    note: str
    rejected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One edition's sign-off as of an instant.

    `manifest` is the SHA-256 of what is signed. `at` and `by` are of the decision, `note` is what
    was said with a rejection. `silent_until` is when silence becomes acceptance; `None` where it
    never does, somebody of the customer has answered, or the files were replaced. `closed_by` names
    somebody who closed the ticket and may not sign off, `closer` as customers read it: people of
    the provider are named by their company. One that was replaced keeps `by`, who had accepted what
    is gone.
    """

    edition: Edition
    manifest: str
    ticket: int
    asked: datetime
    decision: Decision
    is_open: bool
    at: datetime | None = None
    by: str = ""
    note: str = ""
    silent_until: datetime | None = None
    closed_by: str = ""
    closer: str = ""
    late: LateNo | None = None


def accepted_quarters(found: Iterable[SignOff]) -> frozenset[Quarter]:
    """The quarters whose latest edition is accepted, in words or by silence."""
    latest = {one.edition.quarter: one for one in sorted(found, key=lambda one: one.edition)}
    return frozenset(quarter for quarter, one in latest.items() if one.decision.is_acceptance)
