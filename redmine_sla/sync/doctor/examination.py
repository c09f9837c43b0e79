"""All checks, in the order in which a person would mend things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redmine_sla.contract import Configuration
from redmine_sla.sync.doctor.contacts import check_contacts
from redmine_sla.sync.doctor.duties import check_duties
from redmine_sla.sync.doctor.fields import check_fields
from redmine_sla.sync.doctor.finding import Finding
from redmine_sla.sync.doctor.local import check_here
from redmine_sla.sync.doctor.looking import Examined, look, running
from redmine_sla.sync.doctor.names import check_names
from redmine_sla.sync.doctor.people import check_people
from redmine_sla.sync.doctor.projects import check_projects
from redmine_sla.sync.doctor.rates import check_rates
from redmine_sla.sync.doctor.reach import check_failure, check_reach
from redmine_sla.sync.doctor.readership import check_readers
from redmine_sla.sync.doctor.rights import check_rights
from redmine_sla.sync.doctor.sign_offs import check_sign_offs
from redmine_sla.sync.doctor.snapshot import Snapshot
from redmine_sla.sync.doctor.surfaces import check_surfaces


def examine(
    redmine: Examined, configuration: Configuration, as_of: datetime
) -> tuple[Finding, ...]:
    """Look at Redmine and this machine, and say what was found.

    A few requests for each project of a running contract, all of them reads. What Redmine refuses
    is a finding, not an exception.
    """
    return findings_of(look(redmine, configuration, as_of), configuration)


def findings_of(snapshot: Snapshot, configuration: Configuration) -> tuple[Finding, ...]:
    """What is to be said of what was seen. Pure."""
    return tuple(dict.fromkeys(_all(snapshot, configuration)))


def _all(snapshot: Snapshot, configuration: Configuration) -> Iterator[Finding]:
    if snapshot.failure is not None:
        yield check_failure(snapshot.failure)
    server = snapshot.server
    if server is not None:
        contracts = running(configuration, snapshot.as_of)
        yield from check_reach(server, configuration)
        yield from check_projects(server, configuration, contracts)
        yield from check_rights(server, configuration, contracts)
        yield from check_people(server, configuration)
        yield from check_contacts(server, configuration, contracts)
        yield from check_readers(server, configuration, contracts, snapshot.as_of.date())
        yield from check_names(server, configuration, contracts)
        yield from check_fields(server, configuration, contracts)
        yield from check_duties(server, configuration, contracts)
        yield from check_sign_offs(server, configuration, contracts)
        yield from check_rates(server, contracts)
        yield from check_surfaces(server, configuration)
    yield from check_here(snapshot.here, configuration, snapshot.as_of)
