"""A quarter to be handed over on a real Redmine: one contract, one contact who signs, hours.

What the deliverable says is how many hours were booked in the quarter: a small report, made from
the mirror, so that a time entry changed later changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from redmine_sla.connectors.redmine import Attempt, Connection, RedmineGateway
from redmine_sla.connectors.redmine.provisioning import api_key_in, provision_script
from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.language import tongue_for
from redmine_sla.mirror import Mirror
from redmine_sla.page import Align, Column, Heading, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.quarter.section import Section
from redmine_sla.sync.quarterly.printing import printed
from redmine_sla.sync.quarterly.publication import Assembler
from redmine_sla.sync.quarterly.publish import PublicationRun, Published
from redmine_sla.sync.run import RunReport, sync
from redmine_sla.sync.workbench import Workbench
from tests.harness.desk import Desk as SeededDesk
from tests.harness.rest import Rest
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer
from tests.real import provisioned

PROJECT = "alma"
QUARTER = Quarter(2026, 3)
SIGN_OFF = "SLA sign-off"

_STATE = """
    puts JSON.generate(
      :versions => Version.order(:name).map { |one| [one.name, one.status] },
      :files => Attachment.where(:container_type => 'Version').order(:filename)
                          .map { |one| [one.filename, one.digest, one.container.name] },
      :pages => WikiPage.order(:title).map { |one| [one.title, one.content.version, one.text] },
      :tickets => Issue.order(:id).map { |one| [one.subject, one.status.name, one.journals.count] }
    )
