"""Two customers in one Redmine, and all that a quarter publishes for the first of them, Alma.

Whatever Alma's people may not see carries the mark `zqxzqx`, or a number of its own; what they may
see carries `Seen`. `published(desk)` is every text that reaches them, by where it stands.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from redmine_sla.cli.quartering import assembling_from
from redmine_sla.contract import Configuration, Contract, Language
from redmine_sla.contract.files.load import loads_contract, loads_desk
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.sync.ports import IssueUpdate, ProjectWords, StoredFile, Words
from redmine_sla.sync.quarterly.printing import printed
from redmine_sla.sync.quarterly.publish import PublicationRun, Published
from redmine_sla.sync.run import RunReport, sync
from redmine_sla.ticket.reading import parse_time
from tests.sync import desk as redmines
from tests.sync.desk import Row, stamp
from tests.sync.desk_writing import DeskRedmine

SECRET = "zqxzqx"
SEEN = "Seen"
QUARTER = Quarter(2026, 3)
ALMA, BETA, PERSONNEL, INTERNAL = 1, 2, 3, 9
BOT, ANNA, IVAN, BOSS = 5, 7, 8, 6
RATE, OTHER_RATE = 17389, 23117

FIELDS = {
    101: "SLA class",
    102: "SLA status",
    103: "Response due",
    104: "Resolution due",
    105: "SLA key",
    106: "Budget",
    201: "Outage began",
    202: "Outage ended",
    203: "Service",
    204: "Cause",
    205: "Measures",
    206: "Satisfaction",
    207: "Price",
}
SHOWN_TO_CUSTOMERS = frozenset({101, 102, 103, 104, 106})

DESK = """
[redmine]
url = "https://redmine.example.com"
api_key = "zqxzqxapikey0123456789"
ca_bundle = "/etc/zqxzqxmachine/ca.pem"
[mirror]
url = "sqlite:////var/zqxzqxmachine/mirror.db"
[roles]
provider = ["Engineer"]
customer = ["Reporter"]
[bots]
users = ["zqxzqxmonitoring"]
[[parties]]
user = "zqxzqxvendor"
party = "third_party"
[statuses]
working = "Doing"
waiting_customer = "Waiting"
resolved = "Closed"
rejected = "Rejected"
[fields]
sla_class = "SLA class"
sla_status = "SLA status"
response_due = "Response due"
resolution_due = "Resolution due"
sla_key = "SLA key"
budget = "Budget"
outage_began_at = "Outage began"
outage_ended_at = "Outage ended"
outage_service = "Service"
failure_cause = "Cause"
failure_measures = "Measures"
satisfaction = "Satisfaction"
fixed_price = "Price"
[surfaces]
mode = "fields"
wiki_markup = "{markup}"
[required_fields]
tracker = "Bug"
[notifications]
mail_from = "zqxzqxsender@example.com"
smtp_url = "smtps://zqxzqxuser:zqxzqxpassword@mail.example.com"
"""

ALMA_CONTRACT = """
extends = "information-system"
title = "Seen maintenance"
customer = "Seen Alma"
provider = "Seen provider"
projects = "p1"
language = "{language}"
timezone = "Europe/Budapest"
currency = "HUF"
offer = "zqxzqxoffer"
starts = 2026-01-01
contract_sum = "12 000 000 HUF"
vat = "net"
[team]
engineer = "zqxzqxengineer"
service_manager = "zqxzqxboss"
[[contacts]]
name = "Seen Anna"
login = "zqxzqxanna"
mail = "zqxzqxanna@customer.example"
phone = "+36 1 zqxzqx 5550143"
may = ["sign_off", "verify_work", "agree_dates", "follow_schedule"]
[development]
thresholds = [61, 83]
fixed_price_field = "fixed_price"
[development.counts]
trackers = "Feature"
[[development.rates]]
users = "zqxzqxivan Petrov"
per_hour = "17389 HUF"
[[development.rates]]
roles = "zqxzqxrole"
activities = "zqxzqxactivity"
per_hour = "23117 HUF"
[allowance]
clause = "A"
hours_per_month = 4
overrun_rate = "9 100 HUF"
[fees]
clause = "F"
monthly = "100 010 HUF"
[[credits]]
name = "late"
clause = "G"
clock = "commitment"
percent_of_fee = 10
[availability]
clause = "H"
percent = 97.5
[availability.services.erp]
title = "Seen ERP"
hosts = ["zqxzqxhost"]
[[availability.maintenance]]
reason = "Seen updates"
agreed_in = 90003
from = 2026-08-01T08:00:00+02:00
to = 2026-08-01T10:00:00+02:00
[classification.services]
zqxzqxmonitored = {{ class = "system" }}
[intake.no_contract]
assignee = "zqxzqxsales"
[[obligations]]
name = "own"
title = "Seen review"
clause = "I"
rhythm = "FREQ=WEEKLY;BYDAY=MO"
owner = "zqxzqxowner"
[[obligations]]
name = "inward"
title = "Inward duty"
clause = "Inward clause"
rhythm = "FREQ=WEEKLY;BYDAY=TU"
visible = false
[[exclusions]]
from = 2026-07-01T08:00:00+02:00
to = 2026-07-01T12:00:00+02:00
reason = "Seen power cut"
author = "Seen author"
agreed_in = 90003
tickets = [90003, 90004, 90005, 1]
[[exclusions]]
from = 2026-07-02T08:00:00+02:00
to = 2026-07-02T12:00:00+02:00
reason = "Seen second cut"
author = "Seen author"
agreed_in = 90007
[[escalation]]
name = "zqxzqxstep"
means = "mail"
recipients = ["zqxzqxnight@example.com"]
at_percent = 75
text = "zqxzqxwarning"
[quarter]
sign_off_by = "sign_off"
sign_off_tracker = "Bug"
tacit_after = "10bd"
contents = ["changes", "failure_reports", "service_levels", "breaches", "pauses", "availability",
  "obligations", "budget", "hours", "credits", "exclusions", "open_tickets", "satisfaction"]
