"""The clock of an agreed date (profile information-system). No pause moves it, as it was agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract import Clock, TargetRule
from redmine_sla.language import Saying
from redmine_sla.sla.agreement import Agreement, Proposal
from redmine_sla.sla.case import Case
from redmine_sla.sla.facts import Facts, rule_for
from redmine_sla.sla.reading import Reading, Start
from redmine_sla.sla.run import Laid, Run, count_out
from redmine_sla.sla.settling import settled
from redmine_sla.sla.standard_clock import stop_of
from redmine_sla.sla.verdict import Motion, Verdict
from redmine_sla.ticket import Party


def read_agreed(name: str, clock: Clock, case: Case) -> Reading | None:
    """The reading against the date that was agreed last before the one before it had passed.

    A date agreed anew after the old one was broken does not heal it. While a proposed date waits
    for the customer, the reading is pending and says for whom.
    """
    decided = min(end for end in (case.resolved, case.cancelled, case.as_of) if end is not None)
    facts = case.facts_at(decided)
    rule = rule_for(case.terms.targets, name, facts)
    if rule is None:
        return None
    promise = _Promise(rule, facts, case)
    agreed = [one for one in case.dates if isinstance(one, Agreement) and one.agreed <= decided]
    if not agreed:
        return _waiting(name, clock, promise)
    binding, remarks = promise.binding(agreed)
    start = Start(
        binding.agreed,
        binding.agreed,
        Saying("{day} agreed: {how}", day=binding.day, how=binding.how),
    )
    laid = Laid(promise.calendar, start, promise.due(binding), ())
    stop, unrecorded = stop_of(clock, case, since=binding.agreed)
    run = Run(name, clock, start, stop, unrecorded)
    reading = count_out(rule, facts, run, case, laid)
    remarks += _open_proposal(case)
    return settled(replace(reading, remarks=tuple(remarks)), run, case)


@dataclass(frozen=True, slots=True)
class _Promise:
    rule: TargetRule
    facts: Facts
    case: Case

    @property
    def calendar(self) -> ServiceCalendar:
        facts = self.facts
        return self.case.terms.calendar_for(facts.tier, facts.channel, self.rule.calendar)

    def due(self, agreement: Agreement) -> datetime:
        return self.case.terms.due(
            self.rule.within, self.calendar, agreement.proposed, agreement.day
        )

    def binding(self, agreed: list[Agreement]) -> tuple[Agreement, list[Saying]]:
        """The agreement that binds, and what to say of the others."""
        binding, *later = agreed
        remarks = []
        for one in later:
            if one.agreed > self.due(binding):
                remarks.append(
                    Saying(
                        "{day} was agreed after {before} had passed",
                        day=one.day,
                        before=binding.day,
                    )
                )
            else:
                remarks.append(
                    Saying("agreed anew: {before} became {day}", day=one.day, before=binding.day)
                )
                binding = one
        return binding, remarks


def _open_proposal(case: Case) -> list[Saying]:
    latest = case.dates[-1]
    if isinstance(latest, Agreement):
        return []
    return [
        Saying(
            "{day} was proposed on {since} and waits for assent",
            day=latest.day,
            since=latest.proposed.astimezone(case.glossary.timezone).date(),
        )
    ]


def _waiting(name: str, clock: Clock, promise: _Promise) -> Reading | None:
    case = promise.case
    latest = case.dates[-1] if case.dates else None
    if not isinstance(latest, Proposal) or case.cycle.end is not None:
        return None
    if latest.proposed_by is Party.PROVIDER:
        reason = Saying("{day} waits for the customer's assent", day=latest.day)
    else:
        reason = Saying("{day} waits for the provider's assent", day=latest.day)
    return Reading(
        clock=name,
        title=clock.title,
        cycle=case.cycle.number,
        promised=case.cycle.start,
        rule=promise.rule,
        facts=promise.facts,
        calendar=promise.calendar,
        verdict=Verdict.ON_TRACK,
        motion=Motion.PENDING,
        reason=reason,
    )
