"""Whose word makes a proposed date an agreed one, and which date (profile information-system)."""

from __future__ import annotations

from redmine_sla.contract import Contract
from tests.judging import contract, judged, promising, says

BY_FIELD = contract(promising("commitment", "2bh"), promising("agreed", "agreed"))
BY_NOTE = contract(
    'agreement = { assent = ["note:customer"] }',
    promising("commitment", "2bh"),
    promising("agreed", "agreed"),
)
OPENED = "2026-03-02 09:00 anna opens: Report is wrong\n"
PROPOSED = OPENED + "10:00 eva due: 2026-03-04; says: We propose Wednesday\n"
WISHED = OPENED + "10:00 anna due: 2026-03-03\n"


def reading(
    story: str, clock: str = "agreed", at: str = "2026-03-02 16:00", under: Contract = BY_FIELD
) -> str:
    return says(judged(story, under, at=at).reading(clock))


def test_a_box_that_is_not_ticked_is_no_assent() -> None:
    born = "2026-03-02 09:00 eva field Channel = phone; field Date agreed = 0; due: 2026-03-04; "
    assert reading(born + "opens: Anna called").startswith("on_track, pending")
    assert reading(PROPOSED + "11:00 eva field Date agreed = 0").startswith("on_track, pending")


def test_a_tick_belongs_to_the_date_that_stood_when_it_was_set() -> None:
    story = PROPOSED + "11:00 anna field Date agreed = 1\n12:00 eva due: 2026-03-09\n"
    assert "due Wed 17:00" in reading(story)
    taken_back = story + "13:00 eva field Date agreed = 0\n"
    assert "due Wed 17:00" in reading(taken_back)
    assert "due Mon 17:00" in reading(taken_back + "14:00 anna field Date agreed = 1")


def test_so_does_a_status() -> None:
    under = contract('agreement = { assent = ["status:working"] }', promising("agreed", "agreed"))
    story = PROPOSED + "11:00 anna status: In Progress\n12:00 eva due: 2026-03-09"
    assert "due Wed 17:00" in reading(story, under=under)


def test_changed_and_changed_back_the_old_agreement_binds() -> None:
    story = PROPOSED + "11:00 anna field Date agreed = 1\n12:00 eva due: 2026-03-09\n"
    assert "due Wed 17:00" in reading(story + "13:00 eva due: 2026-03-04")


def test_nobody_assents_to_his_own_wish() -> None:
    story = WISHED + "11:00 anna field Date agreed = 1"
    assert reading(story) == "on_track, pending, 2026-03-03 waits for the provider's assent"


def test_the_provider_accepts_a_customers_date_and_has_kept_the_commitment() -> None:
    only_customers = contract(
        "agreement = { provider_may_record = false }",
        promising("commitment", "2bh"),
        promising("agreed", "agreed"),
    )
    story = WISHED + "10:30 eva field Date agreed = 1"
    for under in (BY_FIELD, only_customers):
        assert reading(story, under=under).startswith("on_track, running, due Tue 17:00")
        assert reading(story, "commitment", under=under) == "met, stopped, due Mon 11:00, used 1:30"


def test_where_the_provider_may_not_record_it_his_tick_on_his_own_date_is_none() -> None:
    under = contract("agreement = { provider_may_record = false }", promising("agreed", "agreed"))
    story = PROPOSED + "11:00 eva field Date agreed = 1"
    assert reading(story, under=under).startswith("on_track, pending")


def test_a_stranger_or_a_vendor_agrees_to_nothing() -> None:
    for who in ("dora", "vera"):
        story = PROPOSED + f"11:00 {who} field Date agreed = 1"
        assert reading(story).startswith("on_track, pending")


def test_the_note_that_reopens_a_ticket_is_no_assent_to_the_date_of_its_first_life() -> None:
    story = """
    2026-03-02 09:00 anna opens: Report is wrong
               10:00 eva  due: 2026-03-04; says: We propose Wednesday
               11:00 anna says: Fine
               15:00 eva  status: Resolved
    2026-03-16 09:00 anna status: New; says: It is wrong again
    """
    under, at = BY_NOTE, "2026-03-16 10:00"
    assessment = judged(story, under, at=at)
    told = [(one.cycle, one.clock, says(one)) for one in assessment.readings]
    assert told == [
        (1, "commitment", "met, stopped, due Mon 11:00, used 1:00"),
        (1, "agreed", "met, stopped, due Wed 17:00, used 4:00"),
        (2, "commitment", "on_track, running, due Mon 11:00, used 1:00"),
    ]