formats = {formats}
"""

BETA_CONTRACT = """
extends = "information-system"
title = "zqxzqxbeta maintenance"
customer = "zqxzqxbeta"
provider = "Seen provider"
projects = "p2"
language = "en"
timezone = "Europe/Budapest"
currency = "HUF"
starts = 2026-01-01
contract_sum = "77 113 000 HUF"
vat = "net"
[[contacts]]
name = "zqxzqxbeta contact"
login = "zqxzqxbeta"
may = ["sign_off"]
[development.counts]
trackers = "Feature"
[[development.rates]]
per_hour = "31 337 HUF"
"""

HIDDEN_NUMBERS = ("90003", "90004", "90005", "90006", "90007", "90008", "90009", "90010")
"""Tickets that are private, moved away, of a project not for all, or another customer's."""

SECRET_AMOUNTS = ("17389", "23117", "31337", "77113000")
"""Rates, and the other's contract sum, in digits alone."""

SECRET_HOURS = ("3.17", "3.61", "7.31", "2.71", "13.19", "5.88", "13.63")
"""Of priced work, by ticket and month: beside its money they are a rate."""


class Desk2(redmines.Desk):
    """The bot sees private tickets: it is a member who may."""

    def sees(self, issue: Row) -> bool:
        return issue["project"]["id"] not in self.content.archived


class OneRedmine(DeskRedmine):
    """With members, trackers, and files that somebody uploaded."""

    def words(self) -> Words:
        names = {
            ALMA: "Seen Alma",
            BETA: "zqxzqxbeta project",
            PERSONNEL: "zqxzqxpersonnel",
            INTERNAL: "zqxzqxinternal project",
        }
        return replace(
            super().words(),
            trackers=[{"id": 1, "name": "Bug"}, {"id": 2, "name": "Feature"}],
            projects=[
                {
                    "id": number,
                    "name": name,
                    "identifier": f"p{number}",
                    "status": 1,
                    "is_public": False,
                    **({"parent": {"id": ALMA}} if number == PERSONNEL else {}),
                }
                for number, name in names.items()
            ],
            roles=[{"id": 3, "name": "Engineer"}, {"id": 4, "name": "Reporter"}],
        )

    def project_words(self, project: int) -> ProjectWords:
        people = [(BOT, "zqxzqxbot", 3, "Engineer"), (IVAN, "zqxzqxivan Petrov", 3, "Engineer")]
        if project == ALMA:
            people.append((ANNA, "Seen Anna", 4, "Reporter"))
        if project == PERSONNEL:
            people.append((BOSS, "zqxzqxboss of Alma", 4, "Reporter"))
        return ProjectWords(
            memberships=[
                {
                    "id": number,
                    "project": {"id": project},
                    "user": {"id": number, "name": name},
                    "roles": [{"id": role, "name": title}],
                }
                for number, name, role, title in people
            ],
            categories=[],
            versions=self.versions(project),
        )

    def create_issue(self, fields: Mapping[str, Any]) -> Row:
        row = super().create_issue(fields)
        self.desk.content.issues[row["id"]]["author"] = {"id": BOT, "name": "zqxzqxbot"}
        return row

    def update_issue(self, update: IssueUpdate) -> None:
        super().update_issue(update)
        for journal in self.desk.content.issues[update.ticket]["journals"]:
            if journal["user"]["name"] == "Jan":
                journal["user"] = {"id": BOT, "name": "zqxzqxbot"}

    def files(self, project: int) -> Sequence[StoredFile]:
        rows = self.desk.content.files
        return [
            replace(
                file,
                author=rows[file.id].get("author", BOT),
                created=parse_time(rows[file.id]["created_on"]),
            )
            for file in super().files(project)
        ]


