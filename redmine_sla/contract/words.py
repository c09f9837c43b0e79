"""The closed lists of words contracts use. What is open (trackers, tiers, clocks) is a name."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import WithJsonSchema

from redmine_sla.contract.base import Names


class Language(StrEnum):
    """Languages a customer can be addressed in (ISO 639-1)."""

    ENGLISH = "en"
    HUNGARIAN = "hu"
    POLISH = "pl"
    SLOVAK = "sk"
    RUSSIAN = "ru"
    KAZAKH = "kk"


class ProblemClass(StrEnum):
    """How far a problem reaches."""

    USER = "user"  # one particular user
    SYSTEM = "system"  # a whole business line or area
    INFRASTRUCTURE = "infrastructure"  # the whole company


class Severity(StrEnum):
    """How bad a fault is where it strikes."""

    CRITICAL = "critical"
    PRIORITY = "priority"
    FUNCTION = "function"


class Kind(StrEnum):
    """What a ticket is, in ITIL's words."""

    INCIDENT = "incident"
    PROBLEM = "problem"
    REQUEST = "request"
    CHANGE = "change"


class Choice(StrEnum):
    """A field of a ticket that somebody sets and that classification weighs."""

    PRIORITY = "priority"
    CLASS = "class"
    SEVERITY = "severity"
    KIND = "kind"
    IMPACT = "impact"
    URGENCY = "urgency"
    TIER = "tier"


class Vat(StrEnum):
    """Whether the contract's amounts contain value added tax."""

    NET = "net"
    GROSS = "gross"


class ContactRole(StrEnum):
    """What a named person of the customer is authorised to do."""

    VERIFY_WORK = "verify_work"
    ORDER_VISIT = "order_visit"
    APPROVE = "approve"
    AGREE_DATES = "agree_dates"
    SIGN_OFF = "sign_off"
    FOLLOW_SCHEDULE = "follow_schedule"


def _one_or_more(words: type[StrEnum]) -> WithJsonSchema:
    word = {"type": "string", "enum": [str(word) for word in words]}
    return WithJsonSchema({"anyOf": [word, {"type": "array", "items": word}]})


ClassNames = Annotated[Names, _one_or_more(ProblemClass)]
SeverityNames = Annotated[Names, _one_or_more(Severity)]
KindNames = Annotated[Names, _one_or_more(Kind)]
"""Lists of those words. That each is one of them is told with all the other dangling names."""
