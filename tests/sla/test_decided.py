"""When a verdict came about: that decides the quarter it belongs to."""

from __future__ import annotations

from tests.judging import contract, judged, promising
from tests.notation import BUDAPEST

UNDER = contract(promising("response", "4bh"), promising("resolution", "8bh"))
OPENED = "2026-03-02 09:00 anna opens: Printer\n"


def decided(story: str, clock: str, *, at: str = "2026-04-01 12:00") -> str:
    reading = judged(OPENED + story, UNDER, at=at).reading(clock)
    assert reading is not None
    return f"{reading.decided.astimezone(BUDAPEST):%a %H:%M}" if reading.decided else "open"


def test_what_was_kept_was_decided_when_it_stopped() -> None:
    assert decided("10:00 eva says: Hello", "response") == "Mon 10:00"


def test_what_is_late_was_decided_when_it_was_due_however_late_it_is_done() -> None:
    assert decided("2026-03-20 10:00 eva status: Resolved", "resolution") == "Mon 17:00"
    assert decided("", "resolution") == "Mon 17:00"


def test_what_still_can_be_kept_is_open() -> None:
    assert decided("", "resolution", at="2026-03-02 16:00") == "open"


def test_what_was_cancelled_was_decided_when_the_ticket_came_to_rest() -> None:
    assert decided("10:00 eva status: Rejected", "resolution") == "Mon 10:00"
    assert decided("11:00 eva status: Resolved", "response") == "Mon 11:00"
