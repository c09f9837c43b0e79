"""Profile cloud-erp: a reported defect is confirmed by testing, and its version told."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

ERP = contract(promising("confirmation", "8bh", kind="incident"))
OPENED = "2026-03-02 09:00 anna opens: The total is wrong\n"


def confirmation(story: str, *, at: str = "2026-03-02 14:00") -> str:
    return says(judged(OPENED + story, ERP, at=at).reading("confirmation"))


def test_the_confirmed_status_confirms() -> None:
    assert confirmation("12:00 eva status: Confirmed") == "met, stopped, due Mon 17:00, used 3:00"


def test_naming_the_version_with_the_fix_confirms_too() -> None:
    assert confirmation("11:00 eva version: 1.1") == "met, stopped, due Mon 17:00, used 2:00"


def test_a_version_wished_for_by_the_customer_confirms_nothing() -> None:
    assert confirmation("11:00 anna version: 1.1").startswith("on_track, running")


def test_waiting_for_the_customer_stops_the_time() -> None:
    story = "10:00 eva status: Waiting for customer\n12:00 anna says: Here is the file"
    assert confirmation(story) == "on_track, running, due Tue 11:00, used 3:00"


def test_only_defects_are_to_be_confirmed() -> None:
    assert confirmation("09:30 eva field SLA kind = request") == "nothing"
