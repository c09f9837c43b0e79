"""Reports over any period and scope, from promises judged ticket by ticket."""

from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Awaited, Pause, Promise

__all__ = ["Awaited", "Pause", "Promise", "promises_of"]
