"""A promise decided after its contract's last day counts on that day: no later quarter has it.

The contract ends on Wednesday 30 September 2026. Response within 4, resolution within 8 business
hours, Mo-Fr 09-17. A ticket of the last day, 15:00, has 2 h on that day: its answer is due on
Thursday 1 October at 11:00, its repair at 15:00.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.quarter.sections.breaches import breaches_section
from redmine_sla.quarter.sections.open_tickets import open_tickets_section
from redmine_sla.quarter.sections.service_levels import service_levels_section
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import broken_in, decided_in, tally
from redmine_sla.sla.belonging import counted_at
from tests.judging import contract, promising
from tests.notation import BUDAPEST, instant
from tests.quarter.deliverables import frame, told
from tests.quarter.kept_promises import promises
from tests.report.telling import period

TERMS = (
    "classification.text_rules = false",
    promising("response", "4bh"),
    promising("resolution", "8bh"),
)
ENDING = contract("ends = 2026-09-30", *TERMS)
LASTING = contract(*TERMS)
LAST = frame(ENDING)
THIRD, FOURTH = LAST.period, period("2026-10-01", "2026-12-31")
OF_THE_LAST_DAY = """
2026-09-30 15:00 anna opens: Scanner
2026-10-01 10:00 ivan says: We look into it
2026-10-02 10:00 ivan status: Resolved
"""
AFTERWARDS = "2026-10-05 09:00"


def found(under: Contract = ENDING, *, at: str = AFTERWARDS) -> list[Promise]:
    return promises(OF_THE_LAST_DAY, under=under, at=at)


def test_what_is_decided_after_the_last_day_counts_on_it() -> None:
    response, resolution = found()
    assert (response.decided, resolution.decided) == (
        instant("2026-10-01 10:00"),
        instant("2026-10-01 15:00"),
    )
    for one in (response, resolution):
        assert one.counted_at == one.raw_counted_at == instant("2026-09-30 23:59:59")
    assert (tally(found(), THIRD).met, tally(found(), THIRD).missed) == ((1,), (1,))
    assert not tally(found(), FOURTH)


def test_where_the_contract_goes_on_it_counts_where_it_was_decided() -> None:
    assert not tally(found(LASTING), THIRD)
    assert len(broken_in(found(LASTING), FOURTH)) == 1
    assert not any(one.outlived_its_contract for one in found(LASTING))


@pytest.mark.parametrize(
    ("decided", "counted"),
    [
        ("2026-09-30 23:59:59", "2026-09-30 23:59:59"),
        ("2026-10-01 00:00", "2026-09-30 23:59:59"),
        ("2027-03-01 09:00", "2026-09-30 23:59:59"),
        ("2026-07-01 00:00", "2026-07-01 00:00"),
    ],
)
def test_its_own_instant_counts_up_to_the_last_one_of_the_last_day(
    decided: str, counted: str
) -> None:
    promised = instant("2026-06-30 09:00")
    assert counted_at(ENDING, promised, instant(decided)) == instant(counted)


def test_nothing_is_promised_to_a_ticket_that_comes_back_after_the_last_day() -> None:
    # resolved in time on the last day; 5 business days later a reopening is a new cycle
    back = """
    2026-09-30 09:00 anna opens: Scanner
               10:00 ivan says: Done; status: Resolved
    2026-10-19 09:00 anna status: New
    2026-10-21 12:00 ivan status: Resolved
    """
    cycles = promises(back, under=ENDING, at="2026-11-02 09:00")
    again = [one for one in cycles if one.cycle == 2]
    assert [one.is_late for one in again] == [True, True]
    assert list(decided_in(again, THIRD)) == []


@given(st.integers(0, 200), st.integers(0, 200), st.booleans())
def test_each_promise_is_decided_in_one_quarter(answer: int, repair: int, ends: bool) -> None:
    opened = datetime(2026, 9, 28, 7, tzinfo=UTC)

    def at(hours: int) -> str:
        return f"{(opened + timedelta(hours=hours)).astimezone(BUDAPEST):%Y-%m-%d %H:%M}"

    story = (
        f"{at(0)} anna opens: Scanner\n{at(answer)} ivan says: We look into it\n"
        f"{at(answer + repair)} ivan status: Resolved\n"
    )
    made = promises(story, under=ENDING if ends else LASTING, at="2026-12-31 12:00")
    quarters = (THIRD, FOURTH)
    assert [sum(one in list(decided_in([one], each)) for each in quarters) for one in made] == [
        int(one.decided is not None) for one in made
    ]


def test_the_breach_shows_its_real_instants_and_why_it_counts() -> None:
    text = told(breaches_section(found(), LAST))
    assert (
        "| Resolution: 8 business hours | 2026-10-01 15:00 CEST "
        # 2 h of Thursday and 1 h of Friday
        "| 2026-10-02 10:00 CEST | 3\u00a0h\u00a000\u00a0min "
        "| decided after the contract's last day, and counted on it |" in text
    )


def test_when_it_is_done_is_no_figure_of_the_past() -> None:
    while_open = breaches_section(found(at="2026-10-01 16:00"), LAST)
    assert breaches_section(found(), LAST).figures == while_open.figures
    assert while_open.figures["broken"][0]["due"] == "2026-10-01T13:00:00Z"


def test_the_service_levels_say_how_many_were_decided_later() -> None:
    text = told(service_levels_section(found(), LAST, quarter="2026 Q3"))
    assert (
        "2 promises were decided after the contract's last day (2026-09-30). They count here, in "
        "the contract's last quarter." in text
    )
    going_on = service_levels_section(found(LASTING), frame(LASTING), quarter="2026 Q3")
    assert "last day" not in told(going_on)


def test_what_is_open_at_the_end_is_announced() -> None:
    at_the_end = found(at="2026-10-01 00:00")
    assert "what is decided of them later counts in this quarter" in told(
        open_tickets_section(at_the_end, LAST)
    )
    going_on = found(LASTING, at="2026-10-01 00:00")
    assert "counts in this quarter" not in told(open_tickets_section(going_on, frame(LASTING)))


def test_it_speaks_every_language() -> None:
    said = set()
    for language in Language:
        at = frame(ENDING, language=language)
        made = (
            breaches_section(found(), at),
            service_levels_section(found(), at, quarter="2026 Q3"),
            open_tickets_section(found(at="2026-10-01 00:00"), at),
        )
        said.add("".join(told(one) for one in made))
    assert len(said) == len(Language)
