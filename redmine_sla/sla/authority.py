"""Who of the customer's people is authorised to do what (profiles outsourced-it and help-desk)."""

from __future__ import annotations

from collections.abc import Iterable

from redmine_sla.contract.promises.people import Contact
from redmine_sla.ticket import Author


def authorised(author: Author, contacts: Iterable[Contact], may: str) -> bool:
    """Is this person a named contact who may do that? Known by name, as Redmine shows it.

    Redmine tells logins and mail addresses to administrators only.
    """
    return any(may in contact.may and contact.name == author.name for contact in contacts)
