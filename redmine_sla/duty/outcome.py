"""What came of an occurrence, as of an instant.

A ticket is read as the service record (profile outsourced-it): what is not on it did not happen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from redmine_sla.duty.occurrences import Occurrence


class State(StrEnum):
    """How an occurrence stands."""

    UPCOMING = "upcoming"  # its day has not come
    DUE = "due"  # its day has come, and time is left; or a contact's confirmation is
    DONE = "done"  # in time, with the evidence, and confirmed where a contact must
    LATE = "late"  # done after the last day in time, or past that day and still to be done
    MISSED = "missed"  # nothing can be made up for any more
    EXCUSED = "excused"  # the customer did without it
    UNMEASURED = "unmeasured"  # past, and no ticket tells: nobody knows

    @property
    def is_open(self) -> bool:
        return self in (State.UPCOMING, State.DUE)


class Lack(StrEnum):
    """What is missing on a ticket for the work to count as done."""

    WORK = "work"  # it is not resolved
    NOTE = "note"
    FILE = "file"
    TIME_ENTRY = "time_entry"
    CONFIRMATION = "confirmation"  # by a contact who may verify work
    AGREEMENT = "agreement"  # cancelled without a contact's word
    HISTORY = "history"  # the ticket's journals were not read
    TICKET = "ticket"  # there is none


class Closing(StrEnum):
    """Why it can no longer be made up for."""

    SUPERSEDED = "superseded"  # the next one fell due
    CONTRACT_ENDED = "contract_ended"
    CLOSED = "closed"  # the ticket was closed without the work, or its evidence


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why the customer did without it: his contact's word, or an agreed exclusion."""

    by: str
    reason: str = ""
    agreed_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An occurrence and what came of it.

    `done_on` is the local day on which the work and all its evidence were there, confirmed or not.
    `lacking` says what is missing, `closing` why it is missed, `excuse` why it is not. A `hidden`
    ticket is one that not every reader may see: counted, never named.

    `stood_on` is the day by whose end it stood so, where a period is told that is over. What was
    done later changes nothing of it, and is told beside it: `made_up_on` is the day.
    """

    occurrence: Occurrence
    state: State
    ticket: int | None = None
    hidden: bool = False
    done_on: date | None = None
    lacking: tuple[Lack, ...] = ()
    closing: Closing | None = None
    excuse: Excuse | None = None
    stood_on: date | None = None
    made_up_on: date | None = None

    @property
    def shown_ticket(self) -> int | None:
        """The ticket's number, where every reader may see it."""
        return None if self.hidden else self.ticket

    @property
    def is_done_late(self) -> bool:
        """Was the work done after the last day in time, confirmed or not, and is not waived?"""
        return (
            self.state is not State.EXCUSED
            and self.lacking in ((), (Lack.CONFIRMATION,))
            and self.done_on is not None
            and self.done_on > self.occurrence.last_day
        )

    @property
    def awaits_confirmation(self) -> bool:
        """Was it done in time, and only a contact's word is missing?"""
        return self.state is State.DUE and self.lacking == (Lack.CONFIRMATION,)


def counted(outcomes: Iterable[Outcome]) -> dict[State, int]:
    """How many stand in each state, every state in its order."""
    numbers = dict.fromkeys(State, 0)
    for one in outcomes:
        numbers[one.state] += 1
    return numbers
