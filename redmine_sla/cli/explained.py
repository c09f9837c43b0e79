"""All that is known of one ticket's judgement, brought together for `explain`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from redmine_sla.cli.output import age, utc
from redmine_sla.cli.reading_data import ledger_data, reading_data
from redmine_sla.contract import Configuration, Contract, Terms
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Gone, Mirror
from redmine_sla.plan import Judged
from redmine_sla.plan.status_line import status_line
from redmine_sla.sla.classification import Classification, Evidence, IntakeHint, SeverityJudgement
from redmine_sla.sla.ledger import ledger
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.sync.judging import bench_beside
from redmine_sla.sync.standing import pulled_at
from redmine_sla.ticket import Author

_HOW_GONE = MappingProxyType(
    {
        Gone.DELETED: "was deleted in Redmine",
        Gone.MOVED: "was moved to a project that no contract covers",
        Gone.FORBIDDEN: "is out of the key's sight: made private, or moved where it may not look",
        Gone.ARCHIVED: "is out of sight with its whole project: archived, or closed to the key",
    }
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A judged ticket with the evidence behind its class, severity and parties."""

    judged: Judged
    as_of: datetime
    classification: Classification
    severity: SeverityJudgement
    hints: tuple[IntakeHint, ...]

    @property
    def assessment(self) -> Assessment:
        return self.judged.assessment

    @property
    def contract(self) -> Contract:
        return self.judged.contract

    @property
    def promised(self) -> datetime:
        """When its latest cycle began, whose terms it is judged by: reported, or reopened late."""
        current = self.assessment.current
        return current[0].promised if current else self.judged.timeline.reported

    @property
    def terms(self) -> Terms:
        return self.contract.terms_at(self.promised)

    @property
    def terms_since(self) -> date:
        day = self.contract.day_of(self.promised)
        firsts = [first for first, _ in self.contract.versions]
        return max([first for first in firsts if first <= day], default=firsts[0])

    @property
    def people(self) -> tuple[Author, ...]:
        """Everybody who acted on the ticket, in order of appearance."""
        timeline = self.judged.timeline.as_of(self.as_of)
        acts = [(note.recorded, note.author) for note in timeline.notes]
        acts += [(booking.at, booking.author) for booking in timeline.bookings]
        for track in (*timeline.tracks.values(), *timeline.fields.values()):
            acts += [(span.recorded, span.by) for span in track.spans[1:]]
        acts.sort(key=lambda act: act[0])
        everybody = (timeline.opened_by, *(author for _, author in acts))
        return tuple({author.id: author for author in everybody}.values())


def explained(
    configuration: Configuration, mirror: Mirror, number: int, as_of: datetime
) -> Explained:
    """The ticket, judged. Raises `SlaError` with the next step where it cannot be."""
    bench = bench_beside(configuration, mirror, number, as_of)
    ticket = mirror.ticket(number)
    if ticket is None:
        raise _absent(mirror, number, as_of)
    if ticket.created > as_of:
        raise SlaError(f"#{number} was only reported at {utc(ticket.created)}, after {utc(as_of)}")
    judged = bench.judge(ticket, as_of)
    if judged is None:
        raise SlaError(
            f"#{number} has no contract: none covers project {ticket.project} on "
            f"{ticket.created:%Y-%m-%d}",
            hint="look at projects, select, starts and ends of the contracts",
        )
    finder = bench.fact_finder(judged.timeline, judged.contract)
    return Explained(
        judged,
        as_of,
        finder.classification(as_of),
        finder.severity(as_of),
        finder.hints(as_of),
    )


def explained_data(told: Explained, readings: Iterable[Reading]) -> dict[str, Any]:
    """Everything as JSON-ready data; the keys are stable."""
    judged, facts = told.judged, told.assessment.facts
    return {
        "ticket": judged.number,
        "subject": judged.ticket.subject,
        "as_of": utc(told.as_of),
        "timezone": told.contract.timezone,
        "contract": told.contract.name,
        "contract_title": told.contract.title,
        "terms_since": told.terms_since.isoformat(),
        "reported": utc(judged.timeline.reported),
        "status": judged.ticket.status.name,
        "standing": status_line(told.assessment, ZoneInfo(told.contract.timezone)),
        "silent": told.assessment.silent or None,
        "tier": (facts.tier if facts else "") or None,
        "class": facts.problem_class if facts else None,
        "severity": (facts.severity if facts else "") or None,
        "kind": facts.kind if facts else None,
        "classification": classification_data(told),
        "people": [{"name": one.name, "party": str(one.party)} for one in told.people],
        "remarks": list(told.assessment.remarks),
        "clocks": [
            reading_data(one)
            | {
                "calendar": {"hours": one.calendar.hours, "timezone": one.calendar.timezone},
                "ledger": ledger_data(ledger(one, told.as_of)),
            }
            for one in readings
        ],
    }


def classification_data(told: Explained) -> dict[str, Any]:
    """How sure the class is, and all that speaks for it and for the severity."""
    found = told.classification
    return {
        "confidence": round(found.confidence, 4),
        "needs_triage": found.needs_triage,
        "suggestion": found.suggestion,
        "claim": found.claim,
        "evidence": [
            *(evidence_data(one) for one in found.evidence),
            *(evidence_data(one) for one in told.severity.evidence),
        ],
    }


def evidence_data(evidence: Evidence[Any]) -> dict[str, Any]:
    """One piece of evidence."""
    return {
        "source": str(evidence.source),
        "value": str(evidence.value),
        "weight": round(evidence.weight, 2),
        "why": evidence.why,
    }


def _absent(mirror: Mirror, number: int, as_of: datetime) -> SlaError:
    with mirror.reading() as view:
        gone = {one.ticket: one.kind for one in view.departures(all_of_them=True)}
    if number in gone:
        return SlaError(f"#{number} {_HOW_GONE[gone[number]]}")
    pulled = pulled_at(mirror)
    if pulled is None:
        return SlaError("nothing was pulled from Redmine yet", hint="run `redmine-sla sync` first")
    return SlaError(
        f"#{number} is not in the mirror, which was pulled {age(as_of - pulled)} ago: no contract "
        "covers its project, the key cannot see it, or it is newer",
        hint="`redmine-sla sync --dry-run` pulls without writing; then ask again",
    )
