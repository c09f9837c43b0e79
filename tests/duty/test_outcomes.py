"""What came of an occurrence: told by its ticket, judged in the contract's local days.

The review is owed on the first of each month: in 2026 on Monday 2 March and Wednesday 1 April.
"""

from __future__ import annotations

import pytest

from redmine_sla.contract import Contract
from redmine_sla.duty import Closing, DutyTicket, Lack, Outcome, State, outcomes
from tests.duty.telling import owing, period
from tests.judging import GLOSSARY, timeline
from tests.notation import instant

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=1"
UNDER = owing(MONTHLY)
MADE = "2026-02-23 06:00 bot field SLA key = acme/review/2026-03-01; opens: Review\n"
DONE = MADE + "2026-03-02 10:00 eva says: Nothing found; status: Resolved"


def came(story: str, *, at: str, under: Contract = UNDER, hidden: bool = False) -> Outcome:
    """The outcome of the review of March."""
    tickets = {}
    if story:
        tickets["acme/review/2026-03-01"] = DutyTicket(timeline(story), hidden)
    march = period("2026-03-01", "2026-03-31")
    (found,) = outcomes(under, march, tickets, GLOSSARY, instant(at))
    return found


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2026-02-27 12:00", State.UPCOMING),
        ("2026-03-01 23:59", State.UPCOMING),
        ("2026-03-02 00:00", State.DUE),
        ("2026-03-02 23:59", State.DUE),
        ("2026-03-03 00:00", State.LATE),
        ("2026-03-31 23:59", State.LATE),
        ("2026-04-01 00:00", State.MISSED),
    ],
)
def test_undone_it_comes_falls_due_is_late_and_is_missed_when_the_next_falls_due(
    at: str, state: State
) -> None:
    found = came(MADE, at=at)
    assert found.state is state
    assert found.lacking == (Lack.WORK,)
    assert found.closing is (Closing.SUPERSEDED if state is State.MISSED else None)


def test_done_in_time_stays_done() -> None:
    for at in ("2026-03-02 10:00", "2026-03-20 10:00", "2026-12-31 10:00"):
        found = came(DONE, at=at)
        assert (found.state, f"{found.done_on}", found.lacking) == (State.DONE, "2026-03-02", ())
    assert came(DONE, at="2026-03-02 09:59").state is State.DUE


def test_done_before_its_day_is_done() -> None:
    early = MADE + "2026-02-26 10:00 eva says: Nothing found; status: Closed"
    assert came(early, at="2026-02-26 11:00").state is State.DONE


def test_done_after_the_last_day_in_time_is_late_even_after_the_next_fell_due() -> None:
    story = MADE + "2026-04-09 10:00 eva says: Nothing found; status: Resolved"
    assert came(story, at="2026-04-08 10:00").state is State.MISSED
    assert came(story, at="2026-04-09 10:00").state is State.LATE


def test_late_begins_where_the_contract_says() -> None:
    story = MADE + "2026-03-04 16:00 eva says: Nothing found; status: Resolved"
    assert came(story, at="2026-03-05 10:00").state is State.LATE
    patient = owing(MONTHLY, 'late_after = "2bd"')
    assert came(story, at="2026-03-05 10:00", under=patient).state is State.DONE


def test_the_day_is_when_it_happened_not_when_it_was_written_down() -> None:
    story = MADE + (
        "2026-03-04 09:00 eva field Happened at = 2026-03-02 15:30; says: Found nothing; "
        "status: Resolved"
    )
    assert came(story, at="2026-03-05 10:00").state is State.DONE
    assert came(story, at="2026-03-03 10:00").state is State.LATE  # nobody knew it then


def test_a_private_note_proves_and_those_of_customers_and_programs_do_not() -> None:
    private = MADE + "2026-03-02 10:00 eva whispers: Nothing found; status: Resolved"
    assert came(private, at="2026-03-02 12:00").state is State.DONE
    others = MADE + (
        "2026-03-02 10:00 anna says: Is it done?\n10:30 bot says: Soon due\n"
        "11:00 eva status: Resolved"
    )
    found = came(others, at="2026-03-02 12:00")
    assert (found.state, found.lacking) == (State.DUE, (Lack.NOTE,))


