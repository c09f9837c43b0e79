"""A help desk whose quarters are handed over in memory: two tickets, a contact, no press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from redmine_sla.cli.quartering import assembling_from
from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import loads_contract, loads_desk
from redmine_sla.mirror import Mirror
from redmine_sla.page import render
from redmine_sla.plan import Attachment
from redmine_sla.quarter import Quarter
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.ports import ProjectWords, Row, Words
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.quarterly.drafts import Drafts
from redmine_sla.sync.quarterly.printing import PrintOrder, Prints
from redmine_sla.sync.quarterly.publication import Publication, QuarterPublisher
from redmine_sla.sync.quarterly.publish import PublicationRun, Published
from redmine_sla.sync.quarterly.watching import PublishedQuarters
from redmine_sla.sync.reach import scope_of
from redmine_sla.sync.run import sync
from redmine_sla.sync.workbench import lay_out
from tests.sync.desk import Desk
from tests.sync.desk_writing import DeskRedmine

KEY = 7
Hook = Callable[[str], None]
CONTRACT = """
extends = "help-desk"
title = "Help desk"
customer = "Delta"
provider = "We"
projects = ["p1"]
starts = 2026-01-01
vat = "net"
contract_sum = "120 000 000 HUF"
allowance = { hours_per_month = 4, clause = "8" }

[[targets]]
clock = "response"
within = "4bh"
clause = "5"

[[targets]]
clock = "resolution"
within = "5bd"
clause = "5"

[quarter]
clause = "14"
sign_off_by = "sign_off"
sign_off_tracker = "Bug"

[[contacts]]
name = "Éva"
login = "eva"
may = ["sign_off"]
"""
DESK = """
redmine.url = "http://127.0.0.1"
surfaces = { mode = "fields", wiki_markup = "common_mark" }

[roles]
provider = "Support"
customer = "Reporter"

[statuses]
working = "Doing"
waiting_customer = "Waiting"
rejected = "Rejected"
resolved = ["Closed"]

[fields]
sla_status = "SLA status"
sla_key = "SLA key"
"""
CONFIGURATION = Configuration(desk=loads_desk(DESK), contracts=(loads_contract(CONTRACT, "delta"),))
THIRD = Quarter(2026, 3)


def at(text: str) -> datetime:
    """UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class HelpDesk(DeskRedmine):
    """Tells the fields, and who belongs to the project."""

    members: Sequence[Row] = ()

    def words(self) -> Words:
        fields = [
            {"id": number, "name": name, "customized_type": "issue", "field_format": "string"}
            for number, name in self.desk.fields.items()
        ]
        roles = [{"id": 3, "name": "Support"}, {"id": 4, "name": "Reporter"}]
        return replace(super().words(), custom_fields=fields, roles=roles)

    def project_words(self, project: int) -> ProjectWords:
        return replace(
            super().project_words(project),
            memberships=self.members,
        )


def member(number: int, name: str, role: int, role_name: str) -> Row:
    return {
        "id": 60 + number,
        "project": {"id": 1, "name": "Project 1"},
        "user": {"id": number, "name": name},
        "roles": [{"id": role, "name": role_name}],
    }


EVA, JAN = member(7, "Éva", 4, "Reporter"), member(8, "Jan", 3, "Support")


def help_desk() -> Desk:
    """Ticket 1 was answered and closed in July, another is open; it is 5 October."""
    desk = Desk(projects=(1,), now=at("2026-07-10T08:00"))
    desk.statuses |= {3: "Waiting", 6: "Rejected"}
    desk.fields |= {KEY: "SLA key", 8: "SLA status"}
    number = desk.create()
    desk.tick(600)
    desk.set_status(number, 2)
    desk.book(number, "1")
    desk.tick(3600 * 30)
    desk.set_status(number, 5)
    desk.now = at("2026-09-20T08:00")
    desk.create()
    desk.now = at("2026-10-05T08:00")
    return desk