def configuration(
    language: Language = Language.ENGLISH,
    *,
    markup: str = "common_mark",
    formats: Iterable[str] = ("wiki", "html", "xlsx", "json"),
    more: str = "",
) -> Configuration:
    alma = ALMA_CONTRACT.format(language=language, formats=json.dumps(list(formats))) + more
    contracts = (loads_contract(alma, "alma"), loads_contract(BETA_CONTRACT, "zqxzqxbeta"))
    return Configuration(desk=loads_desk(DESK.format(markup=markup)), contracts=contracts)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


class Story:
    """A ticket as people made it, step by step."""

    def __init__(
        self, desk: redmines.Desk, when: str, subject: str, number: int, **others: Any
    ) -> None:
        self.desk, self.number = desk, number
        desk.now = at(when)
        values = others.pop("values", {})
        desk.content.last_number = number - 1
        desk.create(
            others.pop("project", ALMA),
            **{
                "subject": subject,
                "author": {"id": ANNA, "name": "Seen Anna"},
                "custom_fields": [
                    {"id": field, "name": name, "value": values.get(field, "")}
                    for field, name in FIELDS.items()
                ],
                **others,
            },
        )

    def say(self, when: str, text: str, *, user: int = IVAN, private: bool = False) -> Story:
        self.desk.now = at(when)
        self.desk.note(self.number, text)
        self._last(user, private=private)
        return self

    def status(self, when: str, status: int, *, user: int = IVAN, private: bool = False) -> Story:
        self.desk.now = at(when)
        self.desk.set_status(self.number, status)
        self._last(user, private=private)
        return self

    def move(self, when: str, project: int) -> Story:
        self.desk.now = at(when)
        self.desk.move(self.number, project)
        self._last(IVAN)
        return self

    def book(self, hours: str, day: str, comment: str) -> Story:
        self.desk.now = at(f"{day} 12:00")
        entry = self.desk.book(self.number, hours)
        row = self.desk.content.hours[entry]
        row["user"] = {"id": IVAN, "name": "zqxzqxivan Petrov"}
        row["comments"] = comment
        return self

    def _last(self, user: int, *, private: bool = False) -> None:
        journal = self.desk.content.issues[self.number]["journals"][-1]
        journal["private_notes"] = private
        journal["user"] = {"id": user, "name": "Seen Anna" if user == ANNA else "zqxzqxivan Petrov"}


FEATURE: Mapping[str, Any] = {"tracker": {"id": 2, "name": "Feature"}}
ASSIGNED: Mapping[str, Any] = {"assigned_to": {"id": IVAN, "name": "zqxzqxivan Petrov"}}


def outage(word: str) -> dict[int, str]:
    return {
        201: "2026-08-11 10:00",
        202: "2026-08-11 14:00",
        203: "Seen ERP",
        204: f"{word} cause",
        205: f"{word} measures",
        206: f"{word} opinion",
    }


