"""The ticket of an occurrence: what it says, to whom it goes, and when none is made."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from redmine_sla.contract import Contract, Desk
from redmine_sla.plan import CreateTicket
from redmine_sla.plan.duty_ticket import DutyTickets
from redmine_sla.ticket import CustomField, Project, Vocabulary
from tests.duty.telling import owed, owing
from tests.notation import WORDS
from tests.plan.world import DESK_IN_WORDS

KEY, COST = 201, 202
REDMINE: Vocabulary = replace(
    WORDS,
    fields={
        **WORDS.fields,
        KEY: CustomField(KEY, "Mark of the tool"),
        COST: CustomField(COST, "Cost centre"),
    },
)
MEMBERS = {"Éva Engineer": 21, "Ivan Engineer": 22, "Anna Kiss": 11, "Béla Nagy": 12}
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=1"
OWNED = 'owner = "engineer"'
TEAM = 'team = { engineer = "Éva Engineer" }'


def desk(required: str = 'tracker = "Support"', key: str = 'sla_key = "Mark of the tool"') -> Desk:
    text = DESK_IN_WORDS.replace("[fields]", f"[fields]\n{key}")
    surfaces = '[surfaces]\nmode = "fields"\nwiki_markup = "common_mark"'
    return Desk.model_validate(
        tomllib.loads(f"{text}\n{surfaces}\n[required_fields]\n{required}\n")
    )


def planned(
    under: Contract,
    at: Desk | None = None,
    *,
    words: Vocabulary = REDMINE,
    members: Mapping[str, int] | None = MEMBERS,
    without_key: tuple[int, ...] = (),
) -> tuple[CreateTicket | None, tuple[str, ...]]:
    """The ticket of March's review, and what was found in the way."""
    maker = DutyTickets(under, at or desk(), words, members, without_key=without_key)
    (march,) = owed(under, "2026-03-01", "2026-03-31")
    return maker.ticket(march), maker.findings


def made(under: Contract, at: Desk | None = None) -> CreateTicket:
    ticket, findings = planned(under, at)
    assert findings == ()
    assert ticket is not None
    return ticket


def test_it_says_what_when_why_and_what_proves_it() -> None:
    under = owing(
        MONTHLY,
        OWNED,
        'evidence = ["note", "time_entry"]',
        'checklist = ["Failed logins", "Disk errors"]',
        'late_after = "2bd"',
        "confirmed_by_contact = true",
        keys=TEAM,
    )
    ticket = made(under)
    assert (ticket.key, ticket.key_field) == ("acme/review/2026-03-01", KEY)
    assert (ticket.where, ticket.tracker, ticket.assignee) == ("acme", 3, 21)
    assert ticket.subject == "Review of the log files: 2 March 2026"
    assert (ticket.start, ticket.due) == (date(2026, 3, 2), date(2026, 3, 4))
    assert ticket.description == (
        "Promised by the contract Acme support.\n\n"
        "- **Day**: 2 March 2026, as 1 March 2026 is a day off\n"
        "- **In time until**: 4 March 2026\n"
        "- **Clause**: log-file review\n\n"
        "### To do\n\n- Failed logins\n- Disk errors\n\n"
        "### It counts as done when\n\n"
        "- a note says what was done\n"
        "- the time spent is booked\n"
        "- the ticket is resolved\n"
        "- Anna Kiss has confirmed it after that by closing the ticket or accepting the "
        "work on it; a note alone is not enough\n"
    )


def test_a_visit_tells_its_hours_on_the_contracts_clocks() -> None:
    under = owing("FREQ=MONTHLY;BYMONTHDAY=31", "time = 10:00:00", "hours = 2")
    description = made(under).description
    assert "2026-03-31 10" in description
    assert "CEST" in description


def test_it_speaks_the_customers_language_and_the_wikis_markup() -> None:
    hungarian = owing(MONTHLY).model_copy(update={"language": "hu"})
    assert made(hungarian).subject.endswith("2026. március 2.")
    textile = desk()
    textile = textile.model_copy(
        update={"surfaces": textile.surfaces.model_copy(update={"wiki_markup": "textile"})}
    )
    assert "h3. It counts as done when" in made(owing(MONTHLY), textile).description


