"""Quarters: what is in one, how it is handed over, signed off, and restated."""

from redmine_sla.quarter.quarter import Quarter, QuarterError

__all__ = ["Quarter", "QuarterError"]
