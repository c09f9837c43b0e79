"""The development budget in a quarter: figures, burn, tickets, thresholds, corrections."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from redmine_sla.budget import Job, Work
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Figure, LineChart
from redmine_sla.quarter.differences import differences
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.budget import budget_section
from tests.budget.booking import BUDGET, job, work
from tests.judging import contract
from tests.quarter.deliverables import frame, told

A_YEAR = contract(
    "ends = 2026-12-31",
    BUDGET,
    "fixed_price_field = 'price'",
    "[[development.rates]]\nper_hour = '18 000 HUF'",
)
# Limit 1 800 000. To June 30 h, 540 000; July 10 h, September 5 h; #2 at 450 000 in August.
ENTRIES = [
    work("20", "2026-02-10"),
    work("10", "2026-02-10", ticket=3),
    work("6", "2026-07-10"),
    work("4", "2026-07-10", ticket=3),
    work("3", "2026-09-30"),
    work("2", "2026-09-30", ticket=3),
    work("60", "2026-08-10", ticket=2, price="450 000 HUF"),
    work("7", "2026-10-01"),
]
JOBS = [
    job(1, subject="A report"),
    job(2, subject="An import", price="450 000 HUF", done=True, accepted="2026-08-20"),
    job(3, subject="A list"),
]


def section(
    entries: Iterable[Work] = ENTRIES,
    jobs: Iterable[Job] = JOBS,
    *,
    under: Contract = A_YEAR,
    quarter: str = "2026Q3",
    at: str = "2026-10-05 09:00",
    stated: datetime | None = None,
) -> Section:
    return budget_section(frame(under, quarter, at=at), iter(entries), iter(jobs), stated=stated)


def words(said: Section) -> str:
    return told(said).replace("\u00a0", " ")


def test_the_quarter_ends_with_limit_used_remaining_and_accepted() -> None:
    # 45 h x 18 000 + 450 000 = 1 260 000; October's 7 h are not in it.
    figures = section().figures
    assert section().content is Content.BUDGET
    assert (figures["limit"], figures["spent"], figures["remaining"], figures["accepted"]) == (
        "1800000 HUF",
        "1260000 HUF",
        "540000 HUF",
        "450000 HUF",
    )
    said = words(section())
    assert "HUF 1,260,000 of HUF 1,800,000 used (70 %), HUF 540,000 left." in said
    assert "of the limit HUF 1,350,000 not accepted yet" in said
    assert section().highlights[0].value.replace("\u00a0", " ") == "HUF 1,260,000"


def test_the_months_add_up_to_the_sum() -> None:
    months = section().figures["months"]
    assert [one["spent"] for one in months if one["spent"] != "0 HUF"] == [
        "540000 HUF",
        "180000 HUF",
        "450000 HUF",
        "90000 HUF",
    ]
    assert months[-1]["by_its_end"] == section().figures["spent"]
    said = words(section())
    assert "| July 2026 | HUF 180,000 | HUF 720,000 |" in said
    assert "February 2026" not in said


def test_months_of_one_ticket_by_time_stand_in_one_sum() -> None:
    # Alone each would tell what that ticket cost: February #1, July #3, September #1.
    alone = [work("20", "2026-02-10"), work("4", "2026-07-10", ticket=3), work("3", "2026-09-30")]
    said = section(alone, [])
    assert [
        (one.get("first_month"), one["month"], one["spent"]) for one in said.figures["months"]
    ] == [
        (None, "2026-01", "0 HUF"),
        ("2026-02", "2026-09", "486000 HUF"),
    ]
    assert "| 1 February 2026 – 30 September 2026 | HUF 486,000 | HUF 486,000 |" in words(said)
    assert "Months stand in one sum where one ticket alone was worked on" in words(said)
    assert "in one sum" not in words(section())


def test_a_forecast_from_one_tickets_time_is_not_told() -> None:
    entries = [work("20", "2026-02-10"), work("1", "2026-02-10", ticket=3), work("9", "2026-08-10")]
    assert section(entries).figures["forecast"] is None
    assert "No forecast is told here" in words(section(entries))


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ((), "0 HUF"),
        ((1,), None),  # #1 alone
        ((1, 3), None),  # #4 alone is not
        ((1, 3, 4), "108000 HUF"),  # all: what is used is told anyway
    ],
)
def test_what_is_accepted_by_time_is_told_only_of_several_tickets(
    accepted: tuple[int, ...], told: str | None
) -> None:
    entries = [work(str(number), "2026-07-10", ticket=number) for number in (1, 3, 4)]
    entries[1:] = [work("2", "2026-07-10", ticket=3), work("3", "2026-07-10", ticket=4)]
    jobs = [job(n, accepted="2026-08-01" if n in accepted else "") for n in (1, 3, 4)]
    said = section(entries, jobs)
    assert said.figures["accepted"] == told
    assert said.figures["accepted_at_agreed_prices"] == "0 HUF"
    assert ("Accepted at agreed prices" in words(said)) is (told is None)


@pytest.mark.parametrize("at", ["2026-07-10 09:00", "2026-09-30 09:00"])
def test_a_draft_takes_the_future_for_no_past(at: str) -> None:
    # 30 h of 10 000 HUF in each month from April to June.
    entries = [
        work("15", f"2026-0{month}-10", ticket=ticket) for month in (4, 5, 6) for ticket in (1, 3)
    ]
    entries += [work("1", "2026-07-03"), work("1", "2026-07-03", ticket=3)]
    said = section(entries, [], at=at)
    day = "10 July 2026" if at.startswith("2026-07") else "30 September 2026"
    assert f"by {day}." in next(one.told for one in said.blocks if isinstance(one, Figure))
    average = "540000 HUF" if at.startswith("2026-07") else "12000 HUF"
    assert said.figures["forecast"]["average_a_month"] == average
    last = "2026-07" if at.startswith("2026-07") else "2026-09"
    assert said.figures["months"][-1]["month"] == last


def test_a_month_stands_in_the_quarter_in_which_it_ends() -> None:
    own = contract(
        "ends = 2026-12-31",
        BUDGET,
        "[[development.rates]]\nper_hour = '18 000 HUF'",
        "[quarter]\nclause = 'q'\nkind = 'contract'",
    ).model_copy(update={"starts": date(2026, 2, 15)})
    entries = [
        work("1", day, ticket=ticket) for day in ("2026-05-10", "2026-05-20") for ticket in (1, 3)
    ]
    stated = {
        quarter: [line for line in words(section(entries, under=own, quarter=quarter)).splitlines()
                  if line.startswith("| May 2026")]
        for quarter in ("2026Q1", "2026Q2")
    }  # fmt: skip
    assert stated == {"2026Q1": [], "2026Q2": ["| May 2026 | HUF 72,000 | HUF 72,000 |"]}


def test_a_done_ticket_with_its_price_still_to_come_is_listed() -> None:
    said = section([], [job(2, subject="An import", price="450 000 HUF", done=True)])
    assert "| #2 | An import | HUF 450,000 | done, not accepted yet |" in words(said)


def test_the_forecast_stands_with_its_basis() -> None:
    # July to September: 720 000, 240 000 a month; 1 260 000 + 3 x 240 000 = 1 980 000.
    said = words(section())
    assert (
        "If spending goes on as in the last 3 full months, on average HUF 240,000 a month, "
        "HUF 1,980,000 will be used by 31 December 2026. "
        "The limit is then reached in December 2026."
    ) in said
    assert section().figures["forecast"]["limit_reached_in"] == "2026-12"


def test_the_burn_chart_stands_in_the_section() -> None:
    (figure,) = (block for block in section().blocks if isinstance(block, Figure))
    assert isinstance(figure.chart, LineChart)
    assert figure.name == "budget"


def test_tickets_have_agreed_prices_and_states_but_no_amount_by_time() -> None:
    said = words(section())
    assert "| #1 | A report | by time | open |" in said
    assert "| #2 | An import | HUF 450,000 | accepted on 20 August 2026 |" in said


def test_tickets_that_did_not_move_in_the_quarter_are_left_to_the_sheet() -> None:
    jobs = [
        job(1, subject="Open still"),
        job(2, subject="Done in spring", done=True),
        job(3, subject="Accepted now", done=True, accepted="2026-07-02"),
        job(4, subject="Worked on now", done=True),
    ]
    entries = [work("1", "2026-03-01", ticket=number) for number in (1, 2, 3)]
    said = section([*entries, work("1", "2026-09-30", ticket=4)], jobs)
    assert "Done in spring" not in words(said)
    for subject in ("Open still", "Accepted now", "Worked on now"):
        assert subject in words(said)
    assert [row[0] for row in said.sheets[1].rows] == [1, 2, 3, 4]


def test_hidden_and_unknown_tickets_are_counted_and_not_named() -> None:
    said = section(
        [*ENTRIES, work("1", "2026-07-01", ticket=3), work("1", "2026-07-01", ticket=None)],
        [job(1, subject="A report"), job(2, subject="Secret", price="450 000 HUF", hidden=True)],
    )
    assert "And 2 on tickets that not every reader of this page may see." in words(said)
    assert "And time booked on no ticket." in words(said)
    assert "no ticket" not in words(section())
    assert "Secret" not in words(said)
    assert "#2" not in words(said)
    assert {row.get("ticket") for row in said.figures["entries"]} == {1, None}
    assert said.figures["tickets"] == []
    assert [row[0] for row in said.sheets[1].rows] == [1]


def test_thresholds_and_the_limit_exceeded_are_clear() -> None:
    said = section([*ENTRIES, work("30.01", "2026-09-15")])
    assert "75 % of the limit reached on 15 September 2026." in words(said)
    assert "**HUF 1,800,180 of HUF 1,800,000 used (100 %): over the limit by HUF 180.**" in words(
        said
    )
    assert said.figures["over"]
    assert not section([*ENTRIES, work("30", "2026-09-15")]).figures["over"]


def test_an_amendment_in_mid_quarter_states_the_limit_at_its_end() -> None:
    raised = contract(
        "ends = 2026-12-31",
        BUDGET,
        "[[development.rates]]\nper_hour = '18 000 HUF'",
        "[[amendments]]\nfrom = 2026-08-15\nnote = 'more'\ncontract_sum = '16 000 000 HUF'",
    )
    assert section(under=raised, quarter="2026Q2").figures["limit"] == "1800000 HUF"
    assert section(under=raised).figures["limit"] == "2400000 HUF"


def test_a_contract_that_ends_in_mid_quarter_is_stated_to_its_last_day() -> None:
    ending = contract("ends = 2026-08-20", BUDGET, "[[development.rates]]\nper_hour = '18 000 HUF'")
    entries = [work("1", "2026-08-20"), work("2", "2026-08-21")]
    said = section(entries, under=ending)
    assert (said.figures["spent"], said.figures["forecast"]) == ("18000 HUF", None)
    assert "will be used by" not in words(said)


def test_what_was_booked_after_the_instant_of_knowledge_is_not_in_it() -> None:
    late = work("1", "2026-09-30", booked="2026-10-06 12:00")
    assert section([late], []).figures["spent"] == "0 HUF"
    assert section([late], [], at="2026-10-07 09:00").figures["spent"] == "18000 HUF"


def test_corrections_of_earlier_months_are_named_without_hours() -> None:
    entries = [
        work("13.37", "2026-05-10", booked="2026-07-20 08:00"),
        work("1", "2026-06-10", changed="2026-07-21 08:00"),
        work("1", "2026-06-11", ticket=2, changed="2026-07-21 08:00"),
        work("1", "2026-06-12", changed="2026-06-30 08:00"),
    ]
    said = section(entries, [job(1), job(2, hidden=True)])
    assert "Corrections of earlier months" in words(said)
    assert "| May 2026 | #1 | 1 |  |" in words(said)
    assert "| June 2026 | #1 |  | 1 |" in words(said)
    assert said.figures["late_entries"] == [
        {"ticket": 1, "month": "2026-05", "booked_late": 1, "changed_late": 0},
        {"ticket": 1, "month": "2026-06", "booked_late": 0, "changed_late": 1},
        {"month": "2026-06", "booked_late": 0, "changed_late": 1},
    ]
    later = datetime(2026, 7, 20, 9, tzinfo=UTC)
    assert len(section(entries, stated=later).figures["late_entries"]) == 2
    assert "Corrections" not in words(section())


def test_a_change_of_a_past_entry_is_found_by_comparing_figures() -> None:
    before = section([work("2", "2026-07-10"), work("3", "2026-08-10", ticket=2)]).figures
    after = section(
        [work("2", "2026-07-10"), work("4", "2026-08-10", ticket=2, changed="2026-10-04 08:00")]
    ).figures
    changed = {each.path for each in differences(before, after)}
    assert ("entries", "#2 · 2026-08", "changed") in changed
    assert ("months", "2026-08", "spent") in changed
    assert not any("2026-07" in path[1] for path in changed if path[0] == "entries")


def test_a_deleted_entry_is_found_by_comparing_figures() -> None:
    entries = [work("2", "2026-07-10"), work("0.01", "2026-07-10")]
    changed = {
        each.path for each in differences(section(entries).figures, section(entries[:1]).figures)
    }
    assert ("entries", "#1 · 2026-07", "count") in changed


def test_figures_are_the_same_in_whatever_order_and_fit_into_json() -> None:
    one, other = section().figures, section(reversed(ENTRIES), reversed(JOBS)).figures
    assert json.loads(json.dumps(one)) == json.loads(json.dumps(other))


def test_a_contract_without_a_budget_has_nothing_to_say() -> None:
    said = section(under=contract())
    assert (said.blocks, said.figures, said.highlights) == ((), {}, ())
