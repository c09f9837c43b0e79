"""The update clock: which silence is told of, where it began, and which quarter it belongs to."""

from __future__ import annotations

from redmine_sla.contract import Contract
from redmine_sla.sla.reading import Reading
from tests.judging import contract, judged, promising, says
from tests.notation import BUDAPEST

UPDATES = contract(promising("update", "4bh"))
OPENED = "2026-03-02 09:00 anna opens: Printer\n"


def update(story: str, at: str, under: Contract = UPDATES) -> Reading:
    found = judged(OPENED + story, under, at=at).reading("update")
    assert found is not None
    return found


def decided(reading: Reading) -> str:
    return f"{reading.decided.astimezone(BUDAPEST):%a %d %H:%M}" if reading.decided else "open"


def test_a_broken_silence_was_decided_when_it_was_due_whatever_is_said_afterwards() -> None:
    story = "2026-03-03 10:00 eva says: Looking\n"
    assert decided(update(story, "2026-03-03 11:00")) == "Mon 02 13:00"
    longer = story + "2026-03-10 10:00 eva says: Still looking\n"
    assert decided(update(longer, "2026-03-10 11:00")) == "Mon 02 13:00"
    waiting = longer + "11:30 eva status: Waiting for customer\n"
    assert decided(update(waiting, "2026-03-10 12:00")) == "Mon 02 13:00"
    done = longer + "12:00 eva status: Resolved"
    assert decided(update(done, "2026-03-20 12:00")) == "Mon 02 13:00"
    assert says(update(done, "2026-03-20 12:00")) == "missed, stopped, due Tue 14:00, used 40:00"


def test_a_silence_begins_with_the_note_and_not_with_the_next_opening() -> None:
    under = contract(promising("update", "24ch"))
    found = update("2026-03-06 18:00 eva says: Looking", "2026-03-07 19:00", under)
    assert says(found) == "breached, running, due Sat 18:00, used 25:00"


def test_a_rejected_ticket_owes_no_more_news_and_keeps_the_silences_it_broke() -> None:
    quiet = "10:00 eva says: Not ours; status: Rejected"
    assert says(update(quiet, "2026-03-20 12:00")).startswith("cancelled, stopped, due Mon 13:00")
    broken = "2026-03-03 10:00 eva says: Looking\n2026-03-10 10:30 eva status: Rejected"
    # The last silence, from Tuesday on, was the longest: it was due on Tuesday at 14:00.
    assert says(update(broken, "2026-03-20 12:00")).startswith("missed, stopped, due Tue 14:00")
    assert decided(update(broken, "2026-03-20 12:00")) == "Mon 02 13:00"