def two_customers() -> Desk2:
    """As it stands on the fifth of October, before the first run."""
    desk = Desk2(
        fields=dict(FIELDS),
        statuses={1: "New", 2: "Doing", 3: "Waiting", 4: "Rejected", 5: "Closed"},
        now=at("2026-07-01 07:00"),
    )
    (
        Story(desk, "2026-07-06 08:00", "Seen printer", 1, description="Seen words", **ASSIGNED)
        .say("2026-07-06 09:00", "zqxzqxprivate note: they are slow", private=True)
        .status("2026-07-08 10:00", 2)
        .status("2026-07-10 10:00", 3, private=True)
        .say("2026-07-20 10:00", "Seen answer", user=ANNA)
        .status("2026-07-29 10:00", 5)
        .book("1.5", "2026-07-29", "zqxzqxcomment")
    )
    (
        Story(desk, "2026-07-07 08:00", "Seen report", 2, estimated_hours=41.3, **FEATURE)
        .book("3.17", "2026-07-14", "zqxzqxcomment")
        .say("2026-07-14 13:00", "zqxzqxrefactoring for the other customer", private=True)
        .status("2026-07-15 10:00", 5)
    )
    hidden: dict[str, Any] = {"is_private": True}
    (
        Story(
            desk,
            "2026-08-03 08:00",
            "zqxzqxprivate fault",
            90003,
            values=outage("zqxzqx"),
            **hidden,
        )
        .status("2026-08-12 10:00", 2)
        .status("2026-08-28 10:00", 5)
        .book("2", "2026-08-28", "zqxzqxcomment")
    )
    (
        Story(
            desk,
            "2026-08-04 08:00",
            "zqxzqxprivate feature",
            90004,
            values={207: "55 131 HUF"},
            fixed_version={"id": 44, "name": "zqxzqxversion"},
            **FEATURE,
            **hidden,
        )
        .book("7.31", "2026-08-20", "zqxzqxcomment")
        .status("2026-08-21 10:00", 5)
    )
    (
        Story(desk, "2026-08-05 08:00", "zqxzqxmoved", 90005, values=outage("zqxzqx"), **ASSIGNED)
        .move("2026-08-06 08:00", INTERNAL)
        .say("2026-08-07 08:00", "zqxzqxinternal thoughts")
    )
    Story(desk, "2026-08-10 08:00", "zqxzqxbeta fault", 90006, project=BETA).book(
        "13.19", "2026-08-11", "zqxzqxcomment"
    )
    Story(desk, "2026-08-10 09:00", "zqxzqxprivate open", 90007, **hidden)
    Story(desk, "2026-08-10 10:00", "zqxzqxinternal task", 90008, project=INTERNAL)
    (
        Story(desk, "2026-08-10 11:00", "zqxzqxdismissal", 90009, project=PERSONNEL, **ASSIGNED)
        .status("2026-08-27 10:00", 2)
        .book("1.75", "2026-08-27", "zqxzqxcomment")
    )
    Story(
        desk,
        "2026-08-10 12:00",
        "zqxzqxgrievance",
        90010,
        values=outage("zqxzqx"),
        project=PERSONNEL,
    )
    desk.content.last_number = 100
    (
        Story(desk, "2026-08-11 08:00", "Seen outage", 101, values=outage("Seen"), **ASSIGNED)
        .status("2026-08-11 12:00", 2)
        .status("2026-08-12 10:00", 5)
    )
    (
        Story(desk, "2026-09-02 08:00", "Seen screen", 120, **FEATURE)
        .book("2.71", "2026-09-09", "zqxzqxcomment")
        .say("2026-09-10 08:00", "Seen note")
    )
    Story(desk, "2026-09-28 08:00", "Seen open", 140, **ASSIGNED)
    desk.content.last_number = 1000
    desk.now = at("2026-08-31 08:00")
    _uploaded(desk, "seen.zip", "Seen handover")
    desk.now = at("2026-10-05 08:00")
    return desk


def _uploaded(desk: redmines.Desk, filename: str, title: str) -> None:
    number = desk.number()
    desk.content.files[number] = {
        "id": number,
        "filename": filename,
        "content": b"PK",
        "description": title,
        "created_on": stamp(desk.now),
        "project": ALMA,
        "author": IVAN,
    }


