"""Profile information-system: a date proposed within two hours, agreed, kept; no pause moves it."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

SYSTEM = contract(
    'agreement = { assent = ["field:date_agreed", "note:customer"] }',
    promising("commitment", "2bh"),
    promising("agreed", "agreed"),
)
OPENED = "2026-03-02 09:00 anna opens: Report is wrong\n"
PROPOSED = OPENED + "10:00 eva due: 2026-03-04; says: We propose Wednesday\n"
AGREED = PROPOSED + "11:00 anna says: Fine\n"


def reading(story: str, clock: str, at: str) -> str:
    return says(judged(story, SYSTEM, at=at).reading(clock))


def test_a_due_date_by_the_provider_is_the_commitment() -> None:
    assert reading(PROPOSED, "commitment", "2026-03-02 12:00") == (
        "met, stopped, due Mon 11:00, used 1:00"
    )


def test_a_due_date_by_the_customer_is_a_wish() -> None:
    story = OPENED + "10:00 anna due: 2026-03-02"
    assert reading(story, "commitment", "2026-03-02 12:00").startswith("breached, running")


def test_before_anything_is_proposed_no_date_is_owed() -> None:
    assert reading(OPENED, "agreed", "2026-03-02 10:00") == "nothing"


def test_a_proposal_waits_for_assent_and_says_so() -> None:
    assert reading(PROPOSED, "agreed", "2026-03-02 10:30") == (
        "on_track, pending, 2026-03-04 waits for the customer's assent"
    )


def test_an_agreed_date_is_due_at_that_days_closing() -> None:
    assert reading(AGREED, "agreed", "2026-03-02 12:00") == (
        "on_track, running, due Wed 17:00, used 1:00"
    )


def test_an_agreed_day_without_service_is_due_at_its_end() -> None:
    story = AGREED.replace("2026-03-04", "2026-03-07")
    assert "due Sun 00:00" in reading(story, "agreed", "2026-03-02 12:00")


def test_no_pause_moves_an_agreed_date() -> None:
    story = AGREED + "2026-03-03 09:00 eva status: Waiting for customer"
    assert reading(story, "agreed", "2026-03-05 09:00").startswith(
        "breached, running, due Wed 17:00"
    )


def test_kept_and_broken() -> None:
    kept = AGREED + "2026-03-04 16:00 eva status: Resolved"
    assert reading(kept, "agreed", "2026-03-09 09:00").startswith("met, stopped")
    broken = AGREED + "2026-03-04 17:01 eva status: Resolved"
    assert reading(broken, "agreed", "2026-03-09 09:00").startswith("missed, stopped")


def test_agreed_anew_in_time_the_new_date_binds() -> None:
    story = AGREED + "2026-03-04 09:00 eva due: 2026-03-06\n10:00 anna says: All right"
    found = judged(story, SYSTEM, at="2026-03-05 09:00").reading("agreed")
    assert says(found).startswith("on_track, running, due Fri 17:00")
    assert found is not None
    assert found.remarks == ("agreed anew: 2026-03-04 became 2026-03-06",)


def test_a_new_date_does_not_heal_a_broken_one() -> None:
    story = AGREED + "2026-03-05 09:00 eva due: 2026-03-06\n10:00 anna says: All right"
    found = judged(story, SYSTEM, at="2026-03-05 11:00").reading("agreed")
    assert says(found).startswith("breached, running, due Wed 17:00")
    assert found is not None
    assert found.remarks == ("2026-03-06 was agreed after 2026-03-04 had passed",)


def test_until_a_new_proposal_is_agreed_the_old_date_binds() -> None:
    story = AGREED + "2026-03-04 09:00 eva due: 2026-03-09"
    found = judged(story, SYSTEM, at="2026-03-04 12:00").reading("agreed")
    assert "due Wed 17:00" in says(found)
    assert found is not None
    assert found.remarks == ("2026-03-09 was proposed on 2026-03-04 and waits for assent",)


def test_the_day_of_a_proposal_at_night_is_the_contracts_own() -> None:
    story = AGREED + "2026-03-04 00:30 eva due: 2026-03-09"  # the 3rd in UTC
    found = judged(story, SYSTEM, at="2026-03-04 12:00").reading("agreed")
    assert found is not None
    assert found.remarks == ("2026-03-09 was proposed on 2026-03-04 and waits for assent",)


def test_an_assent_by_phone_is_recorded_in_the_field() -> None:
    story = PROPOSED + "11:00 eva field Date agreed = 1"
    assert "due Wed 17:00" in reading(story, "agreed", "2026-03-02 12:00")


def test_only_named_contacts_may_assent_where_the_contract_says_so() -> None:
    strict = contract(
        'agreement = { assent = ["note:customer"], by_contacts_only = true }',
        'contacts = [{ name = "Béla Nagy", login = "bela", may = ["agree_dates"] }]',
        promising("agreed", "agreed"),
    )
    by_anna = judged(PROPOSED + "11:00 anna says: Fine", strict, at="2026-03-02 12:00")
    by_bela = judged(PROPOSED + "11:00 bela says: Fine", strict, at="2026-03-02 12:00")
    assert says(by_anna.reading("agreed")).startswith("on_track, pending")
    assert says(by_bela.reading("agreed")).startswith("on_track, running")


def test_silence_is_assent_where_the_contract_says_so() -> None:
    tacit = contract('agreement = { tacit_after = "1bd" }', promising("agreed", "agreed"))
    assert says(judged(PROPOSED, tacit, at="2026-03-03 16:59").reading("agreed")).startswith(
        "on_track, pending"
    )
    found = judged(PROPOSED, tacit, at="2026-03-03 17:00").reading("agreed")
    assert says(found).startswith("on_track, running, due Wed 17:00")


def test_a_general_exclusion_does_not_move_a_date_that_was_agreed_but_a_named_one_does() -> None:
    power_cut = """
    [[exclusions]]
    from = 2026-03-03T10:00:00+01:00
    to = 2026-03-03T14:00:00+01:00
    reason = "power cut"
    author = "Éva"
    agreed_in = 99
    """
    terms = ('agreement = { assent = ["note:customer"] }', promising("agreed", "agreed"))
    general = contract(*terms, power_cut)
    assert "due Wed 17:00" in says(judged(AGREED, general, at="2026-03-04 09:00").reading("agreed"))
    named = contract(*terms, power_cut + 'clocks = ["agreed"]')
    assert "due Wed 21:00" in says(judged(AGREED, named, at="2026-03-04 09:00").reading("agreed"))


def test_a_clock_of_ones_own_that_starts_with_the_agreement_stops_as_it_says() -> None:
    under = contract(
        'agreement = { assent = ["note:customer"] }',
        'clocks.visit = { title = "Visit", starts = ["due_date:agreed"], '
        'stops = ["field:arrived_at"] }',
        promising("visit", "agreed"),
    )
    story = AGREED + "2026-03-04 12:00 eva field Arrived at = 2026-03-04 11:00"
    assert says(judged(story, under, at="2026-03-05 09:00").reading("visit")).startswith(
        "met, stopped, due Wed 17:00"
    )
