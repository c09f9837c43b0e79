"""The ledger can be re-added by hand: its served lines sum up to what was used."""

from __future__ import annotations

from datetime import datetime, timedelta

from redmine_sla.sla.ledger import Entry, Line, ledger
from tests.judging import contract, judged, promising
from tests.notation import BUDAPEST, instant

EIGHT_HOURS = contract(promising("resolution", "8bh"))
STORY = """
2026-03-06 20:00 anna opens: Printer
2026-03-09 11:00 eva  status: Waiting for customer
2026-03-10 10:00 anna says: The blue one
2026-03-10 12:00 eva  status: Resolved
"""


def shown(line: Line) -> str:
    def local(at: datetime) -> str:
        return f"{at.astimezone(BUDAPEST):%a %H:%M}"

    words = [str(line.entry), local(line.at)]
    if line.until is not None:
        words.append(local(line.until))
    if line.amount is not None:
        words.append(f"{line.amount}")
    if line.entry is Entry.SERVED:
        words.append(f"= {line.total}")
    return " ".join([*words, line.what])


def test_every_window_and_every_pause_has_a_line() -> None:
    as_of = instant("2026-03-12 09:00")
    reading = judged(STORY, EIGHT_HOURS, at="2026-03-12 09:00").reading("resolution")
    assert reading is not None
    assert [shown(line) for line in ledger(reading, as_of)] == [
        "event Fri 20:00 reported",
        "start Mon 09:00 reported outside service hours, received at the next opening; "
        "8 business hours from here",
        "served Mon 09:00 Mon 11:00 2:00:00 = 2:00:00 in service",
        "paused Mon 11:00 Tue 10:00 7:00:00 Waiting for customer, ended by the answer",
        "event Mon 17:00 due without the pauses",
        "served Tue 10:00 Tue 12:00 2:00:00 = 4:00:00 in service",
        "stop Tue 12:00 status Resolved",
        "due Tue 16:00 8 business hours used up",
    ]


def test_the_served_lines_add_up_to_what_was_used() -> None:
    story = """
    2026-03-02 10:00:07 anna opens: Printer
    2026-03-03 11:00:13 eva  status: Waiting for customer
    2026-03-04 10:00    eva  status: In Progress
               10:30    eva  status: Waiting for customer
    2026-03-05 10:00    eva  status: Resolved
    2026-03-05 15:00    anna status: In Progress
    """
    at = "2026-03-06 12:34"
    reading = judged(story, EIGHT_HOURS, at=at).reading("resolution")
    assert reading is not None
    assert reading.measured is not None
    lines = ledger(reading, instant(at))
    served = [line for line in lines if line.entry is Entry.SERVED]
    assert (
        sum((line.amount or timedelta() for line in served), timedelta()) == reading.measured.used
    )
    assert served[-1].total == reading.measured.used


def test_a_due_day_can_be_re_added_from_the_one_without_pauses() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for customer
    2026-03-03 12:00 eva  status: In Progress
    """
    at = "2026-03-03 12:00"
    reading = judged(story, contract(promising("resolution", "2bd")), at=at).reading("resolution")
    assert reading is not None
    assert [shown(line) for line in ledger(reading, instant(at))][-4:] == [
        "paused Mon 10:00 Tue 12:00 10:00:00 Waiting for customer",
        "now Tue 12:00 judged here",
        "event Wed 17:00 due without the pauses",
        "due Fri 11:00 2 business days used up",
    ]


def test_where_the_target_is_used_up_the_total_shows_it() -> None:
    late = "2026-03-02 10:00 anna opens: Printer"
    reading = judged(late, EIGHT_HOURS, at="2026-03-03 12:00").reading("resolution")
    assert reading is not None
    assert [shown(line) for line in ledger(reading, instant("2026-03-03 12:00"))] == [
        "start Mon 10:00 reported; 8 business hours from here",
        "served Mon 10:00 Mon 17:00 7:00:00 = 7:00:00 in service",
        "served Tue 09:00 Tue 10:00 1:00:00 = 8:00:00 in service",
        "served Tue 10:00 Tue 12:00 2:00:00 = 10:00:00 in service",
        "due Tue 10:00 8 business hours used up",
        "now Tue 12:00 judged here",
    ]


def test_the_clause_stands_where_the_promise_is() -> None:
    reading = judged(STORY, EIGHT_HOURS, at="2026-03-12 09:00").reading("resolution")
    assert reading is not None
    lines = ledger(reading, instant("2026-03-12 09:00"))
    assert {line.clause for line in lines if line.entry in (Entry.START, Entry.DUE)} == {
        "resolution 8bh"
    }
