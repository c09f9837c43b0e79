"""Hours booked in a quarter where the contract promises to tell them, and includes none.

(Profiles outsourced-it and help-desk: the service record, automatic reports and statistics.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.budget import Job, Work
from redmine_sla.contract import Contract, Language
from redmine_sla.quarter.differences import differences
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.hours import hours_section
from tests.budget.booking import job, work
from tests.contract.offers import offer
from tests.judging import contract
from tests.quarter.deliverables import frame, told

PROMISED = "[quarter]\nclause = 'automatic reports'\ncontents = ['hours']"
QUARTERS = """
    [time]
    clause = "at least 0.25 h"
    minimum = 0.25
    unit = 0.25
    exempt_activities = ["Phone information"]
"""
HELP_DESK = contract(QUARTERS, PROMISED)
AS_BOOKED = contract(PROMISED)
ENTRIES = [
    work("1", "2026-06-30", activity="Support"),  # of the quarter before
    work("0.1", "2026-07-01", activity="Support"),  # counts 0.25
    work("1.3", "2026-07-31", activity="Support", ticket=2),  # counts 1.5
    work("0.05", "2026-07-15", activity="Phone information", ticket=2),
    work("2", "2026-09-30", activity="Support"),
    work("0.6", "2026-09-01", activity="Support", ticket=None),  # counts 0.75
    work("1", "2026-10-01", activity="Support"),  # of the next
]
JOBS = [job(1, subject="Slow mail"), job(2, subject="Payroll", hidden=True)]


def section(
    entries: Iterable[Work] = ENTRIES,
    jobs: Iterable[Job] = JOBS,
    *,
    under: Contract = HELP_DESK,
    at: str = "2026-10-05 09:00",
    language: Language = Language.ENGLISH,
) -> Section:
    return hours_section(frame(under, "2026Q3", at=at, language=language), iter(entries), jobs)


def words(said: Section) -> str:
    return told(said).replace("\u00a0", " ")


def by_activity(said: Section) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in said.figures["time_booked"]["activities"]]


def sheet(said: Section, key: str) -> list[tuple[object, ...]]:
    (found,) = (one for one in said.sheets if one.key == key)
    return [tuple(row) for row in found.rows]


def test_hours_are_told_by_month_and_activity_as_booked_and_as_counted() -> None:
    # July: 0.1 + 1.3 = 1.4, counted 0.25 + 1.5 = 1.75. September: 2 + 0.6, counted 2 + 0.75.
    assert by_activity(section()) == [
        ("2026-07", "Phone information", "0.05", "0.05"),
        ("2026-07", "Support", "1.4", "1.75"),
        ("2026-09", "Support", "2.6", "2.75"),
    ]


def test_each_month_stands_with_its_sum() -> None:
    said = words(section())
    assert "Month | Activity | Booked | Counted" in said
    assert "| **July 2026** |  | **1.45 h** | **1.8 h** |" in said
    assert "|  | Phone information | 0.05 h | 0.05 h |" in said
    assert "| **September 2026** |  | **2.6 h** | **2.75 h** |" in said
    assert "August" not in said


def test_the_quarters_sum_stands_at_the_top_of_the_deliverable() -> None:
    (figure,) = section().highlights
    # 1.45 + 2.6 booked, 1.8 + 2.75 counted.
    assert figure.label == "Time booked"
    assert (figure.value, figure.note) == ("4.05\u00a0h", "counted: 4.55\u00a0h")


def test_without_time_rules_hours_are_told_as_booked() -> None:
    said = section(under=AS_BOOKED)
    assert "Counted" not in words(said)
    assert "| **July 2026** |  | **1.45 h** |" in words(said)
    assert said.highlights[0].note == ""
    assert sheet(said, "booked_hours")[0] == ("2026-07", "Phone information", Decimal("0.05"))


def test_the_spreadsheet_has_each_ticket_and_adds_up() -> None:
    rows = sheet(section(), "booked_hours_by_ticket")
    # Ticket 1: 0.1 and 2, counted 0.25 and 2. Ticket 2: 1.3 and 0.05, counted 1.5 and 0.05.
    assert rows == [
        (1, "Slow mail", Decimal("2.1"), Decimal("2.25")),
        (None, "on tickets that are not public", Decimal("1.35"), Decimal("1.55")),
        (None, "no ticket", Decimal("0.6"), Decimal("0.75")),
    ]


def test_hidden_tickets_are_counted_and_never_named() -> None:
    said = section()
    assert "Payroll" not in words(said) + str(said.sheets) + str(said.figures)
    rows = [
        (row.get("ticket"), row["month"], row["booked_hours"], row["entries"])
        for row in said.figures["time_booked"]["tickets"]
    ]
    assert rows == [
        (1, "2026-07", "0.1", 1),
        (1, "2026-09", "2", 1),
        (None, "2026-07", "1.35", 2),
        (None, "2026-09", "0.6", 1),
    ]


def test_hours_with_a_price_are_not_among_them() -> None:
    under = contract(
        'contract_sum = "12 000 000 HUF"\nvat = "net"',
        QUARTERS,
        """
        [development]
        percent = 15
        clause = "E"
        counts = { trackers = "Feature" }
        [[development.rates]]
        per_hour = "18 000 HUF"
        """,
        PROMISED,
    )
    entries = [
        work("3.17", "2026-08-10", activity="Support"),
        work("0.13", "2026-08-11", activity="Support", ticket=2),
        work("1.5", "2026-08-12", activity="Support", tracker="Bug", ticket=3),
    ]
    said = section(entries, [*JOBS, job(3)], under=under)
    assert by_activity(said) == [("2026-08", "Support", "1.5", "1.5")]
    everything = words(said) + str(said.sheets) + str(said.figures)
    # 3.25 and 0.25 is what the two features would count, 4.8 and 5 would be all hours.
    assert not any(hours in everything for hours in ("3.17", "0.13", "3.25", "0.25", "4.8", "'5'"))
    assert "Work booked on the development budget is not counted here." in words(said)


def test_a_day_with_an_allowance_is_the_allowances() -> None:
    under = contract(
        PROMISED,
        """
        [[amendments]]
        from = 2026-08-15
        note = "hours included"
        allowance = { clause = "A", hours_per_month = 4 }
        """,
    )
    days = ("2026-07-10", "2026-08-14", "2026-08-15", "2026-09-10")
    said = section([work("1", day, activity="Support") for day in days], under=under)
    # The first two days were booked where nothing is included, the others are taken from the 4.
    assert by_activity(said) == [
        ("2026-07", "Support", "1", "1"),
        ("2026-08", "Support", "1", "1"),
    ]
    used = [(row["month"], row["used_hours"]) for row in said.figures["months"]]
    assert used == [("2026-08", "1"), ("2026-09", "1")]


def test_an_amended_time_rule_counts_from_its_day() -> None:
    under = contract(
        PROMISED,
        """
        [[amendments]]
        from = 2026-08-10
        note = "quarters"
        time = { clause = "C", minimum = 0.25 }
        """,
    )
    entries = [work("0.1", day, activity="Support") for day in ("2026-08-09", "2026-08-10")]
    # 0.1 + 0.1, counted 0.1 + 0.25.
    assert by_activity(section(entries, under=under)) == [("2026-08", "Support", "0.2", "0.35")]


def test_a_draft_tells_the_hours_up_to_its_day() -> None:
    entries = [
        work("1", "2026-07-10", activity="Support"),
        work("1", "2026-07-11", booked="2026-07-09 08:00"),
    ]
    said = section(entries, at="2026-07-10 20:00")
    assert by_activity(said) == [("2026-07", "Support", "1", "1")]


def test_a_quarter_without_an_entry_says_so() -> None:
    said = section([])
    assert "No time was booked." in words(said)
    assert said.sheets == ()
    assert said.highlights[0].value == "0\u00a0h"


def test_who_was_not_promised_hours_is_told_none() -> None:
    for under in (contract(), contract("[quarter]\nclause = 'q'\ncontents = ['breaches']")):
        said = section(under=under)
        assert (said.blocks, said.figures, said.sheets, said.highlights) == ((), {}, (), ())


def test_nobodys_name_is_told() -> None:
    said = section([work("0.1", "2026-07-10", user="ivan")])
    assert "ivan" not in words(said) + str(said.sheets) + str(said.figures)


def test_corrections_of_earlier_months_are_named() -> None:
    said = section([work("1", "2026-06-10", activity="Support", changed="2026-07-02 08:00")])
    assert "| June 2026 | #1 | 1 |" in words(said)


def test_a_change_of_a_past_entry_is_found_by_comparing_figures() -> None:
    def booked(hours: str) -> Section:
        return section(
            [
                work("1", "2026-07-10", activity="Advice"),
                work(hours, "2026-08-10", activity="Support"),
            ]
        )

    paths = {one.path for one in differences(booked("1").figures, booked("1.5").figures)}
    assert ("time_booked", "activities", "2026-08 · Support", "booked_hours") in paths
    assert ("time_booked", "tickets", "#1 · 2026-08", "counted_hours") in paths
    assert not any("2026-07" in step for path in paths for step in path)


@pytest.mark.parametrize("name", ["outsourced-it", "help-desk"])
def test_the_offers_that_promise_hours_and_include_none_tell_them(name: str) -> None:
    said = section([work("0.1", "2026-07-10", activity="Support")], under=offer(name))
    counted = {"outsourced-it": "0.1", "help-desk": "0.25"}[name]
    assert by_activity(said) == [("2026-07", "Support", "0.1", counted)]


@pytest.mark.parametrize("language", list(Language))
def test_columns_are_titled_in_the_customers_language(language: Language) -> None:
    titles = [column for one in section(language=language).sheets for column in one.columns]
    assert ("Counted" in titles) == (language is Language.ENGLISH)


BOOKED = st.builds(
    work,
    st.decimals("-2", "9", places=2).map(str),
    st.dates(min_value=frame().period.first, max_value=frame().period.last).map(str),
    activity=st.sampled_from(["Support", "Advice", "Phone information"]),
    ticket=st.sampled_from([None, 1, 2, 3]),
)


@given(
    st.lists(BOOKED, max_size=12).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
def test_activities_tickets_and_entries_add_up_to_the_same_in_any_order(
    entries: tuple[list[Work], list[Work]],
) -> None:
    booked, other = (section(some).figures["time_booked"] for some in entries)
    assert booked == other
    for kind in ("booked_hours", "counted_hours"):
        assert sum_of(booked["activities"], kind) == sum_of(booked["tickets"], kind)
    assert sum_of(booked["activities"], "booked_hours") == sum(
        one.entry.hours for one in entries[0]
    )


def sum_of(rows: Iterable[Mapping[str, str]], kind: str) -> Decimal:
    return sum((Decimal(row[kind]) for row in rows), Decimal(0))
