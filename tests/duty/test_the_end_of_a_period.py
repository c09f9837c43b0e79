"""How obligations stood when their period ended, by what is known later: the same for ever.

The review is owed on the first of each month: in 2026 on Monday 2 March and Wednesday 1 April.
"""

from __future__ import annotations

import pytest

from redmine_sla.contract import Contract
from redmine_sla.duty import Closing, DutyTicket, Lack, Outcome, State, outcomes_at_the_end
from redmine_sla.duty.telling import outcome_words
from redmine_sla.language import ENGLISH
from tests.duty.telling import owing, period
from tests.judging import GLOSSARY, timeline
from tests.notation import instant

UNDER = owing("FREQ=MONTHLY;BYMONTHDAY=1")
MADE = "2026-02-23 06:00 bot opens: Review\n"
LATER = ("2026-04-01 00:00", "2026-04-02 09:00", "2026-07-10 09:00", "2027-03-01 09:00")


def stood(
    story: str, *, at: str = "2026-07-10 09:00", under: Contract = UNDER, last: str = "2026-03-20"
) -> Outcome:
    """What came of the review of March by the end of 20 March."""
    tickets = {"acme/review/2026-03-01": DutyTicket(timeline(story))} if story else {}
    (found,) = outcomes_at_the_end(
        under, period("2026-03-01", last), tickets, GLOSSARY, instant(at)
    )
    return found


@pytest.mark.parametrize("at", LATER)
def test_what_was_late_when_the_period_ended_is_not_missed_by_the_passing_of_time(at: str) -> None:
    found = stood(MADE, at=at)
    assert (found.state, found.closing) == (State.LATE, None)


@pytest.mark.parametrize("at", LATER)
def test_a_contract_that_ends_later_changes_nothing(at: str) -> None:
    ending = owing("FREQ=MONTHLY;BYMONTHDAY=1", keys="ends = 2026-03-31")
    assert stood(MADE, at=at, under=ending).closing is None


def test_what_falls_due_on_the_last_day_is_decided_when_the_day_is_over() -> None:
    assert stood(MADE, last="2026-03-02", at="2026-03-02 23:59").state is State.DUE
    assert stood(MADE, last="2026-03-02", at="2026-03-03 00:00").state is State.LATE


def test_what_may_still_be_done_in_time_is_read_when_that_time_is_over() -> None:
    patient = owing("FREQ=MONTHLY;BYMONTHDAY=1", 'late_after = "2bd"')
    done = MADE + "2026-03-04 10:00 eva says: Nothing found; status: Resolved"
    assert stood(done, under=patient, last="2026-03-02", at="2026-03-03 09:00").state is State.DUE
    assert stood(done, under=patient, last="2026-03-02").state is State.DONE
    assert stood(MADE, under=patient, last="2026-03-02").state is State.LATE


def test_work_done_after_the_end_leaves_it_undone_at_the_end() -> None:
    found = stood(MADE + "2026-03-23 10:00 eva says: Nothing found; status: Resolved")
    assert (found.state, found.done_on, found.lacking) == (State.LATE, None, (Lack.WORK,))


MADE_UP = MADE + "2026-03-23 10:00 eva says: Nothing found; status: Resolved"
CLOSED = MADE + (
    "2026-03-02 10:00 eva status: Closed\n2026-03-23 10:00 eva says: Nothing was found"
)
MADE_AFTER = (
    "2026-03-23 06:00 bot opens: Review\n2026-03-23 09:00 eva says: Nothing found; status: Resolved"
)


@pytest.mark.parametrize(
    ("story", "at", "words"),
    [
        (MADE, "2026-03-20 12:00", "late, still to be done"),  # the period is not over
        (MADE, "2026-07-10 09:00", "late, not done by 20 March 2026"),
        (MADE_UP, "2026-03-22 12:00", "late, not done by 20 March 2026"),
        (MADE_UP, "2026-03-23 12:00", "not done by 20 March 2026, made up on 23 March 2026"),
        (CLOSED, "2026-03-22 12:00", "not done"),
        (CLOSED, "2026-07-10 09:00", "not done by 20 March 2026, made up on 23 March 2026"),
        (MADE_AFTER, "2026-03-22 12:00", "not recorded"),
        (MADE_AFTER, "2026-07-10 09:00", "not done by 20 March 2026, made up on 23 March 2026"),
    ],
)
def test_what_is_made_up_later_is_told_and_makes_no_word_untrue(
    story: str, at: str, words: str
) -> None:
    assert outcome_words(stood(story, at=at), ENGLISH).replace("\u00a0", " ") == words


def test_a_contacts_confirmation_that_comes_later_changes_neither_state_nor_words() -> None:
    confirmed = owing("FREQ=MONTHLY;BYMONTHDAY=1", "confirmed_by_contact = true")
    done = MADE + "2026-03-02 10:00 eva says: Nothing found; status: Resolved\n"
    for story in (done, f"{done}2026-03-25 10:00 anna status: Closed"):
        found = stood(story, under=confirmed)
        assert found.state is State.DUE
        assert outcome_words(found, ENGLISH).replace("\u00a0", " ") == (
            "done on 2 March 2026, not confirmed by a contact by 20 March 2026"
        )


def test_work_done_before_the_end_counts_though_it_was_written_down_later() -> None:
    told = MADE + (
        "2026-03-23 10:00 eva field Happened at = 2026-03-02 15:00; says: Found nothing; "
        "status: Resolved"
    )
    assert stood(told).state is State.DONE
    assert stood(told, at="2026-03-22 09:00").state is State.LATE  # nobody knew it then


def test_reopening_after_the_end_undoes_nothing() -> None:
    story = MADE + (
        "2026-03-02 10:00 eva says: Nothing found; status: Resolved\n"
        "2026-03-24 10:00 anna status: In Progress"
    )
    assert stood(story).state is State.DONE


def test_it_is_missed_where_the_next_had_fallen_due_by_the_end() -> None:
    found = outcomes_at_the_end(
        UNDER,
        period("2026-03-01", "2026-04-05"),
        {"acme/review/2026-03-01": DutyTicket(timeline(MADE))},
        GLOSSARY,
        instant("2026-07-10 09:00"),
    )
    assert (found[0].state, found[0].closing) == (State.MISSED, Closing.SUPERSEDED)


def test_a_ticket_made_after_the_end_tells_nothing_of_it() -> None:
    late = "2026-03-24 06:00 eva opens: Review\n2026-03-24 09:00 eva says: Done; status: Resolved"
    assert stood(late).state is State.UNMEASURED
    assert stood("").state is State.UNMEASURED
