"""Bringing the mirror up to date with Redmine."""

from redmine_sla.sync.pull.pull import pull
from redmine_sla.sync.pull.scope import Beat, Progress, PullReport, PullScope

__all__ = ["Beat", "Progress", "PullReport", "PullScope", "pull"]