def test_contacts_who_follow_the_schedule_watch_it() -> None:
    assert made(owing(MONTHLY)).watchers == (11,)
    assert made(owing(MONTHLY, "visible = false")).watchers == ()


def test_a_contact_known_by_number_watches_it_under_any_name() -> None:
    bela = '[[contacts]]\nname = "Somebody"\nuser = 12\nmay = ["follow_schedule"]'
    assert made(owing(MONTHLY, also=bela)).watchers == (11, 12)
    assert made(owing(MONTHLY, also=bela.replace("12", "51"))).watchers == (11,)  # no member


def test_its_tracker_is_the_obligations_own_or_the_desks_or_the_contracts() -> None:
    assert made(owing(MONTHLY, 'tracker = "Visit"')).tracker == 4
    assert made(owing(MONTHLY)).tracker == 3
    limited = owing(MONTHLY, keys='select.trackers = ["Feature"]')
    assert made(limited, desk("")).tracker == 2


def test_it_carries_what_redmine_requires_and_what_marks_it_as_the_contracts() -> None:
    under = owing(MONTHLY, keys='select.fields.impact = ["High"]')
    required = 'tracker = "Support"\nfields."Cost centre" = "17"\ntrackers.Bug."Cost centre" = "18"'
    impact = next(number for number, known in WORDS.fields.items() if known.name == "Impact")
    assert made(under, desk(required)).fields == {impact: "High", COST: "17"}
    as_bug = owing(MONTHLY, 'tracker = "Bug"')
    assert made(as_bug, desk(required)).fields == {COST: "18"}


CLOSED = replace(REDMINE, projects={1: Project(1, "acme", "Acme", status=5)})
FIELDLESS = replace(REDMINE, fields=dict(WORDS.fields))


@pytest.mark.parametrize(
    ("at", "words", "without_key", "step"),
    [
        (desk(key=""), REDMINE, (), 'write sla_key = "SLA key" under [fields]'),
        (desk(), FIELDLESS, (), "make it or tick"),
        (desk(), REDMINE, (3,), "tick the tracker"),
        (desk(""), REDMINE, (), "write tracker ="),
        (desk('tracker = "Chore"'), REDMINE, (), "provision --obligation-trackers"),
        (desk(), CLOSED, (), "reopen it"),
        (desk(), replace(REDMINE, projects={}), (), "out of sight"),
    ],
)
def test_where_it_could_not_be_found_again_or_made_none_is_and_the_step_is_told(
    at: Desk, words: Vocabulary, without_key: tuple[int, ...], step: str
) -> None:
    ticket, findings = planned(owing(MONTHLY), at, words=words, without_key=without_key)
    assert ticket is None
    (finding,) = findings
    assert finding.startswith("contract acme: ")
    assert step in finding


@pytest.mark.parametrize(
    ("keys", "members", "said"),
    [
        ('team = { engineer = "kowalski" }', MEMBERS, 'owner "kowalski"'),
        ("", MEMBERS, 'owner "engineer" (no part of [team])'),
        (TEAM, None, "members of its project cannot be read"),
    ],
)
def test_an_owner_nobody_finds_leaves_it_unassigned_and_is_told(
    keys: str, members: Mapping[str, int] | None, said: str
) -> None:
    ticket, findings = planned(owing(MONTHLY, OWNED, keys=keys), members=members)
    assert ticket is not None
    assert ticket.assignee is None
    assert said in findings[0]


def test_an_owner_may_be_a_number_or_a_name_or_a_group() -> None:
    for owner in ("22", "Ivan Engineer"):
        ticket, findings = planned(owing(MONTHLY, f'owner = "{owner}"'))
        assert (ticket.assignee if ticket else None, findings) == (22, ())


def test_hostile_words_of_a_contract_stay_words() -> None:
    hostile = owing(MONTHLY, 'checklist = ["{{include(Secret)}} <script>alert(1)</script>"]')
    description = made(hostile).description
    assert "{{include" not in description
    assert "<script>" not in description
