"""A desk at work on a real Redmine: two contracts on three projects, provisioned, with a past.

Alma (`desk1`) is promised a start within a day's hours and a repair within five days; Beta
(`desk2`) dates that are agreed, and a development budget. Nobody has a contract for `desk3`.
What is open is far from any due time, so that nothing changes by itself while a test runs.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from redmine_sla.connectors.redmine import Attempt, Connection, RedmineGateway
from redmine_sla.connectors.redmine.provisioning import api_key_in, provision_script
from redmine_sla.contract import OUTPUT_FIELDS, Configuration, Contract, Desk
from redmine_sla.mirror import Mirror
from redmine_sla.plan import UpdateTicket
from redmine_sla.sla.reading import Assessment
from redmine_sla.sync.judging import judged_tickets, worth_judging
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.run import RunReport, sync
from redmine_sla.sync.workbench import lay_out
from tests.harness.desk import Desk as SeededDesk
from tests.harness.desk import support_desk
from tests.harness.months import months
from tests.harness.rest import Rest
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer
from tests.real import provisioned

HOT = "Nobody can log in"
WAITING = "Invoice shows the wrong VAT"
DATED = "Report does not open"
ELSEWHERE = "Sales question"
SECRET = "The customer pays late: no hurry."

_STATE = """
    values = CustomValue.joins(:custom_field).where("custom_fields.name IN (?)", JSON.parse($INPUT))
    pages = WikiPage.order(:title).map { |page| [page.title, page.content.version, page.text] }
    puts JSON.generate(
      :journals => Journal.group(:journalized_id).count,
      :fields => values.where.not(:value => '').order(:customized_id, :custom_field_id)
                       .pluck(:customized_id, :custom_field_id, :value),
      :pages => pages
    )
