"""The doctor: looks at a Redmine and this machine, and says what a run would stumble over."""

from redmine_sla.sync.doctor.examination import examine, findings_of
from redmine_sla.sync.doctor.finding import Finding, Level
from redmine_sla.sync.doctor.looking import Examined, look
from redmine_sla.sync.doctor.rendering import as_rows, render
from redmine_sla.sync.doctor.snapshot import (
    Here,
    MemberSeen,
    ProjectSeen,
    RoleSeen,
    ServerSeen,
    Snapshot,
)

__all__ = [
    "Examined",
    "Finding",
    "Here",
    "Level",
    "MemberSeen",
    "ProjectSeen",
    "RoleSeen",
    "ServerSeen",
    "Snapshot",
    "as_rows",
    "examine",
    "findings_of",
    "look",
    "render",
]
