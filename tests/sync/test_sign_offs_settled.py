"""What a run does about sign-offs: silence and restatements are noted once, people are told."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.contract import Contract
from redmine_sla.plan import UpdateTicket
from redmine_sla.quarter.sign_off import sign_offs
from redmine_sla.sync.quarterly.settling import SignOffs, accepted_versions, asking_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import Vocabulary
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


NO_ACCEPTANCE = ("Rejected", "Duplicate")
NONE_CLOSES = replace(
    WORDS,
    statuses={
        number: replace(status, closed=status.name in NO_ACCEPTANCE)
        for number, status in WORDS.statuses.items()
    },
)


def seen(*stories: str, at: str, under: Contract = TACIT, words: Vocabulary = WORDS) -> SignOffs:
    as_of = instant(at)
    bench = Workbench(
        contracts=(under,),
        desk=DESK,
        words=words,
        parties=PARTIES,
        above={},
        glossaries={under.timezone: GLOSSARY},
    )
    told = [timeline(story, number=n).as_of(as_of) for n, story in enumerate(stories, start=1)]
    known = {one.number: one for one in told}
    found = sign_offs(known.values(), asking_of(bench, under), as_of)
    return SignOffs(bench, under, as_of, found, known)


def updates(*stories: str, at: str, words: Vocabulary = WORDS) -> list[UpdateTicket]:
    return list(seen(*stories, at=at, words=words).updates())


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


def test_where_no_status_can_close_it_the_note_is_said_once() -> None:
    noted = f"{ASKED}2026-10-19 17:05 bot says: Nobody answered."
    (update,) = updates(ASKED, at="2026-10-20 09:00", words=NONE_CLOSES)
    assert (update.status, bool(update.note)) == (None, True)
    assert updates(noted, at="2026-10-20 09:00", words=NONE_CLOSES) == []


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


REJECTED_LATE = f"{ASKED}2026-10-22 10:00 anna says: July is wrong; status: Rejected"


def test_a_late_no_is_answered_once_and_told() -> None:
    (update,) = updates(REJECTED_LATE, at="2026-10-23 09:00")
    assert (update.status, update.edits) == (None, ())
    assert "Nobody answered before 2026-10-19 17:00" in update.note
    assert "What Anna Kiss did later does not undo it" in update.note
    answered = f"{REJECTED_LATE}\n2026-10-23 09:00 bot says: Nobody answered."
    assert updates(answered, at="2026-10-24 09:00") == []
    for story in (REJECTED_LATE, answered):
        assert list(seen(story, at="2026-10-24 09:00").findings()) == [
            "acme 2026Q3: accepted, as nobody answered before 2026-10-19 17:00; but Anna Kiss "
            "rejected #1 later, 2026-10-22 10:00: July is wrong"
        ]


def test_what_the_customer_opens_again_stays_open_and_is_answered_once() -> None:
    opened = (
        f"{ASKED}2026-10-19 17:05 bot says: Nobody answered.; status: Closed\n"
        "2026-10-22 10:00 anna says: We do not accept!; status: New"
    )
    (update,) = updates(opened, at="2026-10-22 10:05")
    assert update.status is None
    answered = f"{opened}\n2026-10-22 10:05 bot says: Nobody answered."
    for story in (answered, f"{answered}\n2026-10-22 11:00 anna says: AGAIN; status: In Progress"):
        assert updates(story, at="2026-10-23 09:00") == []
        (finding,) = seen(story, at="2026-10-23 09:00").findings()
        assert "opened again #1" in finding
        assert finding.endswith("AGAIN" if "AGAIN" in story else "We do not accept!")


def test_nobody_is_fought_over_a_ticket_that_was_closed_once() -> None:
    closed = "bot says: It is so.; status: Closed\n2026-10-22 10:00 eva status: New"
    assert updates(f"{ASKED}2026-10-19 17:05 {closed}", at="2026-10-23 09:00") == []
    assert updates(f"{ASKED}2026-10-07 09:05 {closed}", RESTATED, at="2026-10-12 09:00") == []


ANEW = ASKED.replace("5f5f", "abab").replace("2026-10-05", "2026-10-08")


def test_files_published_anew_close_what_asked_for_those_before() -> None:
    (update,) = updates(ASKED, ANEW, at="2026-10-09 09:00")
    assert (update.ticket, update.status is None) == (1, False)
    assert "Other files were published in place of those that this ticket names" in update.note


def test_a_signature_for_what_is_gone_is_told_until_the_new_one_is_decided() -> None:
    accepted = f"{ASKED}2026-10-06 09:00 anna status: Closed"
    (finding,) = seen(accepted, ANEW, at="2026-10-09 09:00").findings()
    assert finding.startswith("acme 2026Q3: #1, accepted by Anna Kiss, is about a manifest that")
    assert "#2 asks for that" in finding
    assert updates(accepted, ANEW, at="2026-10-09 09:00") == []
    decided = f"{ANEW}2026-10-09 10:00 anna status: Closed"
    assert list(seen(accepted, decided, at="2026-10-10 09:00").findings()) == []


def test_files_published_anew_close_it_whatever_was_said_late_of_those_before() -> None:
    opened = (
        f"{ASKED}2026-10-19 17:05 bot says: Nobody answered.; status: Closed\n"
        "2026-10-22 10:00 anna says: We do not accept!; status: New"
    )
    anew = ANEW.replace("2026-10-08", "2026-10-26")
    (update,) = updates(opened, anew, at="2026-10-27 09:00")
    assert (update.ticket, WORDS.statuses[update.status or 0].name) == (1, "Closed")
    assert "Other files were published in place of those" in update.note


def with_a_namesake(found: SignOffs) -> list[str]:
    names = {1: {"Anna Kiss": frozenset({11, 12})}}
    bench = replace(found.bench, parties=replace(PARTIES, names=names))
    return list(replace(found, bench=bench).findings())


def test_once_it_is_decided_nobody_is_told_of_namesakes() -> None:
    assert with_a_namesake(seen(ASKED, at="2026-10-19 17:00")) == []


def test_where_one_of_them_was_asked_by_number_that_one_can_sign_off() -> None:
    asked = ASKED.replace("; field", "; assigns: anna; field")
    (finding,) = with_a_namesake(seen(asked, at="2026-10-07 09:00"))
    assert "so only user 11 can sign off" in finding


def test_a_contact_whose_name_two_members_have_is_told_with_their_numbers() -> None:
    (finding,) = with_a_namesake(seen(ASKED, at="2026-10-07 09:00"))
    assert '2 members of Acme are called "Anna Kiss", so none of them can sign off' in finding
    assert "users 11, 12" in finding


def test_an_accepted_quarters_version_is_the_one_it_was_asked_under() -> None:
    accepted = "2026-10-06 09:00 anna status: Closed"
    asked_under = ASKED.replace("; field", "; version: 1.1; field")
    at = "2026-10-07 09:00"
    assert accepted_versions(seen(f"{asked_under}{accepted}", at=at)) == {
        "1.1": instant("2026-10-06 09:00")
    }
    moved = f"{asked_under}2026-10-05 10:00 eva version: 1.0\n{accepted}"
    assert list(accepted_versions(seen(moved, at=at))) == ["1.1"]
    assert list(accepted_versions(seen(f"{ASKED}{accepted}", at=at))) == ["2026Q3"]