"""


def people() -> SeededDesk:
    """Anna signs, Bela is her colleague, Eva works. Two tickets of the summer, with hours."""
    desk = SeededDesk(statuses=[], roles=[])
    desk.customer("anna", firstname="Anna", lastname="Kiss")
    desk.customer("bela", firstname="Bela", lastname="Nagy")
    desk.engineer("eva")
    desk.project(PROJECT)
    (
        desk.ticket("Printer prints blanks", by="anna", at="2026-07-06 09:12")
        .step("10:40", "eva", status="In Progress", assigned_to="eva")
        .book("15:00", "eva", 2.5)
        .step("16:00", "eva", "Done", status="Closed")
    )
    desk.ticket("VAT is wrong", by="bela", at="2026-08-03 09:00").book("11:00", "eva", 4)
    return desk


def contract(**changed: Any) -> Contract:
    keys: dict[str, Any] = {
        "projects": [PROJECT],
        "language": "en",
        "calendars": {"office": {"hours": "Mo-Fr 09:00-17:00", "holidays": []}},
        "contacts": [{"name": "Anna Kiss", "login": "anna", "may": ["sign_off"]}],
        "quarter": {
            "clause": "14",
            "contents": ["hours"],
            "sign_off_by": "sign_off",
            "sign_off_tracker": SIGN_OFF,
            "tacit_after": "10bd",
        },
    }
    return provisioned.contract(**keys | changed)


def assembling(bench: Workbench, mirror: Mirror) -> Assembler:
    """The hours booked in the quarter, by month."""

    def assemble(contract: Contract, quarter: Quarter, as_of: datetime) -> Deliverable:
        period = covered_period(contract, quarter)
        frame = Frame(
            contract=contract,
            period=period,
            as_of=as_of,
            tongue=tongue_for(contract.language),
            redmine=bench.desk.redmine.url,
        )
        used: dict[str, Decimal] = {f"{month.first:%Y-%m}": Decimal() for month in period.months}
        for entry in mirror.time_entries(spent_from=period.first):
            if period.holds(entry.spent_on) and entry.created <= as_of:
                used[f"{entry.spent_on:%Y-%m}"] += entry.hours
        hours = Section(
            content=Content.HOURS,
            blocks=(
                Heading(2, line("Hours")),
                Paragraph(line(f"{sum(used.values())} h were used.")),
                Table(
                    (Column("Month"), Column("Used", Align.RIGHT)),
                    tuple((line(month), line(f"{amount}")) for month, amount in used.items()),
                ),
            ),
            figures={month: {"used": str(amount)} for month, amount in used.items()},
            sheets=(Sheet("hours", "Hours", ("Month", "Used"), tuple(used.items())),),
        )
        return Deliverable(frame=frame, quarter=quarter, sections=(hours,))

    return assemble


@dataclass(frozen=True)
class QuarterWorld:
    """A server and what is known of it."""

    redmine: RedmineServer
    seeded: Seeded
    key: str
    desk: Desk
    contract: Contract

    @property
    def configuration(self) -> Configuration:
        return Configuration(desk=self.desk, contracts=(self.contract,))

    @contextmanager
    def gateway(self, hook: Any = None) -> Iterator[RedmineGateway]:
        connection = Connection(url=self.redmine.url, key=self.key)
        with RedmineGateway(connection, hook=hook or _nothing) as gateway:
            yield gateway

    def publish(self, folder: Path, *, mirror: str = "mirror", hook: Any = None) -> Published:
        """What `redmine-sla quarter 2026Q3` does, now, with the mirror of that name."""
        with (
            self.mirror(folder, mirror) as opened,
            self.gateway(hook) as redmine,
        ):
            run = PublicationRun(
                configuration=self.configuration,
                redmine=redmine,
                mirror=opened,
                assembling=assembling,
                printer=printed,
                now=now(),
            )
            run.read_again(QUARTER, [self.contract])
            (publisher,) = run.publishers(QUARTER, [self.contract])
            return run.carry_out(publisher.publication(QUARTER, run.now))

    def sync(
        self, folder: Path, *, mirror: str = "mirror", as_of: datetime | None = None
    ) -> RunReport:
        with (
            self.mirror(folder, mirror) as opened,
            self.gateway() as redmine,
        ):
            return sync(self.configuration, redmine, opened, as_of=as_of or now())

    def mirror(self, folder: Path, name: str = "mirror") -> Mirror:
        return Mirror.open(f"sqlite:///{folder / name}.db")

    def rest(self, login: str) -> Rest:
        return Rest(self.redmine.url, self.seeded.users[login].key)

    def state(self) -> dict[str, Any]:
        """All that publishing writes, as it stands in Redmine."""
        known: dict[str, Any] = json.loads(self.redmine.runner(_STATE))
        return known

    def page(self, title: str) -> dict[str, Any]:
        answer = self.redmine.admin.get(f"/projects/{PROJECT}/wiki/{title.replace(' ', '_')}.json")
        page: dict[str, Any] = answer["wiki_page"]
        return page

    def sign_off_ticket(self, restatement: int = 0) -> dict[str, Any]:
        """The one ticket that asks for it, as an administrator reads it."""
        rows = self.redmine.admin.get("/issues.json", status_id="*", sort="id")["issues"]
        asked = [row for row in rows if row["tracker"]["name"] == SIGN_OFF]
        return dict(asked[restatement])

    def change_hours(self, old: str, new: str) -> None:
        """An administrator corrects a time entry of the summer."""
        entries = self.redmine.admin.get("/time_entries.json")["time_entries"]
        (number,) = (entry["id"] for entry in entries if str(entry["hours"]) == old)
        body = {"time_entry": {"hours": new}}
        self.redmine.admin.put(f"/time_entries/{number}.json", body)


def _nothing(_: Attempt) -> None:
    return None


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def make_world(redmine: RedmineServer, under: Contract | None = None) -> QuarterWorld:
    """Seeds and provisions a blank server."""
    seeded = redmine.seed(people())
    under = under or contract()
    markup = redmine.runner("puts Setting.text_formatting").strip()
    surfaces = {"mode": "fields", "wiki_markup": markup, "stamp_every_minutes": 1440}
    desk = provisioned.desk(redmine.url, surfaces=surfaces)
    said = redmine.runner(provision_script(desk, [under]))
    key = api_key_in(said) or ""
    desk = provisioned.desk(redmine.url, key, surfaces=surfaces)
    return QuarterWorld(redmine, seeded, key, desk, under)
