"""The quarter's credits: each with ticket, promise and clause, raw beside adjusted, capped."""

from __future__ import annotations

from redmine_sla.budget.misses import Miss, Unjudged, misses_of
from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.page import Table, Tone
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.credits import credits_section
from tests.availability.measuring import down
from tests.budget.paying import at_level
from tests.judging import contract, promising
from tests.quarter.deliverables import as_judged, frame, told

BACK = """
[[credits]]
name = "back"
clause = "money back"
clock = "resolution"
percent_of_fee = 10
cap_percent = 15
"""
UNDER = at_level(
    "5x8xNBD", 24, promising("resolution", "8bh"), BACK, top="classification.text_rules = false"
)
# The month costs 600,000 HUF: 60,000 for each late ticket, 90,000 at most.
LATE = """
2026-08-03 09:00 anna opens: Broken
2026-08-04 10:30 eva status: Resolved
"""


def broken(
    *stories: str, under: Contract = UNDER, private: tuple[int, ...] = ()
) -> list[Miss | Unjudged]:
    return [
        one
        for number, story in enumerate(stories, start=101)
        for one in misses_of(as_judged(story, under, number=number, private=number in private))
    ]


def rows(found: Section, at: int) -> list[list[str]]:
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [
        ["".join(getattr(part, "text", "") for part in cell) for cell in row]
        for row in tables[at].rows
    ]


def test_each_month_stands_with_its_fee_and_what_is_owed() -> None:
    found = rows(credits_section(broken(LATE), [], frame(UNDER)), 0)
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in found] == [
        ["July 2026", "HUF 600,000", "HUF 0", "HUF 0"],
        ["August 2026", "HUF 600,000", "HUF 60,000", "HUF 60,000"],
        ["September 2026", "HUF 600,000", "HUF 0", "HUF 0"],
    ]


def test_each_credit_names_ticket_promise_clause_overrun_and_cut() -> None:
    text = told(credits_section(broken(LATE, LATE), [], frame(UNDER))).replace("\u00a0", " ")
    assert "#101" in text
    assert "#102" in text
    assert "Resolution (resolution 8bh)" in text
    assert "1 h 30 min" in text
    assert "10 % of the month's fee for the ticket (money back)" in text
    assert "30,000" in text  # the second is cut by half


def test_a_hidden_tickets_credit_is_in_the_sum_and_not_named() -> None:
    found = credits_section(broken(LATE, LATE, private=(102,)), [], frame(UNDER))
    everything = f"{told(found)} {found.figures} {found.sheets}"
    assert "102" not in everything
    assert found.figures["months"][1]["owed"] == "90000 HUF"
    assert found.figures["months"][1]["on_hidden_tickets"] == 1
    assert "on a ticket that not every reader" in told(found)


def test_once_for_the_month_names_those_it_may_name() -> None:
    under = at_level(
        "5x8xNBD",
        24,
        promising("resolution", "8bh"),
        BACK + 'for_each = "month"',
        top="classification.text_rules = false",
    )
    found = credits_section(broken(LATE, LATE, LATE, under=under, private=(102,)), [], frame(under))
    (row,) = rows(found, 1)
    assert row[0].endswith(", 1 more ticket")
    assert found.figures["months"][1]["credits"][0]["tickets"] == [101, 103]
    assert found.figures["months"][1]["credits"][0]["hidden_tickets"] == 1


def test_availability_is_credited_in_the_month_it_was_missed_in() -> None:
    under = at_level(
        "5x8xNBD",
        24,
        '[availability]\nclause = "availability"\npercent = 97.5',
        '[[credits]]\nname = "up"\nclause = "A"\navailability = true\namount = "5000 HUF"',
    )
    found = credits_section([], [down("2026-07-10 00:00", "2026-07-11 00:00")], frame(under))
    assert [month["owed"] for month in found.figures["months"]] == [
        "5000 HUF",
        "0 HUF",
        "0 HUF",
    ]
    assert "Availability: The system as a whole (availability)" in told(found)


def test_availability_promised_by_quarters_alone_is_credited_in_their_last_month() -> None:
    under = at_level(
        "5x8xNBD",
        24,
        '[availability]\nclause = "A"\npercent = 97.5\nperiods = ["quarter"]',
        '[[credits]]\nname = "up"\nclause = "A"\navailability = true\namount = "5000 HUF"',
    )
    # 56 h of 2,208 h, where 55:12 may be lost, all of it in July
    found = credits_section([], [down("2026-07-10 00:00", "2026-07-12 08:00")], frame(under))
    assert [month["owed"] for month in found.figures["months"]] == ["0 HUF", "0 HUF", "5000 HUF"]


