"""A contract's `[classification]` and `customer_may_set`, as the classifier wants them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from redmine_sla.calendar import BusinessTime, CalendarTime
from redmine_sla.contract import Choice, Kind, ProblemClass, Severity, Terms
from redmine_sla.contract.promises.classifying import Burst, Labels
from redmine_sla.sla.classification import ClassificationPolicy

_NEVER = 1_000_000  # reporters: no burst is ever that large


def policy_of(terms: Terms, choice: Choice) -> ClassificationPolicy:
    """The policy by which class or severity is found; `choice` says whose claims may count."""
    section = terms.classification
    burst = section.burst
    return ClassificationPolicy(
        default_class=section.default_class,
        threshold=float(section.threshold),
        customer_choice_counts=choice in terms.customer_may_set,
        text_rules=section.text_rules,
        tracker_classes=_classes(section.trackers),
        category_classes=_classes(section.categories),
        service_classes=_classes(section.services),
        burst_reporters=burst.reporters if burst else _NEVER,
        burst_window=_window(burst) if burst else timedelta(),
        burst_class=burst.problem_class if burst else ProblemClass.SYSTEM,
        default_severity=section.default_severity,
        tracker_severities=_severities(section.trackers),
        category_severities=_severities(section.categories),
        service_severities=_severities(section.services),
        priority_severities=_severities(section.priorities),
    )


def kinds_of(labels: Mapping[str, Labels]) -> dict[str, Kind]:
    """The kinds that names stand for."""
    return {name: label.kind for name, label in labels.items() if label.kind}


def _classes(labels: Mapping[str, Labels]) -> dict[str, ProblemClass]:
    return {name: label.problem_class for name, label in labels.items() if label.problem_class}


def _severities(labels: Mapping[str, Labels]) -> dict[str, Severity]:
    return {name: label.severity for name, label in labels.items() if label.severity}


def _window(burst: Burst) -> timedelta:
    """Bursts are counted in real time, whatever the unit of the target says."""
    within = burst.within
    if isinstance(within, BusinessTime | CalendarTime):
        return within.amount
    return timedelta(days=1)
