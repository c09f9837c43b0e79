"""What a run does about sign-offs: silence and restatements are noted once, people are told."""

from __future__ import annotations

from redmine_sla.contract import Contract
from redmine_sla.plan import UpdateTicket
from redmine_sla.quarter.sign_off import sign_offs
from redmine_sla.sync.quarterly.settling import SignOffs, asking_of
from redmine_sla.sync.workbench import Workbench
from tests.judging import GLOSSARY, contract, timeline
from tests.notation import PARTIES, WORDS, instant
from tests.plan.world import DESK

ASKED = f"""
2026-10-05 09:00 bot  opens: Sign-off; field SLA key = quarter/acme/2026Q3/{"5f" * 32}
"""
RESTATED = f"""
2026-10-07 09:00 bot  opens: Sign-off; field SLA key = quarter/acme/2026Q3/restatement-1/{"c0" * 32}
"""
TACIT = contract(
    '[quarter]\nclause = "contract, point 10"\nsign_off_by = "sign_off"\ntacit_after = "10bd"',
    '[[contacts]]\nname = "Anna Kiss"\nlogin = "anna"\nmay = ["sign_off"]',
)


def seen(*stories: str, at: str, under: Contract = TACIT) -> SignOffs:
    as_of = instant(at)
    bench = Workbench(
        contracts=(under,),
        desk=DESK,
        words=WORDS,
        parties=PARTIES,
        above={},
        glossaries={under.timezone: GLOSSARY},
    )
    told = [timeline(story, number=n).as_of(as_of) for n, story in enumerate(stories, start=1)]
    known = {one.number: one for one in told}
    found = sign_offs(known.values(), asking_of(bench, under), as_of)
    return SignOffs(bench, under, as_of, found, known)


def updates(*stories: str, at: str) -> list[UpdateTicket]:
    return list(seen(*stories, at=at).updates())


def test_silence_is_noted_and_the_ticket_closed() -> None:
    assert updates(ASKED, at="2026-10-19 16:59") == []
    (update,) = updates(ASKED, at="2026-10-19 17:00")
    assert (update.ticket, WORDS.statuses[update.status or 0].name) == (1, "Closed")
    assert "Nobody answered before 2026-10-19 17:00" in update.note
    assert "acceptance (contract, point 10)" in update.note
    assert not update.private_note


def test_where_it_could_not_be_closed_nothing_is_said_twice() -> None:
    noted = f"{ASKED}2026-10-19 17:05 bot says: Nobody answered."
    (update,) = updates(noted, at="2026-10-20 09:00")
    assert update.note == ""
    assert update.status is not None


def test_what_was_noted_before_it_became_so_does_not_count_as_the_note() -> None:
    greeted = f"{ASKED}2026-10-05 09:01 bot says: Hello."
    (update,) = updates(greeted, at="2026-10-20 09:00")
    assert update.note


def test_after_that_there_is_nothing_more_to_do() -> None:
    closed = f"{ASKED}2026-10-19 17:05 bot says: Nobody answered.; status: Closed"
    assert updates(closed, at="2026-10-20 09:00") == []


def test_a_restatement_closes_what_nobody_had_signed() -> None:
    (update,) = updates(ASKED, RESTATED, at="2026-10-08 09:00")
    assert update.ticket == 1
    assert "A restatement has taken the place of this publication" in update.note


def test_a_decision_of_the_contact_is_left_alone() -> None:
    for decided in ("status: Closed", "status: Rejected", "says: Wrong; status: Rejected"):
        story = f"{ASKED}2026-10-06 09:00 anna {decided}"
        assert updates(story, at="2026-12-01 09:00") == []


def test_people_are_told_of_a_rejection_and_of_a_strangers_closing() -> None:
    rejected = f"{ASKED}2026-10-06 09:00 anna says: July is wrong; status: Rejected"
    assert list(seen(rejected, at="2026-10-07 09:00").findings()) == [
        "acme 2026Q3: rejected by Anna Kiss in #1: July is wrong"
    ]
    closed = f"{ASKED}2026-10-06 09:00 eva status: Closed"
    (finding,) = seen(closed, at="2026-10-07 09:00").findings()
    assert "closed by Éva Engineer, who may not sign off" in finding
    assert list(seen(ASKED, at="2026-10-07 09:00").findings()) == []
