"""Times agreed not to count, beside the raw figure; and the longest silence."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

POWER_CUT = """
[[exclusions]]
from = 2026-03-02T10:00:00+01:00
to = 2026-03-02T14:00:00+01:00
reason = "power cut at the customer"
author = "Éva"
agreed_in = 99
"""


def test_an_exclusion_moves_the_due_time_and_the_raw_verdict_stands_beside() -> None:
    under = contract(promising("resolution", "4bh"), POWER_CUT)
    story = "2026-03-02 09:00 anna opens: Printer\n15:00 eva status: Resolved"
    found = judged(story, under, at="2026-03-02 16:00").reading("resolution")
    assert says(found) == "met, stopped, due Mon 17:00, used 2:00"
    assert found is not None
    assert found.counted is not None
    assert found.counted.raw.verdict == "missed"
    assert found.remarks == ("missed without the exclusions agreed",)


def test_an_exclusion_for_other_clocks_or_tickets_changes_nothing() -> None:
    story = "2026-03-02 09:00 anna opens: Printer\n15:00 eva status: Resolved"
    for scope in ('clocks = ["response"]', "tickets = [7]"):
        under = contract(promising("resolution", "4bh"), POWER_CUT + scope)
        found = judged(story, under, at="2026-03-02 16:00").reading("resolution")
        assert says(found).startswith("missed")


UPDATES = contract(promising("update", "4bh"))


def test_each_public_answer_starts_the_silence_anew() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               12:00 eva  says: Looking
               15:00 eva  says: Still looking
    """
    found = judged(story, UPDATES, at="2026-03-02 16:00").reading("update")
    assert says(found) == "on_track, running, due Tue 11:00, used 1:00"


def test_the_longest_silence_counts() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  says: Looking
    2026-03-03 09:00 eva  says: Still looking
               10:00 eva  status: Resolved
    """
    found = judged(story, UPDATES, at="2026-03-03 12:00").reading("update")
    assert says(found) == "missed, stopped, due Mon 14:00, used 7:00"


def test_a_silence_that_was_too_long_is_not_forgotten_while_the_ticket_is_open() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
    2026-03-03 09:00 eva  says: Looking
    """
    found = judged(story, UPDATES, at="2026-03-03 10:00").reading("update")
    assert says(found) == "breached, running, due Tue 13:00, used 1:00"
