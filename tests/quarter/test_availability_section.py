"""The quarter's availability: months and quarter, raw beside adjusted, and what is unsure."""

from __future__ import annotations

import tomllib
from decimal import Decimal

from redmine_sla.availability import Outage, Unmeasured, WhyUnmeasured, outages_of
from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Table, Tone
from redmine_sla.quarter.availability_told import availability_blocks, told_since
from redmine_sla.quarter.section import Section
from redmine_sla.quarter.sections.availability import availability_section
from tests.availability.measuring import down, promising_percent
from tests.judging import GLOSSARY, OFFICE, contract
from tests.notation import instant
from tests.quarter.deliverables import as_judged, frame, told

UNDER = promising_percent(
    "97.5",
    """
    [[availability.maintenance]]
    reason = "new disks"
    from = 2026-08-15T22:00:00+02:00
    to = 2026-08-16T02:00:00+02:00
    """,
)
# July and August have 744 h, of which 18:36 may be lost; September 720 h and 18:00;
# the quarter 2,208 h and 55:12.
AUGUST = down("2026-08-15 20:00", "2026-08-16 04:00", ticket=4)  # 8 h, 4 of them maintenance


def section(
    *events: Outage | Unmeasured, under: Contract = UNDER, at: str = "2026-10-05 09:00"
) -> Section:
    return availability_section(events, frame(under, at=at))


def rows(found: Section, at: int = 0) -> list[list[str]]:
    """The cells of a table, in plain text."""
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [
        ["".join(getattr(part, "text", "") for part in cell) for cell in row]
        for row in tables[at].rows
    ]


def test_months_and_quarter_stand_with_what_was_promised_and_lost() -> None:
    found = rows(section(AUGUST))
    assert [row[0] for row in found] == ["July 2026", "August 2026", "September 2026", "2026 Q3"]
    # 4 h of 744 h: 99.46236... %; raw 8 h: 98.92473 %
    assert found[1][1:] == [
        "99.462\u00a0%",
        "97.5\u00a0%",
        "4\u00a0h\u00a000\u00a0min of 18\u00a0h\u00a036\u00a0min",
        "98.924\u00a0%",
        "Kept",
    ]
    assert found[0][1] == "100\u00a0%"
    assert found[3][1] == "99.818\u00a0%"  # 2,204 of 2,208 h, cut


def test_the_outages_are_listed_with_what_of_them_counted() -> None:
    (row,) = rows(section(AUGUST), 1)
    assert row[1:] == [
        "2026-08-15 20:00 CEST",
        "2026-08-16 04:00 CEST",
        "8\u00a0h\u00a000\u00a0min",
        "4\u00a0h\u00a000\u00a0min",
    ]


def test_an_outage_over_two_months_is_listed_once() -> None:
    found = section(down("2026-07-31 22:00", "2026-08-01 03:00"))
    (row,) = rows(found, 1)
    assert row[3] == "5\u00a0h\u00a000\u00a0min"
    assert len(found.figures["outages"]) == 1


def test_only_the_periods_that_are_promised_are_stated() -> None:
    for word, stated in (("month", 3), ("quarter", 1)):
        under = promising_percent("97.5", f'periods = ["{word}"]')
        assert len(rows(section(under=under))) == stated


def test_a_contract_that_promises_none_has_no_such_section() -> None:
    assert section(AUGUST, under=contract()).blocks == ()


def test_a_contract_that_ends_within_the_quarter_states_its_own_days() -> None:
    under = contract("ends = 2026-08-20", "[availability]", "clause = 'A'", "percent = 97.5")
    assert [row[0] for row in rows(section(under=under))] == [
        "July 2026",
        "1 August 2026 – 20 August 2026",
        "1 July 2026 – 20 August 2026",
    ]


def test_quarters_of_the_contract_state_the_months_that_end_in_them() -> None:
    # begun on 15 January: its third quarter lasts from 15 July to 14 October
    text = OFFICE.replace("starts = 2026-01-01", "starts = 2026-01-15")
    text += "[quarter]\nclause = 'B'\nkind = 'contract'\n"
    text += "[availability]\nclause = 'A'\npercent = 97.5\n"
    under = Contract.model_validate(tomllib.loads(text, parse_float=Decimal))
    found = rows(section(down("2026-07-01 00:00", "2026-07-01 12:00"), under=under))
    assert [row[0] for row in found] == [
        "July 2026",
        "August 2026",
        "September 2026",
        "15 July 2026 – 14 October 2026",
    ]
    # all of July's outages are July's, those before the 15th too; the quarter has none
    assert [row[1] for row in found] == ["98.387\u00a0%", *["100\u00a0%"] * 3]


STORY = "2026-08-10 09:00 anna opens: Nothing works\n"


def events(story: str, *, private: bool = False, number: int = 5) -> list[Outage | Unmeasured]:
    judged = as_judged(STORY + story, UNDER, number=number, private=private)
    return list(outages_of(judged, GLOSSARY))


def test_what_nobody_timed_is_listed_and_the_figure_is_an_upper_bound() -> None:
    found = section(*events("11:00 eva field Outage ended at = 2026-08-10 10:15"))
    assert [row[1] for row in rows(found)] == [
        "100\u00a0%",
        "at most 100\u00a0%",
        "100\u00a0%",
        "at most 100\u00a0%",
    ]
    assert rows(found)[1][5] == "Not fully measured"
    assert "Nobody recorded when it began." in told(found)
    assert "#5" in told(found)


TIMED = """
11:00 eva field Outage began at = 2026-08-10 08:40; field Outage ended at = 2026-08-10 10:15
"""