def printed_plainly(order: PrintOrder) -> Prints:
    """The page as its source, with the charts in it, and the figures."""
    source = render(order.page, "common_mark") + repr(order.page)
    figures = repr(order.deliverable.figures)
    return Prints(
        (
            Attachment(f"{order.stem}.html", source.encode(), "text/html", "Screen"),
            Attachment(f"{order.stem}.pdf", figures.encode(), "application/pdf", "Print"),
        )
    )


@dataclass
class Office:
    """The provider's machine before that desk. Each mirror of another name is a fresh one."""

    desk: Desk
    folder: Path
    configuration: Configuration = CONFIGURATION
    members: Sequence[Row] = (EVA, JAN)

    def publish(
        self,
        quarter: Quarter = THIRD,
        *,
        as_of: datetime | None = None,
        mirror: str = "mirror",
        hooks: Mapping[str, Hook] | None = None,
    ) -> Published:
        """What `redmine-sla quarter` does, now."""
        with self.publisher(quarter, mirror, hooks) as (run, publisher):
            return run.carry_out(publisher.publication(quarter, as_of or self.desk.now))

    def look(self, quarter: Quarter = THIRD, *, as_of: datetime | None = None) -> Publication:
        """What it would do."""
        with self.publisher(quarter, "mirror") as (_, publisher):
            return publisher.publication(quarter, as_of or self.desk.now)

    def drafted(self, mirror: str) -> list[str]:
        """The pages that a run at the slow beat would save as drafts."""
        redmine = HelpDesk(self.desk)
        redmine.members = self.members
        with Mirror.open(f"sqlite:///{self.folder / mirror}.db") as opened:
            scope = scope_of(self.configuration, opened, redmine)
            pull(redmine, opened, scope, as_of=self.desk.now, beat=Beat.NOW)
            pages = PageMemory(redmine, opened)
            pages.forget_all()
            bench = lay_out(self.configuration, opened)
            return [one.title for one in Drafts(bench, opened, pages, self.desk.now).changes()]

    def watched(self) -> list[str]:
        """What a run at the slow beat finds of the quarters published."""
        redmine = HelpDesk(self.desk)
        redmine.members = self.members
        with Mirror.open(f"sqlite:///{self.folder}/watching.db") as opened:
            scope = scope_of(self.configuration, opened, redmine)
            pull(redmine, opened, scope, as_of=self.desk.now, beat=Beat.NOW)
            bench = lay_out(self.configuration, opened)
            return list(PublishedQuarters(bench, opened, redmine, self.desk.now).findings())

    def run_findings(self, beat: Beat = Beat.WHEN_DUE) -> tuple[str, ...]:
        """Of a whole run, which writes what it plans."""
        redmine = HelpDesk(self.desk)
        redmine.members = self.members
        with Mirror.open(f"sqlite:///{self.folder}/running.db") as opened:
            return sync(
                self.configuration, redmine, opened, as_of=self.desk.now, beat=beat
            ).findings

    @contextmanager
    def publisher(
        self, quarter: Quarter, mirror: str, hooks: Mapping[str, Hook] | None = None
    ) -> Iterator[tuple[PublicationRun, QuarterPublisher]]:
        redmine = HelpDesk(self.desk, **(hooks or {}))
        redmine.members = self.members
        with Mirror.open(f"sqlite:///{self.folder / mirror}.db") as opened:
            run = PublicationRun(
                configuration=self.configuration,
                redmine=redmine,
                mirror=opened,
                assembling=assembling_from(redmine),
                printer=printed_plainly,
                now=self.desk.now,
            )
            run.read_again(quarter, self.configuration.contracts)
            (publisher,) = run.publishers(quarter, self.configuration.contracts)
            yield run, publisher

    @property
    def files(self) -> list[str]:
        """By name, in the order of their publication."""
        return [row["filename"] for row in self.desk.content.files.values()]

    def file(self, name: str) -> Row:
        (found,) = (row for row in self.desk.content.files.values() if row["filename"] == name)
        return found

    def remove(self, *endings: str) -> None:
        """Somebody deletes the files whose names end so."""
        self.desk.content.files = {
            number: row
            for number, row in self.desk.content.files.items()
            if not row["filename"].endswith(endings)
        }
