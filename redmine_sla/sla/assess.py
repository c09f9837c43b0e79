"""Judging a ticket: cut its life into cycles, find the terms of each, read their clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import takewhile

from redmine_sla.contract import Clock, Contract, Terms
from redmine_sla.language import Saying
from redmine_sla.sla.agreed_clock import read_agreed
from redmine_sla.sla.agreement import dates_of
from redmine_sla.sla.case import Case, Exclusion
from redmine_sla.sla.cycles import Cycle, Ending, Rest, cycles_of, rests_of
from redmine_sla.sla.facts import FactFinder
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sla.run import AGREED
from redmine_sla.sla.silence import why_silent
from redmine_sla.sla.standard_clock import read_standard
from redmine_sla.sla.stopwatch import Wait
from redmine_sla.sla.update_clock import read_update
from redmine_sla.sla.waits import waits_of
from redmine_sla.ticket import Attribute, Party, RelationKind, Timeline


def assess(
    timeline: Timeline,
    contract: Contract,
    glossary: Glossary,
    facts: FactFinder,
    as_of: datetime,
) -> Assessment:
    """Judge a ticket by its contract as of an instant. Pure: the same inputs, the same answer.

    Only what was recorded by `as_of` is seen, so any past moment can be judged again. Raises
    `CalendarError` where a calendar cannot answer (never open).
    """
    timeline = timeline.as_of(as_of)
    terms = contract.terms_at(timeline.reported)
    rests = _rests(timeline, terms, glossary)
    cycles = _cycles(timeline, contract, facts, rests)
    silent = why_silent(timeline, terms, glossary)
    readings: tuple[Reading, ...] = ()
    if not silent:
        readings = tuple(_readings(timeline, contract, glossary, facts, cycles=cycles, as_of=as_of))
    return Assessment(
        ticket=timeline.number,
        contract=contract.name,
        as_of=as_of,
        facts=facts.under(contract.terms_at(cycles[-1].start)).at(as_of),
        readings=readings,
        silent=silent,
        remarks=tuple(_remarks(timeline, rests, glossary.timezone)),
    )


def _readings(
    timeline: Timeline,
    contract: Contract,
    glossary: Glossary,
    facts: FactFinder,
    *,
    cycles: list[Cycle],
    as_of: datetime,
) -> Iterator[Reading]:
    for cycle, following in zip(cycles, [*cycles[1:], None], strict=True):
        terms = contract.terms_at(cycle.start)
        until = following.start if following else None
        found = facts.under(terms)
        case = Case(
            timeline=timeline,
            terms=terms,
            glossary=glossary,
            cycle=cycle,
            until=until,
            as_of=as_of,
            waits=tuple(
                waits_of(
                    timeline, glossary.roles_of, answer_ends_it=terms.customer_answer_ends_pause
                )
            ),
            exclusions=exclusions_of(terms, timeline.number),
            dates=tuple(dates_of(timeline, glossary, terms, (cycle.start, until), as_of)),
            facts_at=found.at,
            turns=found.turns,
            revisions=found.revisions,
        )
        for name in terms.clocks_in_use:
            reading = _read(name, terms.clocks[name], case)
            if reading is not None:
                yield reading


def _read(name: str, clock: Clock, case: Case) -> Reading | None:
    if AGREED in clock.starts:
        return read_agreed(name, clock, case)
    return read_update(name, clock, case) if clock.restarts else read_standard(name, clock, case)


def _rests(timeline: Timeline, terms: Terms, glossary: Glossary) -> list[Rest]:
    """When the ticket lay at rest. One for which another ticket speaks rests from then on."""
    rests = rests_of(timeline.track(Attribute.STATUS), glossary.roles_of)
    spoken_for = min(_spoken_for(timeline, terms), default=None)
    if spoken_for is None:
        return rests
    at, as_what = spoken_for
    before = [rest for rest in rests if rest.start < at]
    if before and (before[-1].end is None or before[-1].end > at):
        return [*before[:-1], replace(before[-1], end=None)]
    return [*before, Rest(at, None, Ending.CANCELLED, as_what)]


def _spoken_for(timeline: Timeline, terms: Terms) -> Iterator[tuple[datetime, str]]:
    """Since when another ticket speaks for this one, and as what this one is marked.

    A ticket that was born a subtask has no clocks at all (see `why_silent`).
    """
    for at, relation in timeline.relations:
        if relation.kind is RelationKind.DUPLICATES and relation.source == timeline.number:
            yield at, Saying("duplicate of #{number}", number=relation.target)
    parents = timeline.track(Attribute.PARENT)
    under = list(takewhile(lambda span: span.value, reversed(parents.spans)))
    if under and parents.first.value is None and terms.parent_speaks_for_subtasks:
        yield under[-1].start, Saying("subtask of #{number}", number=under[0].value)


def _cycles(
    timeline: Timeline, contract: Contract, facts: FactFinder, rests: list[Rest]
) -> list[Cycle]:
    terms = contract.terms_at(timeline.reported)

    def resumes_until(rest: datetime) -> datetime:
        found = facts.at(rest)
        calendar = terms.calendar_for(found.tier, found.channel)
        return terms.due(terms.new_cycle_after, calendar, rest)

    return cycles_of(timeline.reported, rests, resumes_until)


def exclusions_of(terms: Terms, ticket: int) -> tuple[Exclusion, ...]:
    """The times that both sides agreed not to count on a ticket."""
    return tuple(
        Exclusion(
            frozenset(exclusion.clocks),
            Wait(
                exclusion.since,
                exclusion.until,
                None,
                Saying(
                    "excluded: {reason} (agreed in #{number})",
                    reason=exclusion.reason,
                    number=exclusion.agreed_in,
                ),
            ),
        )
        for exclusion in terms.exclusions
        if not exclusion.tickets or ticket in exclusion.tickets
    )


def _remarks(timeline: Timeline, rests: list[Rest], zone: tzinfo) -> Iterator[str]:
    for remark in timeline.remarks:
        yield remark.what
    strangers = {note.author.name for note in timeline.notes if _is_stranger(note.author.party)}
    for name in sorted(strangers):
        yield Saying(
            "{name} is neither customer nor provider: name the party in sla.toml", name=name
        )
    if rests and rests[-1].end is None:
        for note in timeline.notes:
            if note.public and note.author.party is Party.CUSTOMER and note.at > rests[-1].start:
                yield Saying(
                    "{name} wrote on the closed ticket on {day}",
                    name=note.author.name,
                    day=note.at.astimezone(zone).date(),
                )


def _is_stranger(party: Party) -> bool:
    return party is Party.UNKNOWN
