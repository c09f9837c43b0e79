"""What was owed in one quarter and done in the next is told in the next, and counted in neither.

The review is owed on the first of each month: in 2026 on Monday 2 February, Monday 2 March and
Wednesday 1 April. A ticket is made a week before.
"""

from __future__ import annotations

from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.duty import DutyTicket, Outcome, made_up, outcomes_at_the_end
from redmine_sla.language import tongue_for
from redmine_sla.page import Page, render
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.obligations import obligations_section
from tests.duty.telling import owing, period
from tests.judging import GLOSSARY, timeline
from tests.notation import instant

RHYTHM = "FREQ=MONTHLY;BYMONTHDAY=1"
UNDER = owing(RHYTHM)
MARCH, APRIL = "acme/review/2026-03-01", "acme/review/2026-04-01"
FIRST, SECOND = period("2026-01-01", "2026-03-31"), period("2026-04-01", "2026-06-30")
MADE = "2026-02-23 06:00 bot opens: Review\n"
DONE = "eva says: Nothing found; status: Resolved"
MADE_UP = f"{MADE}2026-04-07 10:00 {DONE}"
LATER = "2026-07-10 09:00"


def since(
    story: str, *, at: str = LATER, under: Contract = UNDER, hidden: bool = False
) -> tuple[Outcome, ...]:
    """What was made up for in the second quarter, where March's ticket tells that."""
    tickets = {MARCH: DutyTicket(timeline(story), hidden)}
    return made_up(under, SECOND, tickets, GLOSSARY, instant(at))


def test_it_is_told_with_the_day_it_was_done() -> None:
    (found,) = since(MADE_UP)
    assert (found.occurrence.key, str(found.done_on)) == (MARCH, "2026-04-07")


def test_what_was_done_in_its_own_quarter_late_or_not_is_not_told_again() -> None:
    assert since(f"{MADE}2026-03-02 10:00 {DONE}") == ()
    assert since(f"{MADE}2026-03-31 23:00 {DONE}") == ()
    noted_later = f"{MADE}2026-04-07 10:00 eva field Happened at = 2026-03-31 15:00; {DONE[4:]}"
    assert since(noted_later) == ()


def test_what_was_done_after_its_quarter_and_still_in_time_was_never_behind() -> None:
    patient = owing("FREQ=MONTHLY;BYMONTHDAY=31", 'late_after = "5bd"')
    last = "acme/review/2026-03-31"
    tickets = {last: DutyTicket(timeline(f"{MADE}2026-04-02 10:00 {DONE}"))}
    as_of = instant(LATER)
    assert made_up(patient, SECOND, tickets, GLOSSARY, as_of) == ()
    # in time until the fifth working day after it: 1, 2, 7, 8, 9 April, for Easter lies between
    tickets = {last: DutyTicket(timeline(f"{MADE}2026-04-10 10:00 {DONE}"))}
    (found,) = made_up(patient, SECOND, tickets, GLOSSARY, as_of)
    assert str(found.occurrence.last_day) == "2026-04-09"


def test_what_was_done_in_a_still_later_quarter_is_told_there() -> None:
    assert since(f"{MADE}2026-07-02 10:00 {DONE}") == ()


def test_it_is_told_as_soon_as_it_is_done_and_stays_whatever_comes_later() -> None:
    assert since(MADE_UP, at="2026-04-06 12:00") == ()
    for at in ("2026-04-07 12:00", "2026-07-01 00:00", "2027-02-01 09:00"):
        assert len(since(MADE_UP, at=at)) == 1
    assert len(since(f"{MADE_UP}\n2026-07-08 10:00 anna status: In Progress")) == 1
    assert since(f"{MADE_UP}\n2026-06-08 10:00 anna status: In Progress") == ()


def test_the_quarter_in_which_it_was_owed_does_not_change() -> None:
    def figures(story: str, at: str) -> object:
        tickets = {MARCH: DutyTicket(timeline(story))}
        found = outcomes_at_the_end(UNDER, FIRST, tickets, GLOSSARY, instant(at))
        return section(found).figures

    assert figures(MADE_UP, LATER) == figures(MADE_UP, "2026-04-01 00:00") == figures(MADE, LATER)


def test_what_the_contract_did_not_owe_yet_is_not_made_up_for() -> None:
    assert since(MADE_UP, under=owing(RHYTHM, keys="ends = 2026-12-31")) != ()
    assert since(MADE_UP, under=owing(RHYTHM, "starts = 2026-04-01")) == ()


def section(
    outcomes: tuple[Outcome, ...],
    later: tuple[Outcome, ...] = (),
    *,
    under: Contract = UNDER,
    language: Language = Language.ENGLISH,
) -> Section:
    frame = Frame(
        contract=under,
        period=SECOND,
        as_of=instant(LATER),
        tongue=tongue_for(language),
        redmine="https://redmine.example.com",
    )
    return obligations_section(outcomes, frame, later)


def text(found: Section) -> str:
    return render(Page(found.blocks), "common_mark").replace("\u00a0", " ")


def test_the_section_names_the_quarter_it_belonged_to() -> None:
    found = section((), since(MADE_UP))
    assert "### Made up for since" in text(found)
    assert (
        "| 2026-03-02 | Review of the log files | 2026 Q1 | done late, on 7 April 2026 | #1 |"
        in (text(found))
    )
    assert found.figures["made_up"] == [
        {
            "obligation": "review",
            "day": "2026-03-02",
            "quarter": "2026Q1",
            "done_on": "2026-04-07",
            "ticket": 1,
        }
    ]
    assert [sheet.key for sheet in found.sheets] == ["obligations", "made_up"]


def test_it_is_in_no_count_and_no_key_figure_of_this_quarter() -> None:
    found = section((), since(MADE_UP))
    assert (found.figures["obligations"], found.highlights, found.gaps) == ([], (), ())


def test_a_hidden_ticket_is_not_named() -> None:
    found = section((), since(MADE_UP, hidden=True))
    assert "#1" not in text(found)
    assert "ticket" not in found.figures["made_up"][0]
    assert found.sheets[1].rows[0][-1] is None


def test_what_the_customer_is_not_to_see_is_not_in_it() -> None:
    unseen = owing(RHYTHM, "visible = false")
    found = section((), since(MADE_UP, under=unseen), under=unseen)
    assert (found.blocks, found.figures) == ((), {"obligations": []})


def test_it_speaks_every_language_and_freezes_the_same() -> None:
    made = [section((), since(MADE_UP), language=language) for language in Language]
    assert len({text(one) for one in made}) == len(Language)
    assert all(one.figures == made[0].figures for one in made)
