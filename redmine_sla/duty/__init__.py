"""Obligations: their occurrences, the tickets that stand for them, and what came of each."""

from redmine_sla.duty.occurrences import Occurrence, occurrences

__all__ = ["Occurrence", "occurrences"]
