"""Which promises were kept, as the customer reads it each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from redmine_sla.page import BarChart, ColumnChart, Figure, Line, LineChart, Link, Table, line
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.service_levels import service_levels_section
from redmine_sla.quarter.service_level_charts import TrendPoint, trend_point
from redmine_sla.report.promise import Promise
from tests.judging import contract, promising
from tests.quarter.deliverables import frame, told
from tests.quarter.kept_promises import HOSTILE, called, hiding, promises

# 2026-07-06 is a Monday. Response within 4, resolution within 8 business hours.
KEPT = """
2026-07-06 09:00 anna opens: Printer; field SLA class = user
           10:00 eva  says: We look into it
           15:00 eva  status: Resolved
"""
BROKEN = """
2026-07-07 09:00 anna opens: Scanner
           15:00 ivan says: We look into it
2026-07-08 15:00 ivan status: Resolved
"""
FOR_ALL = """
2026-07-09 09:00 eva  opens: Network; field Channel = phone; field SLA class = infrastructure
           09:30 eva  says: We look into it
           10:00 eva  status: Resolved
"""
NEXT_QUARTER = "2026-10-01 09:00 anna opens: Copier\n 09:30 eva status: Resolved"
ALL = (KEPT, BROKEN, FOR_ALL, NEXT_QUARTER)

Chart = TypeVar("Chart")


def section(found: list[Promise], trend: Sequence[TrendPoint] = ()) -> Section:
    return service_levels_section(found, frame(), quarter="2026 Q3", trend=trend)


def chart(said: Section, kind: type[Chart]) -> Chart:
    (found,) = (
        block.chart
        for block in said.blocks
        if isinstance(block, Figure) and isinstance(block.chart, kind)
    )
    return found


def table(said: Section) -> Table:
    return next(block for block in said.blocks if isinstance(block, Table))


def test_a_table_by_clock_and_class_with_the_targets() -> None:
    text = told(section(promises(*ALL)))
    # user: 1 of 2 answered in 4 h, 1 of 2 done in 8; infrastructure: both kept
    assert "| **Response** | user | 4 business hours |" in text
    assert "| 50\u00a0% |" in text
    assert "|  | infrastructure | 4 business hours |" in text
    assert "| **Resolution** | user | 8 business hours |" in text
    assert "Copier" not in text


def test_its_figures_are_the_same_in_every_language() -> None:
    rows = section(promises(*ALL)).figures["clocks"]
    assert [(row["clock"], row["class"], row["kept"], row["broken"]) for row in rows] == [
        ("response", "user", 1, 1),
        ("response", "infrastructure", 1, 0),
        ("resolution", "user", 1, 1),
        ("resolution", "infrastructure", 1, 0),
    ]
    assert rows[0]["kept_share"] == "0.500000"
    assert rows[0]["without_exclusions"]["kept_share"] == "0.500000"


def test_each_number_leads_to_its_tickets() -> None:
    row = table(section(promises(*ALL))).rows[0]
    (kept,) = linked_in(row[3])
    (broken,) = linked_in(row[4])
    assert (kept.text, broken.text) == ("1", "1")
    assert "issue_id%5D%5B%5D=1&" in kept.address
    assert "issue_id%5D%5B%5D=2&" in broken.address


def linked_in(cell: Line) -> list[Link]:
    return [part for part in cell if isinstance(part, Link)]


def test_hidden_tickets_are_counted_and_not_linked() -> None:
    said = section(hiding(promises(*ALL), 2))
    row = table(said).rows[0]
    assert linked_in(row[3])
    assert row[4] == line("1")
    assert {row[0] for row in said.sheets[1].rows} == {1, 3}


def test_key_figures_say_how_many_of_how_many() -> None:
    (highlight,) = section(promises(*ALL)).highlights
    # 4 kept of 6 judged is 66.66…, cut
    assert (highlight.value, highlight.note) == ("66.6\u00a0%", "4 of 6")


def test_compliance_is_drawn_in_percent() -> None:
    drawn = chart(section(promises(*ALL)), BarChart)
    assert drawn.categories[0] == "Response: user"
    assert drawn.series[0].values == (Decimal(50), Decimal(100), Decimal(50), Decimal(100))
    assert drawn.series[1].values == (Decimal(50), Decimal(0), Decimal(50), Decimal(0))


def test_answers_are_drawn_by_how_much_of_the_target_they_took() -> None:
    drawn = chart(section(promises(*ALL)), ColumnChart)
    in_time, late = drawn.series
    # half an hour and one hour of 4 are up to 25 %; 6 of 4 are up to 200 %
    assert in_time.values == (Decimal(2), Decimal(0), Decimal(0), Decimal(0), None, None)
    assert late.values == (None, None, None, None, Decimal(1), Decimal(0))


def test_the_trend_takes_earlier_quarters_from_their_frozen_figures() -> None:
    earlier = trend_point("2026 Q2", section(promises(KEPT, BROKEN)).figures)
    drawn = chart(section(promises(KEPT), [earlier]), LineChart)
    assert drawn.points == ("2026 Q2", "2026 Q3")
    assert {each.name: each.values for each in drawn.series} == {
        "Response": (Decimal(50), Decimal(100)),
        "Resolution": (Decimal(50), Decimal(100)),
    }


def test_a_single_quarter_is_no_trend() -> None:
    kinds = [
        type(block.chart) for block in section(promises(KEPT)).blocks if isinstance(block, Figure)
    ]
    assert LineChart not in kinds


def test_severities_have_a_table_of_their_own() -> None:
    graded = contract(
        "classification.text_rules = false",
        promising("resolution", "2bh", severity="critical"),
        promising("resolution", "8bh"),
    )
    story = """
    2026-07-06 09:00 eva opens: ERP is down; field Channel = phone; field SLA severity = critical
               15:00 eva status: Resolved
    """
    said = service_levels_section(
        promises(story, KEPT, under=graded), frame(graded), quarter="2026 Q3"
    )
    text = told(said)
    assert "| **Resolution** | user | 2 business hours and 8 business hours |" in text
    assert "| **Resolution** | critical | 2 business hours |" in text
    assert said.figures["severities"][0]["broken"] == 1


def test_a_quarter_without_promises_says_so() -> None:
    said = section([])
    assert "No promise was decided in this period." in told(said)
    assert said.highlights == ()


def test_hostile_subjects_are_only_words() -> None:
    said = section(called(promises(*ALL), HOSTILE))
    assert "script" not in told(said)
    assert said.sheets[1].rows[0][1] == HOSTILE  # typed as text; the press writes it as text