"""


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def people(*, tickets: int = 24) -> SeededDesk:
    """The desk with its past: told tickets that are open now, and months of others."""
    desk = support_desk(projects=3, zone="UTC")
    today = now().date()
    if tickets:
        since, until = today - timedelta(days=80), today - timedelta(days=14)
        months(desk, tickets=tickets, since=since, until=until, seed=7)

    def ago(hours: float) -> str:
        return f"{now() - timedelta(hours=hours):%Y-%m-%d %H:%M:%S}"

    desk.ticket(HOT, by="anna1", at=ago(1), project="desk1", priority="High")
    (
        desk.ticket(WAITING, by="anna1", at=ago(30), project="desk1")
        .step(ago(29), "eva", status="In Progress", assigned_to="eva")
        .private(ago(28), "eva", SECRET)
        .step(ago(27), "eva", "Which invoice is it?", status="Waiting for customer")
    )
    (
        desk.ticket(DATED, by="anna2", at=ago(26), project="desk2")
        .step(
            ago(25),
            "emil",
            "By then it will be done.",
            status="In Progress",
            assigned_to="emil",
            due_date=today + timedelta(days=9),
        )
        .book(ago(24), "emil", 1.5)
    )
    desk.ticket(ELSEWHERE, by="anna3", at=ago(20), project="desk3")
    return desk


def contracts() -> tuple[Contract, Contract]:
    always = {"office": {"hours": "24/7"}}  # the same at whatever hour the tests are run
    alma = provisioned.contract(projects=["desk1"], calendars=always, notice_before_end="60cd")
    beta = provisioned.contract(
        calendars=always,
        name="beta",
        title="Maintenance for Beta Kft.",
        customer="Beta Kft.",
        projects=["desk2"],
        contract_sum="10 000 000 HUF",
        vat="net",
        targets=[
            {"clock": "commitment", "within": "2bh", "clause": "2"},
            {"clock": "agreed", "within": "agreed", "clause": "3"},
        ],
        agreement={"assent": ["note:customer"]},
        development={
            "clause": "11",
            "percent": 15,
            "counts": {"trackers": "Bug"},
            "rates": [{"per_hour": "17 321 HUF"}],
        },
    )
    return alma, beta


@dataclass(frozen=True)
class World:
    """A server and what is known of it. A changed copy is another configuration of the same."""

    redmine: RedmineServer
    seeded: Seeded
    key: str
    desk: Desk
    contracts: tuple[Contract, ...]

    @cached_property
    def configuration(self) -> Configuration:
        return Configuration(desk=self.desk, contracts=self.contracts)

    def ticket(self, subject: str) -> int:
        return self.seeded.tickets[subject]

    def rest(self, login: str) -> Rest:
        return Rest(self.redmine.url, self.seeded.users[login].key)

    def in_mode(self, mode: str) -> World:
        surfaces = self.desk.surfaces.model_copy(update={"mode": mode})
        return replace(self, desk=self.desk.model_copy(update={"surfaces": surfaces}))

    @contextmanager
    def gateway(self, hook: Any = None) -> Iterator[RedmineGateway]:
        connection = Connection(url=self.redmine.url, key=self.key)
        with RedmineGateway(connection, hook=hook or _nothing) as gateway:
            yield gateway

    def run(self, mirror: Mirror, *, beat: Beat = Beat.WHEN_DUE, hook: Any = None) -> RunReport:
        """One whole run, now."""
        with self.gateway(hook) as redmine:
            return sync(self.configuration, redmine, mirror, as_of=now(), beat=beat)

    def assessments(self, mirror: Mirror, as_of: datetime) -> dict[int, Assessment]:
        """Every judgement that the mirror gives at that instant."""
        bench = lay_out(self.configuration, mirror)
        numbers = worth_judging(bench.contracts, mirror, as_of)
        judged = judged_tickets(bench, mirror, numbers, as_of)
        return {one.number: one.assessment for one in judged}

    def state(self) -> dict[str, Any]:
        """What the runs wrote, and how many journals each ticket has."""
        written = [self.desk.fields[role] for role in OUTPUT_FIELDS if role in self.desk.fields]
        known: dict[str, Any] = json.loads(self.redmine.runner(_STATE, given=json.dumps(written)))
        return known

    def shown(self, subject: str, login: str = "eva") -> dict[str, str]:
        """The custom fields of a ticket as that person reads them."""
        row = self.rest(login).get(f"/issues/{self.ticket(subject)}.json")["issue"]
        return {field["name"]: field["value"] or "" for field in row.get("custom_fields", ())}

    def page(self, project: str, title: str) -> str:
        answer = self.redmine.admin.get(f"/projects/{project}/wiki/{title}.json")
        text: str = answer["wiki_page"]["text"]
        return text


def _nothing(_: Attempt) -> None:
    return None


def open_mirror(folder: Path, name: str = "mirror") -> Mirror:
    return Mirror.open(f"sqlite:///{folder / name}.db")


def written(report: RunReport) -> set[int]:
    """The tickets a run meant to write."""
    changes = (outcome.change for outcome in report.applied.outcomes)
    return {change.ticket for change in changes if isinstance(change, UpdateTicket)}


def make_world(redmine: RedmineServer, *, tickets: int = 24) -> World:
    """Seeds and provisions a blank server."""
    seeded = redmine.seed(people(tickets=tickets))
    redmine.runner("Role.find_by!(name: 'Reporter').add_permission!(:edit_own_issues)")
    markup = redmine.runner("puts Setting.text_formatting").strip()
    surfaces = {"mode": "fields", "wiki_markup": markup, "stamp_every_minutes": 1440}
    desk = provisioned.desk(redmine.url, surfaces=surfaces)
    said = redmine.runner(provision_script(desk, contracts()))
    key = api_key_in(said) or ""
    desk = provisioned.desk(redmine.url, key, surfaces=surfaces)
    return World(redmine, seeded, key, desk, contracts())


def after_first_run(redmine: RedmineServer) -> tuple[World, bytes]:
    """The same after its first run, and the mirror's file that run left."""
    world = make_world(redmine)
    with tempfile.TemporaryDirectory() as folder:
        with open_mirror(Path(folder)) as mirror:
            world.run(mirror)
        return world, (Path(folder) / "mirror.db").read_bytes()
