"""What stands at the head of a printed page, and at the edge of each sheet of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """All in the reader's language. `title` is the document's name.

    `subject` says whose and which (a customer, a contract), `period` for when; `facts` are labels
    and what they say, in small print below; `mark` catches the eye: "Draft", "Restatement".
    `author` is who answers for it: the providing company.
    """

    title: str
    subject: str
    period: str
    author: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    mark: str = ""
