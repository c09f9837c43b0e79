"""Who waited for whom, and what both sides agreed not to count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.page import BarChart, Figure
from redmine_sla.quarter.sections.exclusions import exclusions_section
from redmine_sla.quarter.sections.pauses import pauses_section
from tests.judging import contract, promising
from tests.quarter.deliverables import frame, told
from tests.quarter.kept_promises import courses, hiding, promises

ASKED = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: Which one?; status: Waiting for customer
           12:00 anna says: The one on the second floor
           15:00 eva  status: Resolved
"""
IN_AUGUST = """
2026-08-03 09:00 anna opens: Scanner
           13:00 eva  status: Resolved
"""


def test_pauses_by_party_and_reason() -> None:
    said = pauses_section(promises(ASKED, IN_AUGUST), courses(ASKED, IN_AUGUST), frame())
    text = told(said)
    assert "| The customer | Waiting for customer |" in text
    assert "2\u00a0h\u00a000\u00a0min" in text
    (pause,) = said.figures["pauses"]
    assert (pause["ticket"], pause["not_counted_seconds"]) == (1, 7200)


OVER_THE_END = """
2026-09-30 09:00 anna opens: Copier
           10:00 eva  says: Which one?; status: Waiting for customer
2026-10-02 10:00 anna says: That one
"""


def test_of_a_pause_over_the_end_the_part_within_is_told() -> None:
    said = pauses_section(promises(OVER_THE_END), courses(OVER_THE_END), frame())
    (pause,) = said.figures["pauses"]
    assert (pause["until"], pause["not_counted_seconds"]) == (None, 7 * 3600)  # 10-17
    assert said.figures["service_time"]["customer_seconds"] == 7 * 3600


def test_service_hours_are_drawn_by_month_and_side() -> None:
    said = pauses_section(promises(ASKED, IN_AUGUST), courses(ASKED, IN_AUGUST), frame())
    (chart,) = (block.chart for block in said.blocks if isinstance(block, Figure))
    assert isinstance(chart, BarChart)
    assert chart.categories == ("July 2026", "August 2026", "September 2026")
    # July 4 h with us and 2 with the customer; August 4 h with us
    assert [each.values for each in chart.series] == [
        (Decimal("4.0"), Decimal("4.0"), Decimal("0.0")),
        (Decimal("2.0"), Decimal("0.0"), Decimal("0.0")),
    ]
    assert said.figures["service_time"]["customer_seconds"] == 7200


def test_the_customers_own_clock_stands_beside_ours() -> None:
    said = pauses_section(promises(ASKED), courses(ASKED), frame())
    text = told(said)
    # 09-10 and 12-15 with us; 09-15 on the wall
    assert "**4\u00a0h\u00a000\u00a0min** | **6\u00a0h\u00a000\u00a0min**" in text
    assert "half of the tickets took no longer; 1 ticket came to its end" in text


def test_a_quarter_without_pauses_and_without_tickets() -> None:
    text = told(pauses_section([], [], frame()))
    assert "No promise was paused in this period." in text
    assert "No ticket was open in the service hours." in text


def test_pauses_on_hidden_tickets_are_counted_and_not_listed() -> None:
    said = pauses_section(hiding(promises(ASKED), 1), courses(ASKED), frame())
    assert said.figures["pauses"] == []
    assert said.figures["on_hidden_tickets"] == 1
    assert said.sheets[0].rows == ()
    assert "issue_id" not in told(said)


EXCLUSIONS = """
[[exclusions]]
from = 2026-07-07T13:00:00+02:00
to = 2026-07-07T17:00:00+02:00
reason = "power cut"
author = "J. Kovács"
agreed_in = 9
tickets = [1, 2]
clocks = "resolution"

[[exclusions]]
from = 2026-01-07T13:00:00+01:00
to = 2026-01-07T17:00:00+01:00
reason = "long ago"
author = "J. Kovács"
agreed_in = 3
"""
EXCLUDING = contract(
    "classification.text_rules = false", promising("resolution", "8bh"), EXCLUSIONS
)
SAVED = "2026-07-07 09:00 anna opens: Printer\n2026-07-08 11:00 eva status: Resolved"


def test_exclusions_name_author_reason_and_ticket_and_show_both_verdicts() -> None:
    said = exclusions_section(promises(SAVED, under=EXCLUDING), frame(EXCLUDING))
    text = told(said)
    assert (
        "| 2026-07-07 13:00 CEST | 2026-07-07 17:00 CEST | power cut | #9 | J. Kovács "
        "| Resolution on \\#1 and \\#2 |".replace("\\", "")
        in text.replace("\\", "")
    )
    assert "long ago" not in text
    # 10 hours of 8 without it, 6 with it
    assert "| with what was agreed | 1 | 0 | 100\u00a0% |" in text
    assert "| without it | 0 | 1 | 0\u00a0% |" in text
    assert said.figures["with"]["kept"] == said.figures["without"]["broken"] == 1


def test_a_hidden_ticket_is_not_named_among_those_it_holds_for() -> None:
    said = exclusions_section(hiding(promises(SAVED, under=EXCLUDING), 1), frame(EXCLUDING))
    text = told(said).replace("\\", "")
    assert "#1 " not in text
    assert "#2 and 1 ticket not every reader may see" in text


def test_an_amendment_that_repeats_an_exclusion_lists_it_once() -> None:
    amended = contract(
        EXCLUSIONS, '[[amendments]]\nfrom = 2026-08-01\nnote = "warned earlier"\nat_risk_at = 50'
    )
    said = exclusions_section([], frame(amended))
    assert [one["agreed_in"] for one in said.figures["exclusions"]] == [9]


def test_nothing_agreed_is_said() -> None:
    assert "Nothing was agreed not to count" in told(exclusions_section([], frame()))


@pytest.mark.parametrize(
    ("only", "words"),
    [
        ("clocks = 'resolution'", "| Resolution |"),
        ("clocks = 'resolution'\navailability = true", "| Resolution and Availability |"),
        ("", "| every promise |"),
        ("availability = false", "| every promise but availability |"),
    ],
)
def test_whether_outages_are_left_out_too_is_said(only: str, words: str) -> None:
    named = '\ntickets = [1, 2]\nclocks = "resolution"\n'
    agreed = EXCLUSIONS.replace(named, f"\n{only}\n")
    under = contract("[availability]\nclause = 'a'\npercent = 97.5", agreed)
    assert words in told(exclusions_section([], frame(under)))
