"""The development budget in a quarter: figures, burn, tickets, thresholds, corrections."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

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
    work("30", "2026-02-10"),
    work("10", "2026-07-10"),
    work("5", "2026-09-30"),
    work("60", "2026-08-10", ticket=2, price="450 000 HUF"),
    work("7", "2026-10-01"),
]
JOBS = [
    job(1, subject="A report"),
    job(2, subject="An import", price="450 000 HUF", done=True, accepted="2026-08-20"),
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
    assert "And 3 on tickets that not every reader of this page may see." in words(said)
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
    assert ("entries", "#2 2026-08", "changed") in changed
    assert ("months", "2026-08", "spent") in changed
    assert not any("2026-07" in path[1] for path in changed if path[0] == "entries")


def test_a_deleted_entry_is_found_by_comparing_figures() -> None:
    entries = [work("2", "2026-07-10"), work("0.01", "2026-07-10")]
    changed = {
        each.path for each in differences(section(entries).figures, section(entries[:1]).figures)
    }
    assert ("entries", "#1 2026-07", "count") in changed


def test_figures_are_the_same_in_whatever_order_and_fit_into_json() -> None:
    one, other = section().figures, section(reversed(ENTRIES), reversed(JOBS)).figures
    assert json.loads(json.dumps(one)) == json.loads(json.dumps(other))


def test_a_contract_without_a_budget_has_nothing_to_say() -> None:
    said = section(under=contract())
    assert (said.blocks, said.figures, said.highlights) == ((), {}, ())
