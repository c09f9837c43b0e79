"""What must come before the work (profile help-desk)."""

from __future__ import annotations

import pytest

from redmine_sla.sla.classification import Hint, TicketFacts, intake_hints, read_text


def hints(body: str, *, subject: str = "", by_phone: bool = False) -> set[Hint]:
    facts = TicketFacts(subject=subject, description=body, by_phone=by_phone)
    return {hint.hint for hint in intake_hints(facts, read_text(subject, body))}


PERMISSION = "Please give Marta write access to the Contracts folder, the manager agrees."


def test_a_permission_change_needs_approval() -> None:
    assert hints(PERMISSION) == {Hint.APPROVAL_NEEDED}


def test_a_permission_change_by_phone_is_refused() -> None:
    assert hints(PERMISSION, by_phone=True) == {Hint.APPROVAL_NEEDED, Hint.REFUSED_BY_PHONE}


def test_a_device_order_needs_approval() -> None:
    assert Hint.APPROVAL_NEEDED in hints("Please order a laptop for our new colleague.")


def test_a_price_leads_to_sales_and_a_migration_to_a_project() -> None:
    assert Hint.QUOTE in hints("Please send us a quote for a new printer.")
    assert Hint.PROJECT in hints(
        "We plan the migration of all mailboxes to the cloud next year. Please propose phases, "
        "a schedule and an effort estimate."
    )


def test_a_complaint_goes_out_of_turn() -> None:
    assert Hint.OUT_OF_TURN in hints(
        "I am very dissatisfied. Nobody called me back for two weeks and the ticket was closed."
    )


@pytest.mark.parametrize(
    "body",
    ["Everything is slow", "Minden lassú.", "Wszystko muli", "Všetko je pomalé", "Всё тормозит"],
)
def test_a_report_that_names_nothing_is_asked_back(body: str) -> None:
    assert Hint.ASK_BACK in hints(body)


def test_an_empty_report_is_asked_back() -> None:
    assert hints("") == {Hint.ASK_BACK}


def test_a_short_report_that_names_the_thing_is_taken() -> None:
    assert Hint.ASK_BACK not in hints("My monitor is black")