class House:
    """The provider's machine: a mirror, a configuration, and what it runs against that desk."""

    def __init__(self, desk: redmines.Desk, config: Configuration, folder: Path) -> None:
        self.desk, self.config, self.folder = desk, config, folder

    @property
    def alma(self) -> Contract:
        return self.config.contracts[0]

    def run(self) -> RunReport:
        with self._mirror() as mirror:
            return sync(self.config, OneRedmine(self.desk), mirror, as_of=self.desk.now)

    def publish(self) -> Published:
        redmine = OneRedmine(self.desk)
        with self._mirror() as mirror:
            run = PublicationRun(
                configuration=self.config,
                redmine=redmine,
                mirror=mirror,
                assembling=assembling_from(redmine),
                printer=printed,
                now=self.desk.now,
            )
            run.read_again(QUARTER, [self.alma])
            (publisher,) = run.publishers(QUARTER, [self.alma])
            return run.carry_out(publisher.publication(QUARTER, run.now))

    def _mirror(self) -> Mirror:
        return Mirror.open(f"sqlite:///{self.folder}/mirror.db")


def a_quarter(house: House) -> tuple[Published, Published]:
    """Handed over, restated when hours and a history have changed, and accepted by silence."""
    desk = house.desk
    house.run()
    first = house.publish()
    desk.now = at("2026-10-06 08:00")
    entry = next(row for row in desk.content.hours.values() if row["hours"] == Decimal("3.17"))
    desk.rebook(entry["id"], "3.61")
    desk.content.issues[101]["custom_fields"][9]["value"] = "Seen other cause"
    desk.note(101, "zqxzqxnobody said", [])
    desk.content.issues[101]["journals"][-1]["private_notes"] = True
    second = house.publish()
    house.run()
    desk.now = at("2026-10-29 08:00")
    house.run()
    return first, second


def published(desk: redmines.Desk) -> dict[str, str]:
    """Every text that reaches Alma's people, by where it stands."""
    content = desk.content
    found: dict[str, str] = {}
    for (project, title), page in content.pages.items():
        if project == ALMA:
            found[f"page {title}"] = f"{title}\n{page['text']}\n{page['comment']}"
            for file in page["files"]:
                where = f"file {file['id']} {file['filename']} of {title}"
                found[where] = f"{file['filename']}\n{file['description']}\n{_read(file)}"
    for file in content.files.values():
        if file["project"] == ALMA:
            where = f"file {file['filename']}"
            found[where] = f"{file['filename']}\n{file['description']}\n{_read(file)}"
    for version in content.versions.values():
        if version["project"]["id"] == ALMA:
            found[f"version {version['id']}"] = f"{version['name']}\n{version['description']}"
    found |= {f"ticket {number}": text for number, text in _written_on_tickets(desk)}
    return found


def _written_on_tickets(desk: redmines.Desk) -> Iterator[tuple[int, str]]:
    """What the program wrote: whole tickets of its own, fields and notes of others."""
    for number, issue in desk.content.issues.items():
        if issue["project"]["id"] != ALMA or issue["is_private"]:
            continue
        fields = {one["id"]: one["value"] for one in issue["custom_fields"]}
        if fields.get(105):
            notes = "\n".join(journal["notes"] for journal in issue["journals"])
            yield number, f"{issue['subject']}\n{issue['description']}\n{notes}\n{fields}"
        else:
            yield number, "\n".join(fields.get(field, "") for field in SHOWN_TO_CUSTOMERS)


def _read(file: Row) -> str:
    ending = file["filename"].rpartition(".")[2]
    content: bytes = file["content"]
    if ending == "xlsx":
        return workbook_text(content)
    if ending == "pdf":
        return pdf_text(content)
    return content.decode(errors="replace")  # also of pictures: their text chunks


def workbook_text(content: bytes) -> str:
    """Every part of the archive as it is, and every cell and comment as it reads."""
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
        names = archive.namelist()
    book = load_workbook(io.BytesIO(content))
    cells = [
        f"{cell.value} {cell.comment.text if cell.comment else ''}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    return "\n".join([*names, *parts, *book.sheetnames, *cells])


def pdf_text(content: bytes) -> str:
    """The words of the pages, and all that is said about the document."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(content))
    said = [page.extract_text() for page in reader.pages]
    links = [
        str(note.get_object().get("/A", ""))
        for page in reader.pages
        for note in page.get("/Annots") or ()
    ]
    outline = str(reader.outline)
    about = f"{reader.metadata} {reader.xmp_metadata} {list(reader.attachments)}"
    return "\n".join([*said, *links, outline, about])


def digits(text: str) -> str:
    """With the gaps in its numbers closed, however a language writes them."""
    return re.sub(r"(?<=\d)(?:&nbsp;|&#160;|[\s\u00a0\u202f\u2060,.])(?=\d{3})", "", text)
