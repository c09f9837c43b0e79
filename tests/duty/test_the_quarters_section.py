"""The section of the deliverable on obligations.

Owed each second Tuesday from 6 January: in March 2026 on the 3rd, 17th and 31st.
"""

from __future__ import annotations

from collections.abc import Mapping

from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.duty import DutyTicket, outcomes
from redmine_sla.language import tongue_for
from redmine_sla.page import Page, Tone, render
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.obligations import obligations_section
from tests.duty.telling import owing, period
from tests.judging import GLOSSARY, timeline
from tests.notation import instant

REDMINE = "https://redmine.example.com"
RHYTHM = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
SINCE = "starts = 2026-01-06"
UNDER = owing(RHYTHM, SINCE)
MARCH = period("2026-03-01", "2026-03-31")
MADE = "2026-02-24 06:00 bot opens: Review\n"
IN_TIME = MADE + "2026-03-03 10:00 eva says: All well; status: Resolved"
DAY_LATE = MADE + "2026-03-18 10:00 eva says: All well; status: Resolved"
THIRD, SEVENTEENTH, LAST = (f"acme/review/2026-03-{day}" for day in ("03", "17", "31"))


def section(
    stories: Mapping[str, str],
    *,
    under: Contract = UNDER,
    at: str = "2026-04-01 12:00",
    hidden: tuple[str, ...] = (),
    language: Language = Language.ENGLISH,
) -> Section:
    tickets = {
        key: DutyTicket(timeline(story, number=number), key in hidden)
        for number, (key, story) in enumerate(stories.items(), start=1)
    }
    as_of = instant(at)
    frame = Frame(
        contract=under, period=MARCH, as_of=as_of, tongue=tongue_for(language), redmine=REDMINE
    )
    return obligations_section(outcomes(under, MARCH, tickets, GLOSSARY, as_of), frame)


def text(found: Section) -> str:
    return render(Page(found.blocks), "common_mark")


def test_it_counts_by_obligation_and_links_each_number_to_its_tickets() -> None:
    found = section({THIRD: IN_TIME, SEVENTEENTH: DAY_LATE, LAST: MADE})
    (obligation,) = found.figures["obligations"]
    assert obligation["states"] == {"done": 1, "late": 2}
    (row,) = (row for row in text(found).splitlines() if row.startswith("| Review of"))
    assert [cell.partition("?")[0] for cell in cells(row)[2:]] == [
        f"[{number}](https://redmine.example.com/issues" for number in (3, 1, 2)
    ]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_obligations_stand_in_the_order_of_the_contract() -> None:
    backup = (
        '[[obligations]]\nname = "backup"\ntitle = "Data backup"\nclause = "B"\n'
        f'rhythm = "{RHYTHM}"\n{SINCE}\n'
    )
    rows = text(section({}, under=owing(RHYTHM, SINCE, also=backup))).splitlines()[4:6]
    assert [cells(row)[0] for row in rows] == ["Review of the log files", "Data backup"]


def test_what_is_missed_often_is_one_gap_with_its_number() -> None:
    daily = owing("FREQ=DAILY", 'working_day_rule = "skip"')
    missed = {
        f"acme/review/2026-03-{day:02}": "2026-03-01 06:00 bot opens: Review\n"
        for day in (2, 3, 4, 5)
    }
    assert section(missed, under=daily).gaps == (
        "Review of the log files was missed 4 times, from 2 March 2026 to 5 March 2026.",
    )


def test_the_longest_quarter_fits_a_page() -> None:
    also = "".join(
        f'[[obligations]]\nname = "review-{number}"\ntitle = "Review"\nclause = "A"\n'
        'rhythm = "FREQ=DAILY"\n'
        for number in range(9)
    )
    found = section({}, under=owing("FREQ=DAILY", also=also))
    # 10 obligations on each of March's 22 working days, none of them with a ticket: 220
    assert "20 more stand in the spreadsheet." in text(found)
    assert len(found.sheets[0].rows) == 220


