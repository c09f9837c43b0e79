"""What became of a sign-off: the named contact's own hand, or silence as the contract has it."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.contract import Contract
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.sign_off import Asking, sign_offs
from redmine_sla.quarter.signed import Decision, LateNo, SignOff, accepted_quarters
from redmine_sla.ticket import HappenedAt, timeline_of
from tests.judging import GLOSSARY, contract, timeline
from tests.notation import BUDAPEST, PARTIES, WORDS, instant, ticket

THIRD = Quarter(2026, 3)
CLOSED = frozenset(status.name for status in WORDS.statuses.values() if status.closed)
ANNA = '[[contacts]]\nname = "Anna Kiss"\nlogin = "anna"\nmay = ["sign_off"]'


def signed_by_anna(*keys: str) -> Contract:
    return contract('[quarter]\nclause = "14"\nsign_off_by = "sign_off"', *keys, ANNA)


UNDER = signed_by_anna()
TACIT = signed_by_anna('tacit_after = "10bd"')

PUBLISHED = "5f" * 32
"""The SHA-256 of the manifest."""

ASKED = f"""
2026-10-05 09:00 bot  opens: Sign-off; field SLA key = quarter/acme/2026Q3/{PUBLISHED}
"""


def read(
    story: str, under: Contract = UNDER, *others: str, at: str = "2026-12-01 09:00"
) -> tuple[SignOff, ...]:
    asking = Asking(under, GLOSSARY, CLOSED)
    told = [timeline(each, number=n) for n, each in enumerate((story, *others), start=1)]
    as_of = instant(at)
    return sign_offs([one.as_of(as_of) for one in told], asking, as_of)


def one(story: str, under: Contract = UNDER, *, at: str = "2026-12-01 09:00") -> SignOff:
    (found,) = read(story, under, at=at)
    return found


def test_until_somebody_decides_it_is_awaited() -> None:
    found = one(ASKED)
    assert (found.decision, found.at, found.by) == (Decision.AWAITED, None, "")
    assert found.is_open
    assert found.silent_until is None


def test_his_closing_it_is_acceptance() -> None:
    found = one(f"{ASKED}2026-10-07 11:30 anna says: Thank you; status: Closed")
    assert (found.decision, found.by) == (Decision.ACCEPTED, "Anna Kiss")
    assert found.at == instant("2026-10-07 11:30")
    assert not found.is_open


def test_as_of_a_moment_before_it_is_still_awaited() -> None:
    story = f"{ASKED}2026-10-07 11:30 anna status: Closed"
    assert one(story, at="2026-10-07 11:29").decision is Decision.AWAITED
    assert read(story, at="2026-10-05 08:59") == ()


def test_a_colleagues_closing_is_no_acceptance_and_is_said() -> None:
    found = one(f"{ASKED}2026-10-07 11:30 bela status: Closed")
    assert (found.decision, found.closed_by) == (Decision.AWAITED, "Béla Nagy")
    assert found.closer == "Béla Nagy"


def test_the_providers_closing_is_no_acceptance_and_stops_silence() -> None:
    found = one(f"{ASKED}2026-10-07 11:30 eva status: Closed", TACIT)
    assert (found.decision, found.closed_by) == (Decision.AWAITED, "Éva Engineer")
    assert found.closer == "We"  # customers read who works for them as a company
    assert found.silent_until is None


def test_an_engineer_who_takes_the_contacts_name_accepts_nothing() -> None:
    impostor = contract(
        '[quarter]\nclause = "14"\nsign_off_by = "sign_off"',
        ANNA.replace("Anna Kiss", "Éva Engineer"),
    )
    assert one(f"{ASKED}2026-10-07 11:30 eva status: Closed", impostor).decision is Decision.AWAITED


def test_rejection_with_what_he_said() -> None:
    found = one(f"{ASKED}2026-10-07 11:30 anna says: July is wrong; status: Rejected")
    assert (found.decision, found.by, found.note) == (
        Decision.REJECTED,
        "Anna Kiss",
        "July is wrong",
    )


def test_a_private_word_is_not_what_was_said_with_it() -> None:
    story = f"{ASKED}2026-10-07 11:30 anna whispers: Cheats; status: Rejected"
    assert one(story).note == ""


def test_a_duplicate_is_not_accepted() -> None:
    found = one(f"{ASKED}2026-10-07 11:30 anna status: Duplicate")
    assert found.decision is Decision.AWAITED


def test_only_he_himself_takes_his_decision_back() -> None:
    accepted = f"{ASKED}2026-10-07 11:30 anna status: Closed\n2026-10-08 09:00 "
    assert one(f"{accepted}eva status: New").decision is Decision.ACCEPTED
    assert one(f"{accepted}anna status: New").decision is Decision.AWAITED


def test_silence_is_acceptance_after_ten_working_days() -> None:
    # Asked Mon 5 Oct 09:00; ten working days later is Mon 19 Oct, closing at 17:00.
    until = instant("2026-10-19 17:00")
    assert one(ASKED, TACIT, at="2026-10-19 16:59").decision is Decision.AWAITED
    assert one(ASKED, TACIT, at="2026-10-19 16:59").silent_until == until
    found = one(ASKED, TACIT, at="2026-10-19 17:00")
    assert (found.decision, found.at, found.by) == (Decision.ACCEPTED_TACITLY, until, "")


def test_a_holiday_makes_silence_longer() -> None:
    # Asked Fri 16 Oct; the ten working days after it leave out Fri 23 October: Mon 2 Nov.
    story = ASKED.replace("2026-10-05", "2026-10-16")
    assert one(story, TACIT, at="2026-10-20 09:00").silent_until == instant("2026-11-02 17:00")


def test_an_answer_of_the_customer_is_no_silence() -> None:
    found = one(f"{ASKED}2026-10-12 10:00 bela says: We are still reading", TACIT)
    assert (found.decision, found.silent_until) == (Decision.AWAITED, None)


def test_the_providers_reminder_leaves_silence_silence() -> None:
    found = one(f"{ASKED}2026-10-12 10:00 eva says: May we remind you?", TACIT)
    assert found.decision is Decision.ACCEPTED_TACITLY


def test_a_rejection_after_the_deadline_comes_too_late() -> None:
    late = f"{ASKED}2026-10-19 17:00 anna says: No; status: Rejected"
    assert one(late, TACIT).decision is Decision.ACCEPTED_TACITLY
    in_time = f"{ASKED}2026-10-19 16:59 anna says: No; status: Rejected"
    assert one(in_time, TACIT).decision is Decision.REJECTED
    assert one(late, UNDER).decision is Decision.REJECTED


def test_the_programs_own_closing_decides_nothing() -> None:
    assert one(f"{ASKED}2026-10-19 17:05 bot status: Closed", TACIT).at == instant(
        "2026-10-19 17:00"
    )
    assert one(f"{ASKED}2026-10-19 17:05 bot status: Closed").decision is Decision.AWAITED


RESTATED = f"""
2026-10-12 09:00 bot  opens: Sign-off; field SLA key = quarter/acme/2026Q3/restatement-1/{"c0" * 32}
"""


def test_a_restatement_before_any_decision_withdraws_what_was_asked() -> None:
    original, restatement = read(ASKED, TACIT, RESTATED, at="2026-10-20 09:00")
    assert (original.decision, original.at) == (Decision.WITHDRAWN, instant("2026-10-12 09:00"))
    assert restatement.decision is Decision.AWAITED
    assert restatement.edition.restatement == 1


def test_what_was_accepted_before_stays_accepted_and_the_restatement_is_asked_anew() -> None:
    accepted = f"{ASKED}2026-10-07 11:30 anna status: Closed"
    found = read(accepted, UNDER, RESTATED)
    assert [each.decision for each in found] == [Decision.ACCEPTED, Decision.AWAITED]
    assert accepted_quarters(found) == frozenset()
    both = read(accepted, UNDER, f"{RESTATED}2026-10-13 10:00 anna status: Closed")
    assert accepted_quarters(both) == {THIRD}


def test_a_ticket_that_a_person_gave_such_a_key_asks_for_nothing() -> None:
    assert read(ASKED.replace(" bot ", " anna ")) == ()


def test_another_contracts_sign_off_is_left_out() -> None:
    assert read(ASKED.replace("/acme/", "/globex/")) == ()


def test_contacts_are_those_of_the_day_he_closed_it() -> None:
    amended = contract(
        '[quarter]\nclause = "14"\nsign_off_by = "sign_off"',
        ANNA.replace("Anna Kiss", "Béla Nagy"),
        '[[amendments]]\nfrom = 2026-10-10\nnote = "Anna signs"\n'
        '[[amendments.contacts]]\nname = "Anna Kiss"\nlogin = "anna"\nmay = ["sign_off"]',
    )
    story = f"{ASKED}2026-10-{{day}} 10:00 anna status: Closed"
    assert one(story.format(day="09"), amended).decision is Decision.AWAITED
    assert one(story.format(day="12"), amended).decision is Decision.ACCEPTED


class TestWhatIsSigned:
    """A signature is for the manifest that the ticket names."""

    ANEW = ASKED.replace(PUBLISHED, "ab" * 32).replace("2026-10-05", "2026-10-14")

    def test_other_files_under_the_same_names_are_not_signed_by_it(self) -> None:
        accepted = f"{ASKED}2026-10-07 11:30 anna status: Closed"
        old, new = read(accepted, UNDER, self.ANEW)
        assert (old.decision, old.by, old.at) == (
            Decision.REPLACED,
            "Anna Kiss",
            instant("2026-10-14 09:00"),
        )
        assert (new.decision, new.manifest) == (Decision.AWAITED, "ab" * 32)
        assert accepted_quarters([old, new]) == frozenset()

    def test_as_of_a_moment_before_they_were_published_it_is(self) -> None:
        accepted = f"{ASKED}2026-10-07 11:30 anna status: Closed"
        (found,) = read(accepted, UNDER, self.ANEW, at="2026-10-14 08:59")
        assert found.decision is Decision.ACCEPTED

    def test_the_order_of_the_tickets_is_that_of_asking(self) -> None:
        accepted = f"{ASKED}2026-10-07 11:30 anna status: Closed"
        first, last = read(self.ANEW, UNDER, accepted)
        assert (first.decision, last.decision) == (Decision.REPLACED, Decision.AWAITED)

    def test_of_two_tickets_with_one_key_the_older_counts(self) -> None:
        twice = ASKED.replace("2026-10-05", "2026-10-06")
        (found,) = read(f"{ASKED}2026-10-07 11:30 anna status: Closed", UNDER, twice)
        assert (found.decision, found.ticket) == (Decision.ACCEPTED, 1)

    def test_a_key_that_a_person_wrote_into_it_asks_for_nothing(self) -> None:
        moved = f"{ASKED}2026-10-07 11:30 eva field SLA key = quarter/acme/2026Q3/{'ab' * 32}"
        assert read(moved) == ()


class TestWhoSigns:
    NUMBERED = contract(
        '[quarter]\nclause = "14"\nsign_off_by = "sign_off"\ntacit_after = "10bd"',
        '[[contacts]]\nname = "Dora Kiss"\nuser = 51\nmay = ["sign_off"]',
    )

    def test_a_contact_known_by_number_counts_whatever_he_is_called_and_belongs_to(self) -> None:
        found = one(f"{ASKED}2026-10-07 11:30 dora status: Closed", self.NUMBERED)
        assert (found.decision, found.by) == (Decision.ACCEPTED, "Dora Stranger")

    def test_his_answer_breaks_the_silence(self) -> None:
        found = one(f"{ASKED}2026-10-07 11:30 dora says: We read", self.NUMBERED)
        assert (found.decision, found.silent_until) == (Decision.AWAITED, None)

    def test_a_namesake_who_joins_later_undoes_no_signature(self) -> None:
        asked = ASKED.replace("; field", "; assigns: anna; field")
        signed = "2026-10-07 11:30 anna status: Closed"
        joined = replace(PARTIES, names={1: {"Anna Kiss": frozenset({11, 13})}})
        for story, decision in (
            (f"{asked}{signed}", Decision.ACCEPTED),
            (f"{asked}2026-10-06 09:00 eva assigns: bela\n{signed}", Decision.ACCEPTED),
            (f"{ASKED}2026-10-06 09:00 eva assigns: anna\n{signed}", Decision.AWAITED),
            (f"{ASKED}{signed}", Decision.AWAITED),
        ):
            told = timeline_of(ticket(story), WORDS, joined, HappenedAt(timezone=BUDAPEST))
            asking = Asking(UNDER, GLOSSARY, CLOSED)
            (found,) = sign_offs([told], asking, instant("2026-12-01 09:00"))
            assert found.decision is decision

    def test_nobody_else_counts_by_his_name(self) -> None:
        named = contract(
            '[quarter]\nclause = "14"\nsign_off_by = "sign_off"',
            f"{ANNA}\nuser = 12",
        )
        found = one(f"{ASKED}2026-10-07 11:30 anna status: Closed", named)
        assert (found.decision, found.closed_by) == (Decision.AWAITED, "Anna Kiss")


class TestALateNo:
    """Silence was acceptance on Mon 19 Oct at 17:00; what is said after that is told."""

    def test_a_rejection_stands_beside_the_acceptance(self) -> None:
        found = one(f"{ASKED}2026-10-22 10:00 anna says: July is wrong; status: Rejected", TACIT)
        assert (found.decision, found.at) == (
            Decision.ACCEPTED_TACITLY,
            instant("2026-10-19 17:00"),
        )
        at = instant("2026-10-22 10:00")
        assert found.late == LateNo(
            by="Anna Kiss", first=at, at=at, note="July is wrong", rejected=True
        )

    def test_so_does_opening_it_again_and_the_last_word_is_told(self) -> None:
        story = (
            f"{ASKED}2026-10-19 17:05 bot status: Closed\n"
            "2026-10-22 10:00 anna says: We do not accept!; status: New\n"
            "           10:05 bot status: Closed\n"
            "           11:00 bela says: Again!; status: New"
        )
        late = one(story, TACIT).late
        assert late == LateNo(
            by="Béla Nagy",
            first=instant("2026-10-22 10:00"),
            at=instant("2026-10-22 11:00"),
            note="Again!",
            rejected=False,
        )

    def test_the_provider_and_a_first_status_are_no_late_no(self) -> None:
        closed = f"{ASKED}2026-10-19 17:05 bot status: Closed\n2026-10-22 10:00 "
        assert one(f"{closed}eva status: New", TACIT).late is None
        assert one(f"{ASKED}2026-10-22 10:00 anna status: In Progress", TACIT).late is None

    def test_closing_it_after_all_takes_the_no_back_and_moves_no_day(self) -> None:
        no = f"{ASKED}2026-10-22 10:00 anna status: Rejected\n"
        for story in (ASKED, no):
            found = one(f"{story}2026-10-23 10:00 anna status: Closed", TACIT)
            assert (found.decision, found.late) == (Decision.ACCEPTED_TACITLY, None)
            assert found.at == instant("2026-10-19 17:00")

    def test_files_published_anew_leave_nothing_to_say_no_to(self) -> None:
        late = f"{ASKED}2026-10-22 10:00 anna says: July is wrong; status: Rejected"
        anew = ASKED.replace(PUBLISHED, "ab" * 32).replace("2026-10-05", "2026-10-26")
        old, _ = read(late, TACIT, anew, at="2026-10-27 09:00")
        assert (old.decision, old.late, old.silent_until) == (Decision.REPLACED, None, None)

    def test_who_may_not_sign_off_and_closes_it_then_undoes_nothing(self) -> None:
        found = one(f"{ASKED}2026-10-22 10:00 eva status: Closed", TACIT)
        assert (found.decision, found.closed_by) == (Decision.ACCEPTED_TACITLY, "")
