"""Who of the customer's people is authorised to do what (profiles outsourced-it and help-desk).

A contact whose `user` the contract gives is known by that number alone: whatever he is called by
then, and whether he still belongs to the project or not, what he did counts. One without it is
known by his name as Redmine shows it, and by nothing where somebody else of the project bears the
name too: anybody may change his own. Redmine tells logins and mail addresses to administrators
only.
"""

from __future__ import annotations

from collections.abc import Iterable

from redmine_sla.contract.promises.people import Contact
from redmine_sla.ticket import Author, Party


def authorised(author: Author, contacts: Iterable[Contact], may: str) -> bool:
    """Is this person a contact who may do that?"""
    return any(_is(author, contact) for contact in contacts if may in contact.may)


def authorised_customer(author: Author, contacts: Iterable[Contact], may: str) -> bool:
    """Is he one, and the customer's? A name alone is no proof of side; the contract's number is."""
    return any(
        _is(author, contact) and (contact.user is not None or author.party is Party.CUSTOMER)
        for contact in contacts
        if may in contact.may
    )


def of_customer(author: Author, contacts: Iterable[Contact]) -> bool:
    """Does he stand on the customer's side: by his roles, or as a contact by number?"""
    return author.party is Party.CUSTOMER or any(one.user == author.id for one in contacts)


def _is(author: Author, contact: Contact) -> bool:
    if contact.user is not None:
        return author.id == contact.user
    return author.name == contact.name and not author.has_namesake
