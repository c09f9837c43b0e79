"""A desk for whom a Redmine is provisioned: two people, a project with a subproject, a contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.connectors.redmine.provisioning import (
    ProvisionOptions,
    api_key_in,
    provision_script,
)
from redmine_sla.contract import Contract, Desk
from tests.harness import desk as seeds
from tests.harness.rest import Rest
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer

FIELDS = {
    "class": "Problem class",
    "severity": "Severity",
    "impact": "Impact",
    "urgency": "Urgency",
    "channel": "Channel",
    "work_started_at": "Work started at",
    "arrived_at": "Arrived at",
    "sla_class": "SLA class",
    "sla_status": "SLA status",
    "response_due": "Work starts by",
    "resolution_due": "Done by",
    "sla_key": "SLA key",
    "gauge": "SLA gauge",
}


def desk(url: str = "http://127.0.0.1", key: str | None = None, **changed: Any) -> Desk:
    """The desk's `sla.toml`; `changed` are whole tables."""
    tables: dict[str, Any] = {
        "redmine": {"url": url, "api_key": key},
        "roles": {"provider": ["Manager", "Developer"], "customer": "Reporter"},
        "statuses": {
            "working": "In Progress",
            "waiting_customer": "Waiting for customer",
            "waiting_third_party": "Waiting for vendor",
            "resolved": ["Resolved", "Closed"],
            "rejected": "Rejected",
        },
        "fields": FIELDS,
        "surfaces": {"mode": "fields", "wiki_markup": "common_mark"},
    }
    return Desk.model_validate({**tables, **changed})


def contract(**changed: Any) -> Contract:
    """Support in working hours for the project `alma` and below."""
    document: dict[str, Any] = {
        "name": "alma",
        "title": "CRM support for Alma Kft.",
        "customer": "Alma Kft.",
        "provider": "Our Company Kft.",
        "language": "hu",
        "timezone": "Europe/Budapest",
        "currency": "HUF",
        "projects": ["alma"],
        "starts": "2026-01-01",
        "calendar": "office",
        "calendars": {"office": {"hours": "Mo-Fr 09:00-17:00", "holidays": "HU"}},
        "channels": {"portal": {"title": "Portal"}, "phone": {"title": "Phone"}},
        "classification": {
            "matrix": {
                "high": {"high": "Immediate", "low": "High"},
                "low": {"high": "High", "low": "Low"},
            }
        },
        "targets": [
            {"clock": "work_start", "within": "8bh", "clause": "1"},
            {"clock": "resolution", "within": "5bd", "clause": "2"},
        ],
    }
    return Contract.model_validate({**document, **changed})


def people() -> seeds.Desk:
    """Anna reports, Eva works, and there is a project that no contract covers."""
    seeded = seeds.Desk(statuses=[], roles=[])
    seeded.customer("anna")
    seeded.engineer("eva")
    seeded.project("alma", categories=["Network"])
    seeded.project("alma-web", parent="alma")
    seeded.project("other")
    seeded.ticket("Nothing prints", by="anna", at="2026-03-02 09:12")
    seeded.ticket("Elsewhere", by="anna", at="2026-03-02 09:15", project="other")
    return seeded


@dataclass(frozen=True)
class Provisioned:
    """A server after `provision`, and what is known of it."""

    redmine: RedmineServer
    seeded: Seeded
    said: str
    key: str
    fields: dict[str, int]  # by role

    @property
    def bot(self) -> Rest:
        return Rest(self.redmine.url, self.key)

    @property
    def customer(self) -> Rest:
        return Rest(self.redmine.url, self.seeded.users["anna"].key)

    @property
    def engineer(self) -> Rest:
        return Rest(self.redmine.url, self.seeded.users["eva"].key)

    @property
    def desk(self) -> Desk:
        return desk(self.redmine.url, self.key)

    def gateway(self, key: str = "") -> RedmineGateway:
        return RedmineGateway(Connection(url=self.redmine.url, key=key or self.key))

    def ticket(self, subject: str = "Nothing prints") -> int:
        return self.seeded.tickets[subject]


def provision(redmine: RedmineServer, options: ProvisionOptions | None = None) -> str:
    """Runs the script and returns what it said."""
    return redmine.runner(provision_script(desk(), [contract()], options))


def provisioned_on(redmine: RedmineServer) -> Provisioned:
    """The desk on that server; made once, and put back after that."""
    if redmine.url in _MADE:
        redmine.restore(STATE)
        return _MADE[redmine.url]
    made = _MADE[redmine.url] = _made_on(redmine)
    redmine.save(STATE)
    return made


STATE = "provisioned"
_MADE: dict[str, Provisioned] = {}


def _made_on(redmine: RedmineServer) -> Provisioned:
    seeded = redmine.seed(people())
    said = provision(redmine)
    known = redmine.admin.get("/custom_fields.json")["custom_fields"]
    by_name = {field["name"]: field["id"] for field in known}
    return Provisioned(
        redmine=redmine,
        seeded=seeded,
        said=said,
        key=api_key_in(said) or "",
        fields={role: by_name[name] for role, name in FIELDS.items() if name in by_name},
    )
