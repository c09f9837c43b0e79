"""Profile outsourced-it: arrival after an order, and a replacement for a device kept too long."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

CARE = contract(
    "intake = { visit_needs_contact = true }",
    'contacts = [{ name = "Anna Kiss", login = "anna", may = ["order_visit"] }]',
    promising("arrival", "24ch"),
    promising("replacement", "72ch"),
)
ORDERED = """
2026-03-02 09:00 anna opens: Server room smells
           10:00 anna field Visit ordered at = 2026-03-02 10:00
"""


def reading(story: str, clock: str, at: str) -> str:
    return says(judged(story, CARE, at=at).reading(clock))


def test_no_visit_ordered_no_arrival_owed() -> None:
    assert reading("2026-03-02 09:00 anna opens: x", "arrival", "2026-03-02 10:00") == "nothing"


def test_the_arrival_is_when_the_engineer_noted_it_was() -> None:
    story = ORDERED + "2026-03-03 15:00 eva field Arrived at = 2026-03-03 08:30"
    assert reading(story, "arrival", "2026-03-03 16:00") == (
        "met, stopped, due Tue 10:00, used 22:30"
    )


def test_only_an_authorised_contact_orders_a_visit() -> None:
    story = "2026-03-02 09:00 bela opens: x\n10:00 bela field Visit ordered at = 2026-03-02 10:00"
    assert reading(story, "arrival", "2026-03-02 11:00") == "nothing"


def test_the_provider_may_note_a_visit_ordered_by_phone() -> None:
    story = "2026-03-02 09:00 bela opens: x\n10:00 eva field Visit ordered at = 2026-03-02 09:50"
    assert reading(story, "arrival", "2026-03-02 11:00").startswith("on_track, running")


def test_an_arrival_nobody_recorded_is_unmeasured() -> None:
    story = ORDERED + "2026-03-03 09:30 eva status: Resolved"
    assert reading(story, "arrival", "2026-03-04 09:00") == (
        "unmeasured, stopped, Arrival on site: resolved, but nobody recorded when"
    )


def test_an_arrival_not_recorded_when_it_was_due_is_late_until_somebody_notes_that_it_was_not() -> (
    None
):
    resolved = ORDERED + "2026-03-03 15:00 eva status: Resolved\n"
    assert reading(resolved, "arrival", "2026-03-04 09:00").startswith("missed, stopped")
    noted = resolved + "2026-03-04 10:00 eva field Arrived at = 2026-03-03 08:30"
    assert reading(noted, "arrival", "2026-03-04 11:00").startswith("met, stopped")


def test_a_repaired_device_needs_no_replacement() -> None:
    story = """
    2026-03-02 09:00 anna opens: Laptop
               10:00 eva  field Device taken at = 2026-03-02 10:00
    2026-03-05 09:00 eva  status: Resolved
    """
    assert reading(story, "replacement", "2026-03-06 09:00") == (
        "met, stopped, due Thu 10:00, used 71:00"
    )


def test_a_replacement_handed_over_too_late() -> None:
    story = """
    2026-03-02 09:00 anna opens: Laptop
               10:00 eva  field Device taken at = 2026-03-02 10:00
    2026-03-05 12:00 eva  field Replacement handed at = 2026-03-05 11:00
    """
    assert reading(story, "replacement", "2026-03-06 09:00").startswith("missed, stopped")


def test_a_failure_report_is_complete_with_causes_and_measures() -> None:
    under = contract(promising("failure_report", "2bd"))
    story = """
    2026-03-02 09:00 anna opens: Down
               11:00 eva  field Outage ended at = 2026-03-02 10:00
               12:00 eva  field Failure cause = disk
    """
    half = judged(story, under, at="2026-03-03 09:00").reading("failure_report")
    assert says(half).startswith("on_track, running, due Wed 17:00")
    whole = story + "2026-03-03 10:00 eva field Failure measures = new disk"
    done = judged(whole, under, at="2026-03-03 11:00").reading("failure_report")
    assert says(done).startswith("met, stopped")
