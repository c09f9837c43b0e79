"""Any past moment can be judged again, and any split of the history adds up."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.sla.ledger import Entry, ledger
from redmine_sla.sla.reading import Assessment
from redmine_sla.sla.verdict import Motion, Verdict
from tests.judging import contract, judged, promising
from tests.notation import BUDAPEST, instant

UNDER = contract(
    "classification.text_rules = false",
    promising("response", "4bh"),
    promising("resolution", "8bh"),
    promising("update", "1bd"),
)

_ACTS = (
    "eva says: We are on it",
    "anna says: Still broken",
    "eva whispers: hm",
    "eva status: In Progress",
    "eva status: Waiting for customer",
    "eva status: Waiting for vendor",
    "eva status: Resolved",
    "eva status: Closed",
    "anna status: New",
    "eva field SLA class = system",
    "bot priority: High",
    "eva books 0.5",
)
_STEPS = st.lists(
    st.tuples(st.integers(1, 60 * 30), st.sampled_from(_ACTS)), min_size=1, max_size=12
)
_BEGAN = instant("2026-03-26 14:00")  # the clocks change on the 29th


def story(steps: list[tuple[int, str]]) -> str:
    lines = [f"{_BEGAN.astimezone(BUDAPEST):%Y-%m-%d %H:%M} anna opens: Printer"]
    at = _BEGAN
    for minutes, act in steps:
        at += timedelta(minutes=minutes)
        lines.append(f"{at.astimezone(BUDAPEST):%Y-%m-%d %H:%M%z} {act}")
    return "\n".join(line.replace("+0100", "+01:00").replace("+0200", "+02:00") for line in lines)


def verdicts(assessment: Assessment) -> list[tuple[int, str, str, str, str]]:
    return [
        (one.cycle, one.clock, str(one.verdict), str(one.motion), str(one.due))
        for one in assessment.readings
    ]


@given(_STEPS, st.integers(0, 60 * 200))
@settings(max_examples=60, deadline=None)
def test_the_past_is_judged_as_it_would_have_been_then(
    steps: list[tuple[int, str]], minutes: int
) -> None:
    as_of = _BEGAN + timedelta(minutes=minutes)
    at = f"{as_of:%Y-%m-%dT%H:%M+00:00}"
    known, passed = [], 0
    for step in steps:
        passed += step[0]
        if passed <= minutes:
            known.append(step)
    assert verdicts(judged(story(steps), UNDER, at=at)) == verdicts(
        judged(story(known), UNDER, at=at)
    )


@given(_STEPS)
@settings(max_examples=60, deadline=None)
def test_every_ledger_adds_up_to_its_reading(steps: list[tuple[int, str]]) -> None:
    at = "2026-04-20 12:00"
    for reading in judged(story(steps), UNDER, at=at).readings:
        if reading.measured is None:
            continue
        lines = ledger(reading, instant(at))
        served = [line.amount or timedelta() for line in lines if line.entry is Entry.SERVED]
        assert sum(served, timedelta()) == reading.measured.used


@given(_STEPS)
@settings(max_examples=60, deadline=None)
def test_a_verdict_and_its_motion_fit_together(steps: list[tuple[int, str]]) -> None:
    for reading in judged(story(steps), UNDER, at="2026-04-20 12:00").readings:
        settled = reading.verdict in (Verdict.MET, Verdict.MISSED, Verdict.CANCELLED)
        assert settled == (reading.motion is Motion.STOPPED)
        if reading.motion is Motion.PAUSED and reading.verdict is not Verdict.BREACHED:
            assert reading.due is None
