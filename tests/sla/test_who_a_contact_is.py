"""A contact is known by his number in Redmine where the contract gives it, else by his name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.contract.promises.people import Contact
from redmine_sla.sla.authority import authorised, authorised_customer, of_customer
from redmine_sla.ticket import Author, Parties, Party, Ref
from tests.notation import PARTIES, instant

ANNA = Author(11, "Anna Kiss", Party.CUSTOMER)
BELA = Author(12, "Anna Kiss", Party.CUSTOMER)  # who gave himself her name
MARRIED = replace(ANNA, name="Anna Nagy-Kiss")
LEFT = replace(ANNA, party=Party.UNKNOWN)


def contact(**keys: object) -> Contact:
    given = {"name": "Anna Kiss", "login": "anna", "may": ["sign_off"]}
    return Contact.model_validate(given | keys)


@pytest.mark.parametrize("anna", [ANNA, MARRIED, LEFT])
def test_with_a_number_she_is_known_by_that_alone(anna: Author) -> None:
    assert authorised_customer(anna, [contact(user=11)], "sign_off")
    assert of_customer(anna, [contact(user=11)])


def test_with_a_number_nobody_else_is_she() -> None:
    assert not authorised(BELA, [contact(user=11)], "sign_off")


def test_without_one_her_name_is_she_as_long_as_she_belongs_to_the_customer() -> None:
    assert authorised_customer(ANNA, [contact()], "sign_off")
    assert not authorised_customer(MARRIED, [contact()], "sign_off")
    assert not authorised_customer(LEFT, [contact()], "sign_off")


def test_a_name_that_two_members_have_is_nobodys() -> None:
    names = {1: {"Anna Kiss": frozenset({11, 12})}, 2: {"Anna Kiss": frozenset({11})}}
    parties = Parties(PARTIES.appointments, PARTIES.members, PARTIES.party_of_role, names=names)
    for number in (11, 12):
        author = parties.author(Ref(number, "Anna Kiss"), 1, instant("2026-10-07 09:00"))
        assert not authorised(author, [contact()], "sign_off")
    elsewhere = parties.author(Ref(11, "Anna Kiss"), 2, instant("2026-10-07 09:00"))
    assert authorised(elsewhere, [contact()], "sign_off")


def test_somebody_from_elsewhere_who_has_a_members_name_is_not_she() -> None:
    parties = replace(PARTIES, names={1: {"Anna Kiss": frozenset({11})}})
    stranger = parties.author(Ref(51, "Anna Kiss"), 1, instant("2026-10-07 09:00"))
    assert not authorised(stranger, [contact()], "sign_off")


def test_he_may_do_what_the_contract_says_and_nothing_else() -> None:
    assert not authorised(ANNA, [contact(user=11)], "approve")
