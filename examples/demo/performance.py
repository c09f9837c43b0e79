"""The whole job, from an empty Redmine to what a customer sees."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from examples.demo import desk_folder, guide, house
from examples.demo.people import HOUSES, scene
from examples.demo.steps import CommandLine, StepFailed, heading, say
from examples.demo.told import told
from redmine_sla.connectors.redmine.provisioning import api_key_in
from redmine_sla.contract import load_folder
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer


def perform() -> None:
    """Raises StepFailed, HarnessError or SlaError at the first step that does not go well."""
    began = time.monotonic()
    heading("1. A real Redmine, with five customers' projects and their people")
    server = house.bring_up(say)
    server.seed(scene())
    # What customers may do in many a Redmine: correct their own tickets, and agree to a date.
    server.runner("Role.find_by!(name: 'Reporter').add_permission!(:edit_own_issues)")
    say(f"Redmine {server.version} answers at {server.url}")

    folder = house.folder()
    heading("2. The configuration: one desk, and the five contracts of examples/contracts")
    now = _write_folder(server, folder)
    redmine_sla = CommandLine(folder)
    redmine_sla.run("check", fine=(0, 1))

    heading("3. Provisioning: an administrator runs the script that creates what is missing")
    _provision(server, redmine_sla)

    heading("4. Five months of tickets, as if they had happened until this minute")
    seeded = _seed(server, folder, now)

    heading("5. The doctor: is all in place?")
    redmine_sla.run("doctor", fine=(0, 1))

    heading("6. The first run: pull, judge, plan, write")
    redmine_sla.run("sync", fine=(0, 1))

    heading("7. The second run: nothing happened in between, so nothing is written")
    _run_again(redmine_sla)

    heading("8. What is late, what is due next, what waits")
    redmine_sla.run("status")

    heading("9. Every figure explains itself")
    redmine_sla.run("explain", str(guide.ticket_to_explain(seeded)))

    heading("10. Have a look")
    guide.show(server, seeded)
    say(f"({time.monotonic() - began:.0f} seconds in all; `make demo-stop` removes the demo)")


def _write_folder(server: RedmineServer, folder: Path) -> datetime:
    """The folder, and the moment the demo takes for now: the last full minute."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    markup = server.runner("puts Setting.text_formatting").strip()
    desk_folder.write(folder, url=server.url, markup=markup, now=now)
    say(f"{folder}")
    return now


def _provision(server: RedmineServer, redmine_sla: CommandLine) -> None:
    script = redmine_sla.answer("provision")
    said = server.runner(script)
    key = api_key_in(said)
    if key is None:
        raise StepFailed(f"provisioning gave no API key:\n{said}")
    desk_folder.keep_key(redmine_sla.folder, key)
    made = [line for line in said.splitlines() if line.startswith(("created", "switched"))]
    say(f"{len(made)} things made, of them:")
    for line in made[:3] + made[-4:]:
        say(f"  {line}")


def _seed(server: RedmineServer, folder: Path, now: datetime) -> Seeded:
    description = told(load_folder(folder).contracts, now)
    seeded = server.seed_description(description)
    say(f"{len(seeded.tickets)} tickets in {len(HOUSES)} projects")
    return seeded


def _run_again(redmine_sla: CommandLine) -> None:
    report = json.loads(redmine_sla.answer("sync", "--json", fine=(0, 1)))
    requests, seconds = report["requests"], report["seconds"]
    say(f"{requests['reads']} reads, {requests['writes']} writes, {seconds:.1f} s")
    if requests["writes"]:
        raise StepFailed("the second run wrote something, and nothing had changed")
