"""A ticket's history, walked back from its present state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from redmine_sla.ticket import (
    Appointment,
    Attribute,
    HappenedAt,
    Party,
    Ref,
    Timeline,
    timeline_of,
)
from tests.notation import BUDAPEST, PARTIES, WORDS, instant, ticket

HAPPENED = HappenedAt(field="Happened at", phrase="happened at", timezone=BUDAPEST)


def told(story: str) -> Timeline:
    return timeline_of(ticket(story), WORDS, PARTIES, HAPPENED)


def values(timeline: Timeline, attribute: Attribute) -> list[tuple[str | None, str]]:
    return [
        (span.value, f"{span.start.astimezone(BUDAPEST):%H:%M}")
        for span in timeline.track(attribute).spans
    ]


def test_initial_values_come_from_the_oldest_change() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:30 eva  status: In Progress; priority: High
                   11:00 eva  status: Resolved
        """
    )
    assert values(timeline, Attribute.STATUS) == [
        ("New", "09:00"),
        ("In Progress", "09:30"),
        ("Resolved", "11:00"),
    ]
    assert values(timeline, Attribute.PRIORITY) == [("Normal", "09:00"), ("High", "09:30")]
    assert timeline.remarks == ()


def test_journals_are_told_to_parties() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:05 bot  whispers: recorded
                   09:30 eva  says: Hello
                   09:40 vera says: From the vendor
                   09:50 dora says: Who am I
        """
    )
    assert [note.author.party for note in timeline.notes] == [
        Party.BOT,
        Party.PROVIDER,
        Party.THIRD_PARTY,
        Party.UNKNOWN,
    ]
    assert [note.public for note in timeline.notes] == [False, True, True, True]


def test_a_phone_call_noted_later_happened_when_it_happened() -> None:
    timeline = told(
        """
        2026-03-02 10:00 eva  field Happened at = 2026-03-02 08:30; opens: By phone
                   11:00 eva  field Happened at = 2026-03-02 10:15; says: Called back
        """
    )
    assert timeline.reported == instant("2026-03-02 08:30")
    assert timeline.notes[0].at == instant("2026-03-02 10:15")
    assert timeline.notes[0].recorded == instant("2026-03-02 11:00")


def test_the_phrase_in_a_providers_note_tells_the_instant_too() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   11:00 eva  says: Called you. Happened at 2026-03-02 10:15.
        """
    )
    assert timeline.notes[0].at == instant("2026-03-02 10:15")


def test_a_customer_cannot_move_the_instant() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna field Happened at = 2026-03-01 08:00; opens: Printer
        """
    )
    assert timeline.reported == instant("2026-03-02 09:00")


def test_an_instant_after_its_own_journal_is_refused_and_remarked() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   11:00 eva  field Happened at = 2026-03-02 15:00; says: In the future
        """
    )
    assert timeline.notes[0].at == instant("2026-03-02 11:00")
    assert [remark.what for remark in timeline.remarks] == [
        "journal 1 tells of an instant after its own"
    ]


def test_the_bots_changes_are_replayed_but_can_be_left_out() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:10 bot  priority: High
                   09:20 eva  priority: Urgent
                   09:30 bot  priority: Immediate
        """
    )
    track = timeline.track(Attribute.PRIORITY)
    assert track.now.value == "Immediate"
    assert [span.value for span in track.set_by_people().spans] == ["Normal", "Urgent"]


def test_deleted_statuses_survive_as_numbers() -> None:
    past = ticket(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:30 eva  status: In Progress
        """
    )
    words = replace(WORDS, statuses={1: WORDS.statuses[1]})
    timeline = timeline_of(replace(past, status=Ref(2, "")), words, PARTIES)
    assert [span.value for span in timeline.track(Attribute.STATUS).spans] == ["New", "#2"]


def test_a_hidden_change_is_remarked() -> None:
    past = ticket(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:30 eva  status: In Progress
                   10:00 eva  status: Waiting for customer
                   11:00 eva  status: Resolved
        """
    )
    assert past.journals is not None
    hidden = replace(past, journals=(past.journals[0], past.journals[2]))
    timeline = timeline_of(hidden, WORDS, PARTIES)
    assert [remark.what for remark in timeline.remarks] == [
        "status was In Progress after journal 1 but Waiting for customer before the next: "
        "a change is missing from the history"
    ]


def test_as_of_forgets_what_was_recorded_later() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   09:30 eva  status: In Progress; says: Looking
                   12:00 eva  field Happened at = 2026-03-02 09:10; says: Called
        """
    ).as_of(instant("2026-03-02 10:00"))
    assert timeline.track(Attribute.STATUS).now.value == "In Progress"
    assert [note.text for note in timeline.notes] == ["Looking"]


def test_a_ticket_whose_journals_were_not_read_says_so() -> None:
    past = replace(ticket("2026-03-02 09:00 anna opens: Printer"), journals=None)
    assert not timeline_of(past, WORDS, PARTIES).history_read


def test_nothing_happens_to_a_ticket_before_its_report() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   11:00 eva  field Happened at = 2026-03-02 08:50; says: Called Anna
        """
    )
    assert timeline.notes[0].at == instant("2026-03-02 09:00")


def test_an_hour_may_be_written_with_one_digit() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   11:00 eva  field Happened at = 2026-03-02 9:30; says: Called Anna
        """
    )
    assert timeline.notes[0].at == instant("2026-03-02 09:30")


def test_a_box_that_is_not_ticked_is_nothing_in_whatever_language_redmine_says_no() -> None:
    agreed = next(field for field in WORDS.fields.values() if field.name == "Date agreed")
    box = replace(agreed, format="bool", options={"1": "Igen", "0": "Nem"})
    words = replace(WORDS, fields={**WORDS.fields, box.id: box})
    past = ticket(
        """
        2026-03-02 09:00 anna field Date agreed = 0; opens: Printer
                   10:00 anna field Date agreed = 1
        """
    )
    track = timeline_of(past, words, PARTIES).field("Date agreed")
    assert track is not None
    assert [span.value for span in track.spans] == [None, "Igen"]


def test_as_of_forgets_what_was_remarked_later() -> None:
    timeline = told(
        """
        2026-03-02 09:00 anna opens: Printer
                   11:00 eva  field Happened at = 2026-03-02 15:00; says: In the future
        """
    )
    assert timeline.as_of(instant("2026-03-02 10:00")).remarks == ()


def test_a_person_acts_for_a_side_by_the_contracts_local_day() -> None:
    anna = Ref(11, "Anna Kiss")
    joined = Appointment("Anna Kiss", Party.PROVIDER, since=date(2026, 3, 3))
    parties = replace(PARTIES, appointments=(joined,))
    past = ticket(
        """
        2026-03-02 09:00 bela opens: Printer
                   23:59 anna says: Still a customer
        2026-03-03 00:30 anna says: I work for the provider now
        """
    )
    notes = timeline_of(past, WORDS, parties, HAPPENED).notes
    assert [note.author.id for note in notes] == [anna.id, anna.id]
    assert [note.author.party for note in notes] == [Party.CUSTOMER, Party.PROVIDER]
