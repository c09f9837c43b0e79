"""The whole job, from an empty Redmine to what a customer sees."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from examples.demo import desk_folder, guide, house
from examples.demo.handover import Handover, last_quarter
from examples.demo.people import HOUSES, scene
from examples.demo.quarters.alma import AGREED
from examples.demo.steps import CommandLine, StepFailed, heading, say
from examples.demo.told import told
from redmine_sla.connectors.redmine.provisioning import api_key_in
from redmine_sla.contract import load_folder
from tests.harness import seeding
from tests.harness.seeding import Seeded
from tests.harness.server import RedmineServer


def perform() -> None:
    """Raises StepFailed, HarnessError or SlaError at the first step that does not go well."""
    began = time.monotonic()
    heading("1. A real Redmine, with five customers' projects and their people")
    server = house.bring_up(say)
    play(server, house.folder())
    say(f"({time.monotonic() - began:.0f} seconds in all; `make demo-stop` removes the demo)")


def play(server: RedmineServer, folder: Path) -> Handover:
    """The job on a blank Redmine, with its configuration in that folder. Raises as above."""
    people = server.seed(scene()).users
    # What customers may do in many a Redmine: correct their own tickets, and agree to a date.
    server.runner("Role.find_by!(name: 'Reporter').add_permission!(:edit_own_issues)")
    say(f"Redmine {server.version} answers at {server.url}")

    heading("2. The configuration: one desk, and the five contracts of examples/contracts")
    now = _write_folder(server, folder)
    desk_folder.number_the_contacts(folder, {login: one.id for login, one in people.items()})
    redmine_sla = CommandLine(folder)
    redmine_sla.run("check", fine=(0, 1))

    heading("3. Provisioning: an administrator runs the script that creates what is missing")
    _provision(server, redmine_sla)

    heading("4. Three quarters of tickets, as if they had happened until this minute")
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

    last = last_quarter(now.date())
    handover = Handover(server, seeded, redmine_sla, last)
    handover.perform()

    heading("17. Between quarters: reports, the bill of a month, another level, the schedule")
    month = f"{last.last_day:%Y-%m}"
    redmine_sla.run("report", "--quarter", str(last))
    redmine_sla.run("statement", month, "--contract", "alma")
    redmine_sla.run("simulate", "--contract", "alma", "--tier", "5x12x12", "--quarter", str(last))
    redmine_sla.run("schedule", "--contract", "sapa")

    heading("18. Have a look")
    guide.show(server, seeded, last)
    return handover


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
    """In bulk, but for the few tickets with files."""
    description = told(load_folder(folder), now)
    events = description["events"]
    with_files = {event["ticket"] for event in events if event.get("attached")}
    bulk = [event for event in events if event["ticket"] not in with_files]
    others = [event for event in events if event["ticket"] in with_files]
    seeded = server.seed_description(description | {"events": bulk}, seeding.bulk_script())
    files = server.seed_description(description | {"events": others})
    seeded = replace(seeded, tickets=seeded.tickets | files.tickets)
    desk_folder.name_the_agreement(folder, guide.ticket_about(seeded, AGREED))
    say(f"{len(seeded.tickets)} tickets in {len(HOUSES)} projects")
    return seeded


def _run_again(redmine_sla: CommandLine) -> None:
    report = json.loads(redmine_sla.answer("sync", "--json", fine=(0, 1)))
    requests, seconds = report["requests"], report["seconds"]
    say(f"{requests['reads']} reads, {requests['writes']} writes, {seconds:.1f} s")
    if requests["writes"]:
        raise StepFailed("the second run wrote something, and nothing had changed")
