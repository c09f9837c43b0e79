"""The quarter that is over: handed over, signed off, and restated where its past was changed."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from examples.demo.people import ALMA, DELTA, HOUSES, MANAGER, PUBLISHED_BEFORE, SAPA, House
from examples.demo.steps import CommandLine, StepFailed, heading, say
from redmine_sla.quarter import Quarter
from tests.harness.rest import Rest
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer

SIGN_OFF = "SLA sign-off"
SIGNED, RESTATED, OVERSPENT = DELTA, ALMA, SAPA
"""Whose quarter is signed off, restated, and over the limit for development."""
_INCLUDED = "Consultation"  # what the monthly hours are for


@dataclass(frozen=True)
class Handover:
    """What it takes to hand the last quarter over as the people of the demo do it."""

    server: RedmineServer
    seeded: Seeded
    redmine_sla: CommandLine
    last: Quarter

    def perform(self) -> None:
        """Raises StepFailed where something does not come out as promised."""
        heading(f"10. {self.last}: an engineer puts what was made into the customer's archive")
        self._hand_files_over()

        heading("11. The two quarters before, as they were handed over and signed then")
        for quarter in (self.last.previous.previous, self.last.previous):
            self._publish_earlier(quarter)

        heading(f"12. {self.last} is handed over: wiki page, PDF, workbook, manifest, sign-off")
        self.redmine_sla.run("quarter", str(self.last), fine=(0, 1))

        heading(f"13. {SIGNED.customers[0]}, the contact of {SIGNED.name}, signs it off")
        self._sign(SIGNED)

        heading("14. Weeks later the service manager corrects a time entry of that quarter")
        self._correct_an_entry(RESTATED)

        heading("15. The same command again: restated where the past has changed, nothing else")
        self._hand_over_again()

        heading("16. The next run: the contracts' pages tell of it")
        self.redmine_sla.run("sync", fine=(0, 1))

    def _hand_files_over(self) -> None:
        """As Redmine's Files has them: a version named after the quarter, and files under it."""
        engineer = self._as(OVERSPENT.engineers[0])
        project = f"/projects/{OVERSPENT.project}"
        version = engineer.post(f"{project}/versions.json", {"version": {"name": str(self.last)}})
        name = f"{OVERSPENT.project}-{self.last}-source.tar.gz"
        token = engineer.upload(_archive(self.last), name)
        file = {
            "token": token,
            "version_id": version["version"]["id"],
            "filename": name,
            "description": "Исходный код и схема базы данных",
        }
        engineer.post(f"{project}/files.json", {"file": file})
        say(f"{name} in the Files of {OVERSPENT.name}, under version {self.last}")

    def _publish_earlier(self, quarter: Quarter) -> None:
        names = [word for house in PUBLISHED_BEFORE for word in ("--contract", house.contract)]
        answer = self._answer(quarter, *names)
        for told in answer:
            say(f"{told['contract']} {quarter}: {told['step']}")
        for house in PUBLISHED_BEFORE:
            self._sign(house)

    def _sign(self, house: House) -> None:
        """He closes the ticket that asks for it; that is all there is to it."""
        contact = self._as(house.customers[0])
        for ticket in self._asked(house):
            closed = {"issue": {"status_id": self.seeded.statuses["Closed"]}}
            contact.put(f"/issues/{ticket['id']}.json", closed)
            say(f"#{ticket['id']} {ticket['subject']}: closed by {house.customers[0]}")

    def _asked(self, house: House) -> list[dict[str, Any]]:
        """Open tickets that ask for a signature."""
        tracker = self._number_of("trackers", SIGN_OFF)
        found: list[dict[str, Any]] = self.server.admin.get(
            "/issues.json", project_id=house.project, tracker_id=tracker, status_id="open"
        )["issues"]
        if not found:
            raise StepFailed(f"nobody asks {house.name} to sign {self.last} off")
        return found

    def _number_of(self, kind: str, name: str) -> int:
        rows = self.server.admin.get(f"/{kind}.json")[kind]
        number: int = next(row["id"] for row in rows if row["name"] == name)
        return number

    def _correct_an_entry(self, house: House) -> None:
        """Half an hour more than was booked. Redmine itself leaves no trace of it."""
        manager = self._as(MANAGER)
        entry = self._entry_of_the_quarter(house)
        hours = entry["hours"] + 0.5
        manager.put(f"/time_entries/{entry['id']}.json", {"time_entry": {"hours": hours}})
        number = entry["issue"]["id"]
        say(f"#{number}, {entry['spent_on']}: {entry['hours']} h are now {hours} h")

    def _entry_of_the_quarter(self, house: House) -> dict[str, Any]:
        rows = self.server.admin.get(
            "/time_entries.json",
            project_id=house.project,
            **{"from": self.last.first_day, "to": self.last.last_day},
        )["time_entries"]
        advice = [row for row in rows if row["activity"]["name"] == _INCLUDED]
        return max(advice, key=lambda row: (row["hours"], row["id"]))

    def _hand_over_again(self) -> None:
        """Raises StepFailed unless one is restated and nothing else is written."""
        told = self._answer(self.last)
        for one in told:
            say(f"{one['contract']:7} {one['step']}, {len(one['changes'])} writes")
        steps = {one["contract"]: one["step"] for one in told}
        wanted = {house.contract: "unchanged" for house in HOUSES}
        if steps != wanted | {RESTATED.contract: "restated"}:
            raise StepFailed(f"only {RESTATED.contract} was to be restated, and it came to {steps}")
        written = [one["contract"] for one in told if one["changes"]]
        if written != [RESTATED.contract]:
            raise StepFailed(f"only {RESTATED.contract} was to be written to, not {written}")

    def _answer(self, quarter: Quarter, *words: str) -> list[dict[str, Any]]:
        said = self.redmine_sla.answer("quarter", str(quarter), "--json", *words, fine=(0, 1))
        told: list[dict[str, Any]] = json.loads(said)["publications"]
        return told

    def _as(self, login: str) -> Rest:
        return Rest(self.server.url, self.seeded.users[login].key)


def last_quarter(today: date) -> Quarter:
    return Quarter.of(today).previous


def _archive(quarter: Quarter) -> bytes:
    """A small archive, the same each time."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in (
            ("CHANGES", f"Modifications handed over for {quarter}\n"),
            ("schema/registry.sql", "CREATE TABLE registry (id INTEGER PRIMARY KEY);\n"),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return gzip.compress(packed.getvalue(), mtime=0)