def test_hidden_tickets_count_and_are_not_named() -> None:
    found = section(
        *events(TIMED, private=True, number=777),
        *events("11:00 eva field Outage ended at = 2026-08-10 10:15", private=True, number=778),
    )
    assert rows(found)[1][1] == "at most 99.787\u00a0%"  # 95 min of 44,640
    everything = f"{told(found)} {found.figures} {found.sheets}"
    assert "777" not in everything
    assert "778" not in everything
    assert "on a ticket that not every reader" in told(found)
    assert found.figures["outages_on_hidden_tickets"] == 1
    assert found.figures["not_measured_on_hidden_tickets"] == 1


def test_the_figures_are_the_same_in_every_language_and_exact() -> None:
    english = section(AUGUST)
    hungarian = availability_section([AUGUST], frame(UNDER, language=Language.HUNGARIAN))
    assert english.figures == hungarian.figures
    august = english.figures["stated"][1]
    assert august["adjusted"] == {
        "down_seconds": 4 * 3600,
        "lost_seconds": "14400",
        "share": "0.994623",
    }
    assert august["raw"]["down_seconds"] == 8 * 3600
    assert august["may_be_lost_seconds"] == "66960"


def test_the_worst_service_is_the_highlight() -> None:
    under = contract(
        """
        [availability]
        clause = "A"
        percent = 97.5
        services.crm = { title = "CRM" }
        services.shop = { title = "Shop" }
        """
    )
    outage = down("2026-08-01 00:00", "2026-08-04 00:00", service="Shop")
    found = section(outage, under=under)
    assert [row[0] for row in rows(found)[:2]] == ["CRM", "Shop"]
    (figure,) = found.highlights
    # 72 h of 2,208 h are lost: 96.739 %
    assert (figure.value, figure.tone) == ("96.739\u00a0%", "bad")
    assert "Shop" in figure.note


def test_a_draft_tells_of_the_months_that_have_begun() -> None:
    found = section(AUGUST, at="2026-08-20 09:00")
    assert [row[0] for row in rows(found)] == ["July 2026", "August 2026", "2026 Q3"]
    assert rows(found)[1][5] == "On track"
    assert "**On track**" not in told(found)


# --- The contract's page --------------------------------------------------------------------------


def page(*known: Outage | Unmeasured, at: str) -> str:
    return told(
        availability_blocks(UNDER, known, instant(at), tongue_for(Language.ENGLISH))
    ).replace("\u00a0", " ")


def test_the_page_tells_of_the_running_month_and_of_the_last_quarter() -> None:
    text = page(AUGUST, at="2026-10-10 12:00")
    assert "October 2026: 0 h 00 min lost, 18 h 37 min may be lost. Within the limit." in text
    assert "2026 Q3: 99.818 %, promised 97.5 %. Kept." in text


def test_the_page_does_not_change_by_the_mere_passing_of_time() -> None:
    outages = (AUGUST, down("2026-10-08 10:00", "2026-10-08 10:30"), down("2026-10-09 10:00", None))
    first, later = (page(*outages, at=f"2026-10-09 {hour}") for hour in ("10:05", "15:45"))
    assert first == later
    assert "0 h 30 min lost, 18 h 37 min may" in first
    assert "Down now" in first


def test_the_page_says_when_the_month_is_lost() -> None:
    text = page(down("2026-10-01 00:00", None), at="2026-10-01 18:38")
    assert "Broken, whatever comes" in text


def test_the_page_needs_every_outage_since_the_last_quarter_began() -> None:
    assert told_since(UNDER, instant("2026-10-10 12:00")) == instant("2026-07-01 00:00")


NAMED = contract(
    """
    [availability]
    clause = "a"
    percent = 99
    services.crm = { title = "CRM" }
    services.web = { title = "Web" }
    """
)
WEB = down("2026-08-03 10:00", "2026-08-03 11:00", service="web", ticket=2)


def untimed(service: str) -> Unmeasured:
    return Unmeasured(
        ticket=1,
        service=service,
        gap=WhyUnmeasured.NO_BEGIN,
        since=instant("2026-08-01 10:00"),
        until=instant("2026-08-20 10:00"),
    )


def test_the_first_figure_is_that_of_a_service_nobody_measured_before_one_that_is_kept() -> None:
    (figure,) = section(untimed("crm"), WEB, under=NAMED).highlights
    assert figure.note.startswith("CRM, 2026 Q3: promised")
    assert figure.value.startswith("at most")
    assert figure.tone is Tone.WARNING


def test_a_broken_month_is_not_hidden_by_a_quarter_that_was_kept() -> None:
    # 12 h of August's 744 are 1.6 %, over 1 %; of the quarter's 2,208 they are 0.54 %
    half_a_day = down("2026-08-03 10:00", "2026-08-03 22:00")
    (figure,) = section(half_a_day, under=promising_percent("99")).highlights
    assert figure.note == "The system as a whole, August 2026: promised 99\u00a0%"
    assert figure.tone is Tone.BAD


def test_what_is_broken_comes_before_what_nobody_measured() -> None:
    long = down("2026-08-03 00:00", "2026-08-10 00:00", service="web", ticket=2)
    (figure,) = section(untimed("crm"), long, under=NAMED).highlights
    assert figure.note.startswith("Web, 2026 Q3")
    assert figure.tone is Tone.BAD


def test_where_all_is_kept_the_quarter_is_told() -> None:
    (figure,) = section(WEB, under=NAMED).highlights
    assert figure.note.startswith("Web, 2026 Q3")
    assert figure.tone is Tone.GOOD