def test_what_nobody_could_measure_is_listed() -> None:
    under = at_level(
        "5x8xNBD",
        24,
        promising("arrival", "3bh"),
        BACK.replace("resolution", "arrival"),
        top="classification.text_rules = false",
    )
    story = """
    2026-08-03 09:00 anna opens: Come
               09:30 eva  field Visit ordered at = 2026-08-03 09:30
               12:00 eva  status: Resolved
    """
    found = credits_section(broken(story, under=under), [], frame(under))
    assert "No credit is owed." in told(found)
    assert "Not measured, and so without a credit" in told(found)
    assert found.figures["months"][1]["not_measured"] == [{"ticket": 101, "clock": "arrival"}]


def test_a_contract_without_credits_has_no_such_section() -> None:
    assert credits_section([], [], frame(contract())).blocks == ()


def test_the_figures_are_the_same_in_every_language() -> None:
    english, kazakh = (
        credits_section(broken(LATE), [], frame(UNDER, language=language)).figures
        for language in (Language.ENGLISH, Language.KAZAKH)
    )
    assert english == kazakh


def test_a_month_that_has_not_begun_is_not_stated() -> None:
    found = credits_section(broken(LATE), [], frame(UNDER, at="2026-08-20 09:00"))
    assert [month["month"] for month in found.figures["months"]] == ["2026-07", "2026-08"]


def test_the_first_figure_is_good_only_where_nothing_more_can_be_owed() -> None:
    (none,) = credits_section([], [], frame(UNDER)).highlights
    assert (none.value, none.note, none.tone) == ("HUF\u00a00", "", Tone.GOOD)
    (owed,) = credits_section(broken(LATE), [], frame(UNDER)).highlights
    assert (owed.value, owed.tone) == ("HUF\u00a060,000", Tone.BAD)


def test_a_credit_of_a_fee_nobody_knows_is_no_zero() -> None:
    unpriced = contract(
        "classification.text_rules = false", 'vat = "net"', promising("resolution", "8bh"), BACK
    )
    (figure,) = credits_section(broken(LATE, under=unpriced), [], frame(unpriced)).highlights
    assert (figure.value, figure.tone) == ("at least HUF\u00a00", Tone.WARNING)


def test_a_promise_nobody_could_measure_is_told_beside_the_sum() -> None:
    visits = at_level(
        "5x8xNBD",
        24,
        promising("arrival", "3bh"),
        BACK.replace("resolution", "arrival"),
        top="classification.text_rules = false",
    )
    story = """
    2026-08-03 09:00 anna opens: Come
               09:30 eva  field Visit ordered at = 2026-08-03 09:30
               12:00 eva  status: Resolved
    """
    (figure,) = credits_section(broken(story, under=visits), [], frame(visits)).highlights
    assert (figure.value, figure.note, figure.tone) == (
        "HUF\u00a00",
        "1 promise could not be measured",
        Tone.WARNING,
    )


def test_where_hours_count_it_says_to_which_month_each_belongs() -> None:
    hourly = at_level(
        "5x8xNBD",
        24,
        promising("resolution", "8bh"),
        BACK + 'for_each = "hour"',
        top="classification.text_rules = false",
    )
    # due Fri 31 July 17:00, done Mon 3 August 10:30: one started hour in July, one in August
    over_the_edge = """
    2026-07-31 09:00 anna opens: Broken
    2026-08-03 10:30 eva status: Resolved
    """
    found = credits_section(broken(over_the_edge, under=hourly), [], frame(hourly))
    assert [[one["times"] for one in month["credits"]] for month in found.figures["months"]] == [
        [1],
        [1],
        [],
    ]
    assert "it belongs to the month in which it began" in told(found)
    assert "in which it began" not in told(credits_section([], [], frame(UNDER)))
    assert "after the contract's last month" not in told(found)


def test_what_broke_after_the_contracts_last_day_is_told_in_its_last_month() -> None:
    ending = at_level(
        "5x8xNBD",
        24,
        promising("resolution", "8bh"),
        BACK + 'for_each = "hour"',
        top="classification.text_rules = false\nends = 2026-08-10",
    )
    # 2 h of Monday the 10th, 6 h of Tuesday: due on the 11th at 15:00. Until Friday, 4 September,
    # 10:00, there are 2 h, 8 h on each of 15 working days (20 and 21 August are off), and 1 h
    outlived = """
    2026-08-10 15:00 anna opens: Broken
    2026-09-04 10:00 eva status: Resolved
    """
    found = credits_section(broken(outlived, under=ending), [], frame(ending))
    july, august = found.figures["months"]
    assert july["credits"] == []
    (credit,) = august["credits"]
    assert (credit["broken"], credit["times"]) == ("2026-08-11T13:00:00Z", 123)
    text = told(found)
    assert "What was broken after the contract's last day belongs to the contract's last month" in (
        text
    )
    assert "The hours that begin after the contract's last month belong to that month" in text
