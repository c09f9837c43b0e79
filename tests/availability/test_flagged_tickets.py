"""An outage is flagged by the fields of its begin and end; they hold it as it happened."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.availability import Outage, Unmeasured, WhyUnmeasured, outages_of, unrecorded
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.verdict import Verdict
from tests.availability.measuring import in_month, promising_percent
from tests.judging import GLOSSARY, contract
from tests.notation import instant
from tests.quarter.deliverables import as_judged

UNDER = contract()
OPENED = "2026-09-10 09:00 anna opens: Nothing works\n"


def told(story: str, *, private: bool = False) -> list[Outage | Unmeasured]:
    one = as_judged(OPENED + story, UNDER, number=7, private=private)
    return list(outages_of(one, GLOSSARY))


def spans(story: str) -> list[tuple[str, str | None]]:
    """Begin and end of each outage, in UTC: local summer time less two hours."""
    return [
        (f"{one.began:%d %H:%M}", f"{one.ended:%d %H:%M}" if one.ended else None)
        for one in told(story)
        if isinstance(one, Outage)
    ]


def gap(story: str) -> Unmeasured:
    (one,) = told(story)
    assert isinstance(one, Unmeasured)
    return one


def test_it_began_and_ended_as_people_noted_it_later() -> None:
    (one,) = told(
        """
        11:00 eva  field Outage began at = 2026-09-10 08:40; field Service = CRM
        2026-09-11 08:00 eva field Outage ended at = 2026-09-10 10:15; status: Resolved
        """
    )
    assert one == Outage(
        ticket=7,
        service="CRM",
        began=instant("2026-09-10 08:40"),
        ended=instant("2026-09-10 10:15"),
    )


def test_a_ticket_without_these_instants_tells_of_none() -> None:
    assert told("10:00 eva field Service = CRM; status: Resolved") == []


def test_without_an_end_it_lasts() -> None:
    assert spans("10:00 eva field Outage began at = 2026-09-10 08:40") == [("10 06:40", None)]


def test_an_alert_of_the_monitoring_is_as_good_as_a_persons_word() -> None:
    story = """
    10:00 bot field Outage began at = 2026-09-10 08:40
    10:30 bot field Outage ended at = 2026-09-10 10:29
    """
    assert spans(story) == [("10 06:40", "10 08:29")]


def test_a_corrected_begin_or_end_replaces_the_first() -> None:
    story = """
    10:00 eva field Outage began at = 2026-09-10 09:00
    10:10 eva field Outage began at = 2026-09-10 08:30
    11:00 eva field Outage ended at = 2026-09-10 10:00
    11:30 eva field Outage ended at = 2026-09-10 10:45
    """
    assert spans(story) == [("10 06:30", "10 08:45")]


def test_a_begin_after_the_end_that_stands_is_the_next_outage() -> None:
    story = """
    10:00 eva field Outage began at = 2026-09-10 08:30; field Outage ended at = 2026-09-10 09:30
    15:00 eva field Outage began at = 2026-09-10 14:00
    16:00 eva field Outage ended at = 2026-09-10 15:30
    """
    assert spans(story) == [("10 06:30", "10 07:30"), ("10 12:00", "10 13:30")]
    both_at_once = """
    10:00 eva field Outage began at = 2026-09-10 08:30; field Outage ended at = 2026-09-10 09:30
    16:00 eva field Outage began at = 2026-09-10 14:00; field Outage ended at = 2026-09-10 15:30
    """
    assert spans(both_at_once) == spans(story)


def test_emptied_fields_take_the_outage_back() -> None:
    story = """
    10:00 eva field Outage began at = 2026-09-10 08:30; field Outage ended at = 2026-09-10 09:30
    11:00 eva field Outage began at = ; field Outage ended at =
    """
    assert told(story) == []


def test_without_a_begin_it_is_unmeasured_and_concerns_the_time_from_the_report() -> None:
    one = gap("11:00 eva field Outage ended at = 2026-09-10 10:15")
    assert one.gap is WhyUnmeasured.NO_BEGIN
    assert (one.since, one.until) == (instant("2026-09-10 09:00"), instant("2026-09-10 10:15"))


def test_an_end_before_the_report_is_all_that_is_known_without_a_begin() -> None:
    one = gap("11:00 eva field Outage ended at = 2026-09-10 08:15")
    assert (one.since, one.until) == (instant("2026-09-10 08:15"), instant("2026-09-10 08:15"))


def test_a_begin_without_a_time_of_day_is_no_instant() -> None:
    one = gap(
        "11:00 eva field Outage began at = 2026-09-10; field Outage ended at = 2026-09-10 10:15"
    )
    assert one.gap is WhyUnmeasured.UNREADABLE


def test_an_outage_whose_ticket_is_done_has_ended_and_nobody_knows_when() -> None:
    one = gap(
        """
        10:00 eva field Outage began at = 2026-09-10 08:40
        15:00 eva status: Resolved
        """
    )
    assert one.gap is WhyUnmeasured.NO_END
    assert (one.since, one.until) == (instant("2026-09-10 08:40"), instant("2026-09-10 15:00"))


def test_one_that_ends_before_it_begins_is_a_finding() -> None:
    one = gap(
        """
        11:00 eva field Outage began at = 2026-09-10 10:00
        11:01 eva field Outage ended at = 2026-09-10 08:00
        """
    )
    assert one.gap is WhyUnmeasured.BACKWARDS
    assert (one.since, one.until) == (instant("2026-09-10 08:00"), instant("2026-09-10 10:00"))


TIMED = """
11:00 eva field Outage began at = 2026-09-10 08:40; field Outage ended at = 2026-09-10 10:15
"""


def test_a_rejected_ticket_is_marked() -> None:
    (one,) = told(TIMED + "12:00 eva status: Rejected")
    assert one.rejected


def test_a_duplicate_that_leaves_something_out_is_spoken_for() -> None:
    assert len(told(TIMED + "12:00 eva status: Duplicate")) == 1
    half = "11:00 eva field Outage began at = 2026-09-10 08:40\n12:00 eva status: Duplicate"
    assert told(half) == []


def test_a_private_ticket_counts_and_is_hidden() -> None:
    (one,) = told(TIMED, private=True)
    assert one.hidden


def test_a_ticket_moved_elsewhere_counts_and_is_hidden() -> None:
    moved = replace(as_judged(OPENED + TIMED, UNDER), moved_to="globex", is_hidden=True)
    (one,) = outages_of(moved, GLOSSARY)
    assert one.hidden


def test_what_was_noted_later_than_the_instant_judged_is_not_known() -> None:
    early = as_judged(OPENED + TIMED, UNDER, at="2026-09-10 10:30")
    assert list(outages_of(early, GLOSSARY)) == []


def test_where_nobody_can_record_an_outage_nothing_is_taken_for_good() -> None:
    (blind,) = unrecorded(Glossary())
    month = in_month("2026-09", promising_percent("97.5"), blind)
    assert (month.verdict, month.raw_verdict) == (Verdict.UNMEASURED, Verdict.UNMEASURED)
    assert list(unrecorded(GLOSSARY)) == []
