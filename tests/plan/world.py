"""A desk with SLA fields, and stories judged on it: what plans are made from in these tests.

told('''...story...''', CONTRACT, at="2026-03-02 16:00", carrying={"sla_status": "met"})
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace

from redmine_sla.contract import Contract, Desk
from redmine_sla.plan import Judged, Shown, TicketPlan, UpdateTicket, shown_for
from redmine_sla.ticket import CustomField, Vocabulary
from tests.judging import contract, judged, promising, timeline
from tests.notation import WORDS

SLA_FIELDS = {
    "sla_class": (101, "SLA reach"),
    "sla_status": (102, "SLA status"),
    "response_due": (103, "SLA response due"),
    "resolution_due": (104, "SLA resolution due"),
}

DESK_IN_WORDS = """
redmine = { url = "https://redmine.example.com" }
roles = { provider = ["provider"], customer = ["customer"] }

[statuses]
working = ["In Progress"]
waiting_customer = ["Waiting for customer"]
resolved = ["Resolved", "Closed"]

[fields]
impact = "Impact"
urgency = "Urgency"
sla_class = "SLA reach"
sla_status = "SLA status"
response_due = "SLA response due"
resolution_due = "SLA resolution due"
"""


def desk(surfaces: str = 'mode = "fields"\nwiki_markup = "textile"') -> Desk:
    return Desk.model_validate(tomllib.loads(f"{DESK_IN_WORDS}\n[surfaces]\n{surfaces}\n"))


DESK = desk()
REDMINE: Vocabulary = replace(
    WORDS,
    fields={
        **WORDS.fields,
        **{number: CustomField(number, name) for number, name in SLA_FIELDS.values()},
    },
)
WORDS_SAY_NOTHING = "classification.text_rules = false"
OFFICE_HOURS = contract(
    WORDS_SAY_NOTHING, promising("response", "4bh"), promising("resolution", "8bh")
)


def told(
    story: str,
    under: Contract = OFFICE_HOURS,
    *,
    at: str,
    number: int = 1,
    carrying: Mapping[str, str] | None = None,
    private: bool = False,
) -> Judged:
    """The story judged as of a local time, on a ticket whose SLA fields carry those values."""
    history = timeline(story, number=number)
    carried = {number: (carrying or {}).get(role, "") for role, (number, _) in SLA_FIELDS.items()}
    ticket = replace(history.ticket, fields={**history.ticket.fields, **carried}, private=private)
    return Judged(
        contract=under,
        timeline=replace(history, ticket=ticket),
        assessment=judged(story, under, at=at, number=number),
        is_hidden=private,
    )


def shown(story: str, under: Contract = OFFICE_HOURS, *, at: str) -> Shown:
    return shown_for(told(story, under, at=at))


def update(one: Judged, plan: TicketPlan | None = None) -> UpdateTicket | None:
    plan = plan or TicketPlan(DESK, REDMINE, one.assessment.as_of)
    return plan.update(one, shown_for(one))


def edits(change: UpdateTicket | None) -> dict[str, tuple[str, str]]:
    """What was and what shall be, by the field's name; empty where nothing is written."""
    return {} if change is None else {edit.what: (edit.before, edit.after) for edit in change.edits}