def test_what_was_not_in_time_is_told_with_its_reason() -> None:
    waived = MADE + "2026-03-16 10:00 anna says: Not now; status: Rejected"
    closed = MADE + "2026-03-31 10:00 eva status: Closed"
    told = text(section({THIRD: DAY_LATE, SEVENTEENTH: waived, LAST: closed}))
    assert "done late, on 18 March 2026" in told.replace("\u00a0", " ")
    assert "waived by the customer | agreed by Anna Kiss | #2" in told
    assert "not done | no note says what was done | #3" in told


def test_a_missed_one_is_a_gap_and_colours_the_key_figure() -> None:
    missed = section({THIRD: MADE, SEVENTEENTH: MADE, LAST: MADE}, at="2026-03-31 12:00")
    assert missed.gaps == (
        "Review of the log files of 3 March 2026 was missed.",
        "Review of the log files of 17 March 2026 was missed.",
    )
    (highlight,) = missed.highlights
    assert (highlight.value, highlight.tone) == ("0 of 2", Tone.BAD)  # the 31st is still due
    (well,) = section({THIRD: IN_TIME}, at="2026-03-04 12:00").highlights
    assert (well.value, well.tone) == ("1 of 1", Tone.GOOD)


def test_what_nobody_recorded_is_neither_kept_nor_missed() -> None:
    found = section({THIRD: IN_TIME})
    assert found.figures["obligations"][0]["states"] == {"done": 1, "unmeasured": 2}
    assert found.gaps == ()
    (highlight,) = found.highlights
    assert (highlight.value, highlight.tone) == ("1 of 3", Tone.WARNING)
    assert "not recorded | there is no ticket for it" in text(found)


def test_waiting_for_a_contacts_confirmation_is_told_and_not_counted_as_done() -> None:
    under = owing(RHYTHM, SINCE, "confirmed_by_contact = true")
    found = section({THIRD: IN_TIME}, under=under)
    assert found.figures["obligations"][0]["states"]["due"] == 1
    told = text(found).replace("\u00a0", " ")
    # what the outcome says is no reason
    assert "done on 3 March 2026, to be confirmed by a contact |  | #1" in told
    head, _, row = (cells(one) for one in told.splitlines()[2:5])
    assert head[2:] == ["Owed", "To be confirmed", "Not recorded"]
    assert [cell[:3] for cell in row[2:]] == ["3", "[1]", "2"]
    (highlight,) = found.highlights
    assert (highlight.value, highlight.note) == ("0 of 2", "1 to be confirmed")


def test_a_hidden_ticket_is_counted_and_never_named() -> None:
    found = section({THIRD: IN_TIME, SEVENTEENTH: DAY_LATE}, hidden=(THIRD, SEVENTEENTH))
    assert found.figures["obligations"][0]["states"]["late"] == 1
    written = f"{text(found)}{found.figures}{found.sheets}"
    assert "#2" not in written
    assert "issues?" not in written
    assert "'ticket': 1" not in written
    assert "'ticket': 2" not in written


def test_what_the_customer_is_not_to_see_is_not_in_it() -> None:
    unseen = owing(RHYTHM, SINCE, "visible = false")
    found = section({THIRD: IN_TIME}, under=unseen)
    assert found.figures == {"obligations": []}
    assert found.sheets[0].rows == ()
    assert found.blocks == ()
    assert found.highlights == ()


def test_a_period_in_which_nothing_was_owed_says_so() -> None:
    yearly = owing("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1")
    assert "Nothing was owed in this period." in text(section({}, under=yearly))


def test_the_sheet_has_a_row_for_each_and_the_figures_are_the_same_in_every_language() -> None:
    stories = {THIRD: IN_TIME, SEVENTEENTH: DAY_LATE}
    english = section(stories)
    assert [str(row[0]) for row in english.sheets[0].rows] == [
        "2026-03-03",
        "2026-03-17",
        "2026-03-31",
    ]
    for language in Language:
        assert section(stories, language=language).figures == english.figures
