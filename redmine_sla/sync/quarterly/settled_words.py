"""What is said of a sign-off that nobody's decision settled: on its ticket to the customer, and as
a finding to the provider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.language import Tongue, tongue_for
from redmine_sla.quarter.signed import Decision, LateNo, SignOff


@dataclass(frozen=True, slots=True)
class SettledWords:
    """For one contract. `clause` tells where it speaks of the sign-off."""

    contract: Contract
    clause: Callable[[SignOff], str]

    def note(self, one: SignOff) -> str:
        """What is said on the ticket, in the customer's language, when it is closed."""
        match one.decision:
            case Decision.WITHDRAWN:
                return self._tongue.say(
                    "A restatement has taken the place of this publication before it was signed "
                    "off. The restatement has a sign-off ticket of its own."
                )
            case Decision.REPLACED:
                return self._tongue.say(
                    "Other files were published in place of those that this ticket names. They "
                    "have a sign-off ticket of their own."
                )
            case _:
                return self._tongue.say(
                    "Nobody answered before {moment}. By the contract that is acceptance "
                    "({clause}).",
                    moment=self._moment(one),
                    clause=self._clause(one),
                )

    def answer(self, one: SignOff, late: LateNo) -> str:
        """What a late "no" is answered on the ticket."""
        return self._tongue.say(
            "Nobody answered before {moment}. By the contract that is acceptance ({clause}). What "
            "{name} did later does not undo it; it is on record, and {provider} has been told.",
            moment=self._moment(one),
            clause=self._clause(one),
            name=late.by,
            provider=self.contract.provider,
        )

    def told_late(self, one: SignOff, late: LateNo) -> str:
        """A late "no" as the provider reads it."""
        zone = ZoneInfo(self.contract.timezone)
        until = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}" if one.at else ""
        did = "rejected" if late.rejected else "opened again"
        return (
            f"{one.edition}: accepted, as nobody answered before {until}; but {late.by} {did} "
            f"#{one.ticket} later, {late.at.astimezone(zone):%Y-%m-%d %H:%M}: "
            f"{late.note or 'without a word'}"
        )

    def _moment(self, one: SignOff) -> str:
        return self._tongue.moment(one.at, ZoneInfo(self.contract.timezone)) if one.at else ""

    def _clause(self, one: SignOff) -> str:
        promised = self.clause(one)
        return self._tongue.say(promised) if promised else ""

    @property
    def _tongue(self) -> Tongue:
        return tongue_for(self.contract.language)


def told_replaced(one: SignOff, newer: int | None = None) -> str:
    """That a sign-off is for files that were removed; `newer` is the ticket that counts instead."""
    accepted = f", accepted by {one.by}," if one.by else ""
    asks = f": #{newer} asks for that" if newer else ""
    return (
        f"{one.edition}: #{one.ticket}{accepted} is about a manifest that was removed (SHA-256 "
        f"{one.manifest[:12]}…), and signs nothing of what was published in its place{asks}. "
        f"If its files are put back, delete {f'#{newer}' if newer else 'the newer ticket'}"
    )