def test_closed_without_the_evidence_it_is_missed_until_the_evidence_comes() -> None:
    story = MADE + "2026-03-02 10:00 eva status: Closed\n2026-03-10 10:00 eva says: Nothing found"
    before = came(story, at="2026-03-03 10:00")
    assert (before.state, before.closing) == (State.MISSED, Closing.CLOSED)
    assert before.lacking == (Lack.NOTE,)
    after = came(story, at="2026-03-10 10:00")
    assert (after.state, f"{after.done_on}") == (State.LATE, "2026-03-10")


def test_every_kind_of_evidence_asked_for_must_be_there() -> None:
    under = owing(MONTHLY, 'evidence = ["note", "file", "time_entry"]')
    note = MADE + "2026-03-02 10:00 eva says: Nothing found; status: Resolved"
    assert came(note, at="2026-03-02 20:00", under=under).lacking == (Lack.FILE, Lack.TIME_ENTRY)
    file = note + "\n11:00 eva attaches: review.pdf"
    assert came(file, at="2026-03-02 20:00", under=under).lacking == (Lack.TIME_ENTRY,)
    hours = file + "\n12:00 eva books 0.5"
    assert came(hours, at="2026-03-02 20:00", under=under).state is State.DONE


def test_the_customers_file_is_no_evidence() -> None:
    under = owing(MONTHLY, 'evidence = ["file"]')
    story = MADE + "2026-03-02 10:00 anna attaches: list.pdf\n11:00 eva status: Resolved"
    assert came(story, at="2026-03-02 20:00", under=under).lacking == (Lack.FILE,)


def test_reopened_it_is_not_done() -> None:
    story = DONE + "\n2026-03-03 10:00 eva status: In Progress"
    assert came(story, at="2026-03-03 11:00").state is State.LATE


def test_a_contact_who_may_verify_confirms_by_closing_or_by_ticking_accepted() -> None:
    under = owing(MONTHLY, "confirmed_by_contact = true")
    waiting = came(DONE, at="2026-04-20 10:00", under=under)
    assert (waiting.state, waiting.lacking) == (State.DUE, (Lack.CONFIRMATION,))
    assert f"{waiting.done_on}" == "2026-03-02"
    for act in ("status: Closed", "field Accepted = 1"):
        confirmed = came(f"{DONE}\n2026-03-20 10:00 anna {act}", at="2026-04-20 10:00", under=under)
        assert (confirmed.state, f"{confirmed.done_on}") == (State.DONE, "2026-03-02")
    for act in (
        "anna says: This is not done, the backup is empty!",
        "anna says: Thank you",
        "bela status: Closed",
        "eva status: Closed",
        "eva field Accepted = 1",
        "anna status: Rejected",
    ):
        assert came(
            f"{DONE}\n2026-03-20 10:00 {act}", at="2026-04-20 10:00", under=under
        ).awaits_confirmation


def test_work_done_late_is_late_before_a_contact_confirms_it_and_after() -> None:
    under = owing(MONTHLY, "confirmed_by_contact = true")
    late = MADE + "2026-03-09 10:00 eva says: Restored from it; status: Resolved"
    waiting = came(late, at="2026-04-20 10:00", under=under)
    assert (waiting.state, waiting.lacking) == (State.LATE, (Lack.CONFIRMATION,))
    story = f"{late}\n2026-03-20 10:00 anna status: Closed"
    confirmed = came(story, at="2026-04-20 10:00", under=under)
    assert (confirmed.state, f"{confirmed.done_on}") == (State.LATE, "2026-03-09")


def test_an_acceptance_taken_back_confirms_nothing() -> None:
    under = owing(MONTHLY, "confirmed_by_contact = true")
    story = f"{DONE}\n2026-03-03 10:00 anna field Accepted = 1\n11:00 anna field Accepted = 0"
    assert came(story, at="2026-03-03 10:30", under=under).state is State.DONE
    assert came(story, at="2026-03-03 11:30", under=under).awaits_confirmation


