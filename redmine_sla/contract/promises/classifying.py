"""`[classification]`: what a desk's trackers, categories, services and priorities mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pydantic import Field

from redmine_sla.contract.base import Exact, Section, Text
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.promises.clocks import TargetText
from redmine_sla.contract.words import Kind, ProblemClass, Severity


class Labels(Section):
    """What a tracker, category, service or priority says of a ticket."""

    problem_class: ProblemClass | None = Field(default=None, alias="class", description="Reach")
    severity: Severity | None = Field(default=None, description="How bad")
    kind: Kind | None = Field(default=None, description="What it is")

    def contradictions(self) -> Iterable[Finding]:
        if self.problem_class is None and self.severity is None and self.kind is None:
            yield Finding((), "says nothing", "write class, severity or kind")


class Burst(Section):
    """`[classification.burst]`: many reporters of alike tickets mean a wide reach."""

    reporters: int = Field(ge=2, description="Distinct reporters", examples=[3])
    within: TargetText = Field(description="Within this time", examples=["1ch"])
    problem_class: ProblemClass = Field(alias="class", description="The class it is evidence of")


Matrix = dict[Text, dict[Text, Text]]
"""Impact, then urgency, then the name of the Redmine priority."""


class Classification(Section):
    """`[classification]`: how class, severity and kind are found, and what holds without them."""

    default_class: ProblemClass = Field(
        default=ProblemClass.USER,
        description="Taken, and flagged for triage, where nothing is known",
    )
    default_severity: Severity | None = Field(
        default=None, description="Severity of a fault that says nothing of its own"
    )
    default_kind: Kind = Field(
        default=Kind.INCIDENT, description="Kind of a ticket that says nothing"
    )
    threshold: Exact = Field(
        default=Decimal("0.6"),
        ge=0,
        le=1,
        description="Confidence under which a ticket is flagged for triage",
    )
    text_rules: bool = Field(default=True, description="Are the words of a ticket evidence?")
    trackers: dict[Text, Labels] = Field(
        default_factory=dict,
        description="By tracker name",
        examples=[{"Bug": {"kind": "incident"}}],
    )
    categories: dict[Text, Labels] = Field(
        default_factory=dict,
        description="By issue category",
        examples=[{"Network": {"class": "infrastructure"}}],
    )
    services: dict[Text, Labels] = Field(
        default_factory=dict,
        description="By service or host named in a monitoring alert",
        examples=[{"mail01": {"class": "infrastructure", "severity": "critical"}}],
    )
    priorities: dict[Text, Labels] = Field(
        default_factory=dict,
        description="By Redmine priority",
        examples=[{"Immediate": {"severity": "critical"}}],
    )
    burst: Burst | None = Field(default=None, description="Alike tickets by several reporters")
    matrix: Matrix = Field(
        default_factory=dict,
        description="Impact x urgency gives the Redmine priority",
        examples=[{"high": {"high": "Immediate", "medium": "Urgent", "low": "High"}}],
    )

    def contradictions(self) -> Iterable[Finding]:
        urgencies = {urgency for row in self.matrix.values() for urgency in row}
        for impact, row in self.matrix.items():
            for urgency in sorted(urgencies - row.keys()):
                yield Finding(
                    ("matrix", impact),
                    f'no priority for urgency "{urgency}"',
                    "every impact needs the same urgencies",
                )
