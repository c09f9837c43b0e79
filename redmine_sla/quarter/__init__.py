"""Quarters: which promises were decided in one, and the page that says so."""

from redmine_sla.quarter.page import quarter_page
from redmine_sla.quarter.quarter import Quarter, QuarterError
from redmine_sla.quarter.summary import Breach, Cell, OpenPromise, Summary, summarise

__all__ = [
    "Breach",
    "Cell",
    "OpenPromise",
    "Quarter",
    "QuarterError",
    "Summary",
    "quarter_page",
    "summarise",
]
