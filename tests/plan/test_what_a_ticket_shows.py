"""What customers read on a ticket: one line of status, and when things are due."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redmine_sla.plan import shown_for
from tests.judging import contract, promising
from tests.plan.world import OFFICE_HOURS, WORDS_SAY_NOTHING, shown, told

OPENED = "2026-03-02 09:00 anna opens: Printer prints blanks"
ANSWERED = f"{OPENED}\n10:00 eva says: We look into it"
WAITING = f"{ANSWERED}; status: Waiting for customer"


def test_the_worst_open_clock_is_named() -> None:
    assert shown(OPENED, at="2026-03-02 10:00").sla_status == "response: on track"
    assert shown(ANSWERED, at="2026-03-02 10:30").sla_status == "resolution: on track"
    assert shown(ANSWERED, at="2026-03-02 15:30").sla_status == "resolution: at risk"
    assert shown(ANSWERED, at="2026-03-03 09:01").sla_status == "resolution: breached"


def test_a_pause_is_said_beside_the_verdict_with_whom_it_waits_for() -> None:
    status = shown(WAITING, at="2026-03-05 12:00").sla_status
    assert status == "resolution: on track, paused: waiting for customer"


def test_a_breach_does_not_disappear_behind_a_pause() -> None:
    story = f"{ANSWERED}\n2026-03-03 11:00 eva status: Waiting for customer"
    status = shown(story, at="2026-03-05 12:00").sla_status
    assert status == "resolution: breached, paused: waiting for customer"


def test_waiting_for_a_vendor_is_said_where_it_pauses() -> None:
    under = contract("third_party_pauses = true", promising("resolution", "8bh"))
    story = f"{OPENED}\n10:00 eva status: Waiting for vendor"
    status = shown(story, under, at="2026-03-05 12:00").sla_status
    assert status == "resolution: on track, paused: waiting for third party"


def test_a_broken_promise_stays_in_the_line_while_others_run() -> None:
    story = f"{OPENED}\n14:00 eva says: Sorry, we look into it"
    status = shown(story, at="2026-03-02 14:30").sla_status
    assert status == "resolution: on track; missed: response"


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("15:00 eva status: Resolved", "met"),
        ("2026-03-04 15:00 eva status: Resolved", "missed: resolution"),
        ("15:00 eva status: Rejected", "met"),
    ],
)
def test_a_finished_ticket_says_how_it_ended(end: str, status: str) -> None:
    assert shown(f"{ANSWERED}\n{end}", at="2026-03-09 09:00").sla_status == status


def test_a_ticket_rejected_before_anything_was_kept_is_cancelled() -> None:
    story = f"{OPENED}\n09:30 eva status: Rejected"
    assert shown(story, at="2026-03-09 09:00").sla_status == "cancelled"


def test_what_nobody_recorded_is_unmeasured_never_met() -> None:
    under = contract(promising("arrival", "3ch"))
    ordered = "09:00 anna field Visit ordered at = 2026-03-02T09:00"
    story = f"{OPENED}\n{ordered}\n11:00 eva status: Resolved"
    assert shown(story, under, at="2026-03-09 09:00").sla_status == "unmeasured: arrival on site"


def test_dues_are_absolute_local_and_say_their_zone() -> None:
    seen = shown(OPENED, at="2026-03-02 10:00")
    assert (seen.response_due, seen.resolution_due) == (
        "2026-03-02 13:00 CET",
        "2026-03-02 17:00 CET",
    )
    summer = shown("2026-07-06 09:00 anna opens: Printer", at="2026-07-06 10:00")
    assert summer.resolution_due == "2026-07-06 17:00 CEST"


def test_a_due_time_is_empty_while_its_time_is_frozen_or_nothing_is_owed() -> None:
    assert shown(WAITING, at="2026-03-02 11:00").response_due == ""
    assert shown(WAITING, at="2026-03-02 11:00").resolution_due == ""
    assert (
        shown(f"{ANSWERED}\n15:00 eva status: Resolved", at="2026-03-09 09:00").resolution_due == ""
    )


def test_seconds_are_cut_so_that_nobody_is_told_a_later_minute() -> None:
    seen = shown("2026-03-02 09:00:50 anna opens: Printer", at="2026-03-02 10:00")
    assert seen.response_due == "2026-03-02 13:00 CET"


def test_an_agreed_date_is_shown_in_place_of_the_target_even_while_waiting() -> None:
    under = contract(promising("resolution", "20bd"), promising("agreed", "agreed"))
    story = f"""{OPENED}
        10:00 eva due: 2026-03-06
        11:00 anna field Date agreed = 1
        12:00 eva status: Waiting for customer"""
    assert shown(story, under, at="2026-03-03 09:00").resolution_due == "2026-03-06 17:00 CET"


def test_the_earliest_first_reaction_is_shown() -> None:
    under = contract(promising("response", "8bh"), promising("work_start", "2bh"))
    assert shown(OPENED, under, at="2026-03-02 09:30").response_due == "2026-03-02 11:00 CET"


def test_reach_and_severity_are_shown_together_and_an_unconfirmed_reach_says_so() -> None:
    under = contract(WORDS_SAY_NOTHING, promising("resolution", "8bh", **{"class": "system"}))
    story = f"{OPENED}\n09:10 eva field SLA class = system; field SLA severity = critical"
    one = told(story, under, at="2026-03-02 10:00")
    assert shown_for(one).sla_class == "system, critical"
    assert (
        shown_for(replace(one, needs_triage=True)).sla_class == "system (to be confirmed), critical"
    )


def test_nobody_is_asked_to_confirm_a_reach_that_decides_nothing() -> None:
    under = contract(WORDS_SAY_NOTHING, promising("resolution", "8bh"))
    one = told(f"{OPENED}\n09:10 eva field SLA severity = critical", under, at="2026-03-02 10:00")
    assert shown_for(replace(one, needs_triage=True)).sla_class == "critical"


def test_a_ticket_without_clocks_shows_nothing() -> None:
    internal = shown("2026-03-02 09:00 eva opens: Order toner", at="2026-03-02 10:00")
    assert not any(internal.values().values())
    assert internal.why.startswith("internal")
    unpromised = shown(OPENED, contract(), at="2026-03-02 10:00")
    assert not any(unpromised.values().values())


def test_why_tells_what_the_status_rests_on() -> None:
    assert shown(ANSWERED, at="2026-03-02 15:30").why == (
        "resolution within 8 business hours: reported 2026-03-02 09:00 CET, "
        "due 2026-03-02 17:00 CET, 81 % used"
    )
    late = shown(f"{ANSWERED}\n2026-03-04 15:00 eva status: Resolved", at="2026-03-09 09:00")
    assert late.why == (
        "resolution within 8 business hours: reported 2026-03-02 09:00 CET, "
        "status Resolved 2026-03-04 15:00 CET, due 2026-03-02 17:00 CET"
    )


@pytest.mark.parametrize(
    ("at", "gauge"),
    [("2026-03-02 10:30", "0"), ("2026-03-02 13:00", "50"), ("2026-03-05 12:00", "100")],
)
def test_the_gauge_goes_in_few_steps_and_never_over_100(at: str, gauge: str) -> None:
    assert shown(ANSWERED, OFFICE_HOURS, at=at).gauge == gauge
