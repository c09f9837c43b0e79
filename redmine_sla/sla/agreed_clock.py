"""The clock of an agreed date (contract E, point 3). No pause moves it: the date was agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract import Clock, EventKind, TargetRule, Trigger
from redmine_sla.sla.agreement import Agreement
from redmine_sla.sla.case import Case
from redmine_sla.sla.run import Laid, Run, counted
from redmine_sla.sla.facts import Facts, rule_for
from redmine_sla.sla.reading import Reading, Start, Stop
from redmine_sla.sla.settling import settled
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Party

AGREED = Trigger(EventKind.DUE_DATE, "agreed")


def read_agreed(name: str, clock: Clock, case: Case) -> Reading | None:
    """The reading against the date that was agreed last before the one before it had passed.

    A date agreed anew after the old one was broken does not heal it. While a proposed date waits
    for the customer, the reading is pending and says since when.
    """
    stop = None
    if case.resolved is not None and case.cycle.end is not None:
        stop = Stop(case.resolved, case.resolved, f"status {case.cycle.end.status}")
    decided = min(end for end in (case.resolved, case.cancelled, case.as_of) if end is not None)
    facts = case.facts_at(decided)
    rule = rule_for(case.terms.targets, name, facts)
    if rule is None:
        return None
    binding, remarks = _binding(rule, facts, case, decided)
    if binding is None:
        return _waiting(name, clock, case, rule, facts)
    assent = _assented(binding)
    start = Start(assent, assent, f"{binding.day} agreed: {_how(binding)}")
    laid = Laid(_calendar(rule, facts, case), start, _due(rule, facts, case, binding), ())
    run = Run(name, clock, start, stop)
    reading = counted(rule, facts, run, case, laid)
    reading = replace(reading, remarks=(*remarks, *_open_proposal(case, binding)))
    return settled(reading, run, case)


def _assented(agreement: Agreement) -> datetime:
    assert agreement.assent is not None
    return agreement.assent.at or agreement.assent.recorded


def _how(agreement: Agreement) -> str:
    return agreement.assent.what if agreement.assent else ""


def _binding(
    rule: TargetRule, facts: Facts, case: Case, decided: datetime
) -> tuple[Agreement | None, list[str]]:
    """The agreement that binds, and what to say of the others."""
    agreed = [one for one in case.agreements if one.assent and _assented(one) <= decided]
    binding = None
    remarks = []
    for one in agreed:
        if binding is None:
            binding = one
        elif _assented(one) > _due(rule, facts, case, binding):
            remarks.append(f"{one.day} was agreed after {binding.day} had passed")
        else:
            remarks.append(f"agreed anew: {binding.day} became {one.day}")
            binding = one
    return binding, remarks


def _calendar(rule: TargetRule, facts: Facts, case: Case) -> ServiceCalendar:
    return case.terms.calendar_for(facts.tier, facts.channel, rule.calendar)


def _due(rule: TargetRule, facts: Facts, case: Case, agreement: Agreement) -> datetime:
    due = rule.within.due(_calendar(rule, facts, case), agreement.proposed, agreed=agreement.day)
    assert due is not None
    return due


def _open_proposal(case: Case, binding: Agreement) -> list[str]:
    latest = case.agreements[-1]
    if latest is binding or latest.assent is not None:
        return []
    return [f"{latest.day} was proposed on {latest.proposed:%Y-%m-%d} and waits for assent"]


def _waiting(
    name: str, clock: Clock, case: Case, rule: TargetRule, facts: Facts
) -> Reading | None:
    proposals = [one for one in case.agreements if one.assent is None]
    if not proposals or case.cycle.end is not None:
        return None
    latest = proposals[-1]
    awaited = "the customer's" if latest.proposed_by is Party.PROVIDER else "the provider's"
    return Reading(
        clock=name,
        title=clock.title,
        cycle=case.cycle.number,
        rule=rule,
        facts=facts,
        calendar=_calendar(rule, facts, case),
        verdict=Verdict.ON_TRACK,
        motion=Motion.PENDING,
        reason=f"{latest.day} waits for {awaited} assent",
    )
