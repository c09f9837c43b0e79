"""Redmine signs what a deleted user wrote as somebody else's, or as nobody's: it proves nothing."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.sla.assess import assess
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.ticket import Ref, timeline_of
from tests.judging import GLOSSARY, contract, promising, says
from tests.notation import PARTIES, WORDS, instant, ticket

UNDER = contract(promising("response", "4bh"))


def test_a_deleted_engineers_answer_is_no_answer_and_he_is_to_be_named() -> None:
    past = ticket("2026-03-02 09:00 anna opens: Printer\n10:00 eva says: Hello")
    assert past.journals is not None
    anonymous = Ref(4, "Anonymous")
    past = replace(past, journals=(replace(past.journals[0], author=anonymous),))
    timeline = timeline_of(past, WORDS, PARTIES)
    as_of = instant("2026-03-02 14:00")
    facts = TicketFactFinder(timeline, UNDER.terms, GLOSSARY)
    found = assess(timeline, UNDER, GLOSSARY, facts, as_of)
    assert says(found.reading("response")) == "breached, running, due Mon 13:00, used 5:00"
    assert found.remarks == (
        "Anonymous is neither customer nor provider: name the party in sla.toml",
    )
