"""The five example desks share one Redmine: each is provisioned, and the doctor finds it well."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection
from redmine_sla.connectors.redmine.examining import ExaminedGateway
from redmine_sla.connectors.redmine.provisioning import (
    ProvisionOptions,
    api_key_in,
    provision_script,
    unprovision_script,
)
from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import load_folder
from redmine_sla.sync.doctor import Level, examine, render
from tests.harness import desk as seeds
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"

BAD = {Level.WARNING, Level.ERROR}
KNOWN = {
    *("swaps-unknown", "holiday-estimated"),  # Kazakhstan's decree for 2026
    "rates-can-be-divided-out",  # Redmine's own Reporter sees hours: whoever runs it decides
}


def people_of(configurations: list[Configuration]) -> seeds.Desk:
    """Everybody and everything that the contracts name."""
    seeded = seeds.Desk(statuses=[], roles=[])
    seeded.engineer("eva")
    contracts = [contract for one in configurations for contract in one.contracts]
    for contract in contracts:
        contacts = [
            seeded.customer(
                f"{contract.name}-{number}",
                firstname=contact.name.partition(" ")[0],
                lastname=contact.name.partition(" ")[2] or "-",
            )
            for number, contact in enumerate(contract.versions[-1][1].contacts)
        ] or [seeded.customer(f"{contract.name}-reporter")]
        team = [
            seeded.engineer(
                f"{contract.name}-team-{number}",
                firstname=name.partition(" ")[0],
                lastname=name.partition(" ")[2] or "-",
            )
            for number, name in enumerate(contract.versions[-1][1].team.values())
        ]
        for identifier in contract.projects:
            members = ["eva", *(person.login for person in (*team, *contacts))]
            categories = contract.select.categories
            seeded.project(identifier, members=members, categories=categories)
            seeded.ticket(
                f"First of {identifier}",
                by=contacts[0].login,
                at="2026-03-02 09:12",
                project=identifier,
            )
    return seeded


def test_the_five_desks_are_provisioned_found_well_and_taken_back(
    redmine_newest: RedmineServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    desks = [load_folder(folder) for folder in sorted(EXAMPLES.iterdir())]
    assert len(desks) == 5
    redmine_newest.seed(people_of(desks))
    keys = []
    for one in desks:
        options = ProvisionOptions(obligation_trackers=True)
        script = provision_script(one.desk, one.contracts, options)
        keys.append(api_key_in(redmine_newest.runner(script)))
        assert "created" not in redmine_newest.runner(script)
    key = keys[0]
    assert key is not None
    assert keys[1:] == [None] * 4
    with ExaminedGateway(Connection(url=redmine_newest.url, key=key)) as redmine:
        assert isinstance(redmine, ExaminedGateway)
        for one in desks:
            findings = examine(redmine, one, AS_OF)
            bad = [f for f in findings if f.level in BAD and f.code not in KNOWN]
            assert not bad, render(bad)
    said = redmine_newest.runner(unprovision_script())
    assert "removed role 'redmine-sla'" in said
    assert redmine_newest.admin.get("/custom_fields.json")["custom_fields"] == []