def test_what_a_contact_did_before_the_work_confirms_nothing() -> None:
    under = owing(MONTHLY, "confirmed_by_contact = true")
    story = MADE + (
        "2026-02-24 09:00 anna field Accepted = 1\n"
        "2026-02-24 10:00 anna status: Closed\n"
        "2026-02-25 10:00 eva status: In Progress\n"
        "2026-03-02 10:00 eva says: Nothing found; status: Resolved"
    )
    assert came(story, at="2026-03-02 11:00", under=under).awaits_confirmation


@pytest.mark.parametrize(
    "acts",
    [
        "2026-02-27 09:00 anna says: We are closed that week; status: Rejected",
        "2026-02-27 09:00 eva status: Rejected\n10:00 anna status: Closed",
        "2026-02-27 09:00 eva status: Rejected\n10:00 anna field Accepted = 1",
    ],
)
def test_rejected_by_a_contact_or_with_his_act_it_is_excused(acts: str) -> None:
    found = came(MADE + acts, at="2026-03-20 10:00")
    assert found.state is State.EXCUSED
    assert found.excuse is not None
    assert found.excuse.by == "Anna Kiss"


def test_a_contacts_complaint_excuses_nothing() -> None:
    for complaint in (
        "2026-03-02 09:00 anna says: Where is the backup? We need it!\n"
        "2026-03-02 10:00 eva status: Rejected",
        "2026-03-02 09:00 eva status: Rejected\n10:00 anna says: Why?",
        "2026-03-02 09:00 eva status: Rejected\n10:00 anna status: New\n"
        "2026-03-02 11:00 eva status: Rejected",
    ):
        found = came(MADE + complaint, at="2026-03-10 10:00")
        assert (found.state, found.lacking) == (State.MISSED, (Lack.AGREEMENT,))


def test_rejected_on_the_providers_own_word_it_is_missed() -> None:
    story = MADE + (
        "2026-02-27 09:00 bela says: We are closed\n10:00 eva says: No time; status: Rejected"
    )
    found = came(story, at="2026-03-03 10:00")
    assert (found.state, found.lacking) == (State.MISSED, (Lack.AGREEMENT,))
    assert came(story, at="2026-03-02 10:00").state is State.DUE


EXCLUDED = """
[[exclusions]]
from = 2026-03-02T00:00:00+01:00
to = 2026-03-07T00:00:00+01:00
reason = "the customer moved house"
author = "J. Kovács"
agreed_in = 4711
tickets = [1]
"""


def test_an_agreed_exclusion_that_names_the_ticket_excuses_it_where_it_was_not_done_in_time() -> (
    None
):
    under = owing(MONTHLY, also=EXCLUDED)
    found = came(MADE, at="2026-03-10 10:00", under=under)
    assert found.state is State.EXCUSED
    assert found.excuse is not None
    assert (found.excuse.reason, found.excuse.agreed_in) == ("the customer moved house", 4711)
    late = MADE + "2026-03-09 10:00 eva says: Nothing found; status: Resolved"
    assert came(late, at="2026-03-10 10:00", under=under).state is State.EXCUSED
    assert came(DONE, at="2026-03-10 10:00", under=under).state is State.DONE
    elsewhere = owing(MONTHLY, also=EXCLUDED.replace("[1]", "[2]"))
    assert came(MADE, at="2026-03-10 10:00", under=elsewhere).state is State.LATE


def test_past_without_a_ticket_nobody_knows() -> None:
    assert came("", at="2026-03-02 10:00").state is State.DUE
    found = came("", at="2026-03-03 10:00")
    assert (found.state, found.lacking) == (State.UNMEASURED, (Lack.TICKET,))
    assert came(MADE.replace("02-23", "03-09"), at="2026-03-08 10:00").state is State.UNMEASURED


def test_the_contracts_end_ends_what_can_be_made_up_for() -> None:
    under = owing(MONTHLY, keys="ends = 2026-03-10")
    assert came(MADE, at="2026-03-10 10:00", under=under).state is State.LATE
    found = came(MADE, at="2026-03-11 10:00", under=under)
    assert (found.state, found.closing) == (State.MISSED, Closing.CONTRACT_ENDED)


def test_a_hidden_ticket_is_counted_and_not_named() -> None:
    found = came(DONE, at="2026-03-03 10:00", hidden=True)
    assert (found.state, found.ticket, found.shown_ticket) == (State.DONE, 1, None)
