"""What a contract says about classification, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from redmine_sla.contract.words import ProblemClass, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationPolicy:
    """How a contract wants its tickets classified.

    Names of trackers, categories and priorities are compared without regard to case; keys of
    `service_classes` are host or service names, `*` standing for any letters. Under `threshold`
    (a probability) the default class holds and the ticket is flagged for triage.
    """

    default_class: ProblemClass = ProblemClass.USER
    threshold: float = 0.6
    customer_choice_counts: bool = False
    text_rules: bool = True
    tracker_classes: Mapping[str, ProblemClass] = field(default_factory=dict)
    category_classes: Mapping[str, ProblemClass] = field(default_factory=dict)
    service_classes: Mapping[str, ProblemClass] = field(default_factory=dict)
    burst_reporters: int = 3
    burst_window: timedelta = timedelta(hours=1)
    burst_class: ProblemClass = ProblemClass.SYSTEM
    default_severity: Severity | None = None
    tracker_severities: Mapping[str, Severity] = field(default_factory=dict)
    category_severities: Mapping[str, Severity] = field(default_factory=dict)
    service_severities: Mapping[str, Severity] = field(default_factory=dict)
    priority_severities: Mapping[str, Severity] = field(default_factory=dict)
