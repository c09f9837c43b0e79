"""Obligations on real Redmines: each occurrence one ticket whatever happens, and what came of it.

A review is owed each day since six days ago. People dealt with the first four on tickets that
stand already; the tool makes those of the last two days, of today and of tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from redmine_sla.calendar.period import Period
from redmine_sla.connectors.redmine import Attempt
from redmine_sla.connectors.redmine.provisioning import api_key_in, provision_script
from redmine_sla.contract import Contract
from redmine_sla.duty import Lack, Outcome, State
from redmine_sla.mirror import Mirror
from redmine_sla.plan import CreateTicket
from redmine_sla.sync.duties import DutyBook
from redmine_sla.sync.run import RunReport, sync
from redmine_sla.sync.workbench import lay_out
from tests.harness.desk import support_desk
from tests.harness.server import RedmineServer
from tests.real import provisioned
from tests.real.flow_world import World, now, open_mirror

pytestmark = pytest.mark.real

REVIEW = {
    "name": "review",
    "title": "Review of the log files",
    "clause": "log-file review",
    "rhythm": "FREQ=DAILY",
    "lead_time": "1cd",
    "owner": "engineer",
    "evidence": ["note", "file"],
}
DAYS = 6
NO_KEY_ON_SUPPORT = """
    CustomField.find_by!(name: 'SLA key').trackers.delete(Tracker.find_by!(name: 'Support'))
"""


def today() -> date:
    return now().date()


def day(ago: int) -> date:
    return today() - timedelta(days=ago)


def key(ago: int) -> str:
    return f"alma/review/{day(ago)}"


def contract() -> Contract:
    return provisioned.contract(
        projects=["desk1"],
        timezone="UTC",
        language="en",
        starts=str(day(DAYS)),
        calendars={"office": {"hours": "24/7"}},
        obligations=[REVIEW],
        team={"engineer": "Eva Developer"},
        contacts=[
            {
                "name": "Anna1 Reporter",
                "login": "anna1",
                "may": ["verify_work", "follow_schedule"],
            }
        ],
    )


def make_world(redmine: RedmineServer) -> World:
    """Provisioned first: what people did in the past carries the tool's field."""
    scene = support_desk(zone="UTC")
    redmine.seed(scene)
    markup = redmine.runner("puts Setting.text_formatting").strip()
    tables: dict[str, Any] = {
        "surfaces": {"mode": "fields", "wiki_markup": markup, "stamp_every_minutes": 1440},
        "required_fields": {"tracker": "Support"},
    }
    said = redmine.runner(provision_script(provisioned.desk(redmine.url, **tables), [contract()]))
    past(scene)
    seeded = redmine.seed(scene)
    desk = provisioned.desk(redmine.url, api_key_in(said) or "", **tables)
    return World(redmine, seeded, api_key_in(said) or "", desk, (contract(),))


def past(scene: Any) -> None:
    """In time; a day late; done without, as the customer wished; closed without a file."""

    def opened(ago: int) -> Any:
        return scene.ticket(
            f"Review of {ago} days ago",
            by="redmine-sla",
            at=f"{day(ago)} 01:00",
            tracker="Support",
            fields={"SLA key": key(ago)},
        )

    opened(6).attach("09:00", "eva", "log.txt", b"-", "Nothing found").step(
        "10:00", "eva", status="Resolved"
    )
    opened(5).attach("+1d 09:00", "eva", "log.txt", b"-", "Late, sorry").step(
        "10:00", "eva", status="Closed"
    )
    opened(4).step("08:00", "anna1", "Not today, please", status="Rejected")
    opened(3).step("09:00", "eva", "Nothing found", status="Closed")


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    return redmine.restore_or_make("obligations", make_world)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path) as opened:
        yield opened


def standing(world: World) -> dict[str, int]:
    """The numbers of all tickets by their key; fails where two have the same."""
    rows = world.redmine.admin.get("/issues.json", status_id="*", limit=100)["issues"]
    found: dict[str, int] = {}
    for row in rows:
        for field in row.get("custom_fields", ()):
            if field["name"] == "SLA key" and field["value"]:
                assert field["value"] not in found
                found[field["value"]] = row["id"]
    return found


def came(world: World, mirror: Mirror, as_of: datetime | None = None) -> list[Outcome]:
    """What came of each day, the oldest first."""
    bench = lay_out(world.configuration, mirror)
    (alma,) = bench.contracts
    zone = bench.happened_at(alma).timezone
    period = Period(day(DAYS), day(-1), zone)  # type: ignore[arg-type]
    return list(DutyBook(bench, mirror).outcomes(alma, period, as_of or now()))


def made(report: RunReport) -> list[CreateTicket]:
    """The tickets a run meant to make."""
    return [change for change in report.plan.changes if isinstance(change, CreateTicket)]


EVERY_DAY = {key(ago) for ago in range(-1, DAYS + 1)}


def test_each_day_has_one_ticket_and_no_run_makes_another(
    world: World, mirror: Mirror, tmp_path: Path
) -> None:
    report = world.run(mirror)
    assert report.went_well
    assert standing(world).keys() == EVERY_DAY
    second = world.run(mirror)
    assert made(second) == []  # the contract's page leads to the new tickets now
    assert world.run(mirror).requests.writes == 0
    with open_mirror(tmp_path, "anew") as anew:
        assert made(world.run(anew)) == []
    assert standing(world).keys() == EVERY_DAY


def test_the_ticket_as_people_find_it(world: World, mirror: Mirror) -> None:
    world.run(mirror)
    number = standing(world)[key(0)]
    row = world.redmine.admin.get(f"/issues/{number}.json", include="watchers")["issue"]
    assert row["assigned_to"]["name"] == "Eva Developer"
    assert (row["start_date"], row["due_date"]) == (str(today()), str(today()))
    assert row["tracker"]["name"] == "Support"
    assert "log-file review" in row["description"]
    assert [watcher["name"] for watcher in row["watchers"]] == ["Anna1 Reporter"]
    customer = world.rest("anna1").get(f"/issues/{number}.json")["issue"]
    assert all(field["name"] != "SLA key" for field in customer.get("custom_fields", ()))


def test_missed_runs_are_made_up_for(world: World, mirror: Mirror) -> None:
    with world.gateway() as redmine:
        sync(world.configuration, redmine, mirror, as_of=now() - timedelta(days=2))
    assert standing(world).keys() == EVERY_DAY - {key(0), key(-1)}
    world.run(mirror)
    assert standing(world).keys() == EVERY_DAY


def test_what_people_did_is_what_came_of_it(world: World, mirror: Mirror) -> None:
    world.run(mirror)
    numbers = standing(world)
    eva = world.rest("eva")
    token = eva.upload(b"log", "log.txt")
    done = {
        "notes": "Nothing found",
        "status_id": world.seeded.statuses["Resolved"],
        "uploads": [{"token": token, "filename": "log.txt"}],
    }
    eva.put(f"/issues/{numbers[key(0)]}.json", {"issue": done})
    world.run(mirror)
    found = came(world, mirror)
    assert [one.state for one in found] == [
        State.DONE,
        State.LATE,
        State.EXCUSED,
        State.MISSED,
        State.MISSED,  # nobody touched it, and the next one fell due
        State.MISSED,
        State.DONE,
        State.UPCOMING,
    ]
    assert found[2].excuse is not None
    assert found[2].excuse.by == "Anna1 Reporter"
    assert found[3].lacking == (Lack.FILE,)
    assert [one.ticket for one in found] == [numbers[one.occurrence.key] for one in found]


def test_the_contracts_page_carries_the_schedule_and_its_calendar_file(
    world: World, mirror: Mirror
) -> None:
    world.run(mirror)
    world.run(mirror)
    numbers = standing(world)
    page = world.rest("anna1").get("/projects/desk1/wiki/SLA_alma.json", include="attachments")
    text, (file,) = page["wiki_page"]["text"], page["wiki_page"]["attachments"]
    assert f"#{numbers[key(5)]}" in text  # done late
    assert file["filename"] == "schedule.ics"
    assert " attachment:schedule.ics" in text
    assert world.run(mirror).requests.writes == 0  # the page notes the edition of its file
    answer = world.rest("anna1").request("GET", f"/attachments/download/{file['id']}/schedule.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(event["UID"]) for event in events} >= EVERY_DAY


def test_a_lost_mirror_changes_no_outcome(world: World, mirror: Mirror, tmp_path: Path) -> None:
    world.run(mirror)
    world.run(mirror)
    at = now()
    with open_mirror(tmp_path, "anew") as anew:
        world.run(anew)
        assert came(world, anew, at) == came(world, mirror, at)


def test_a_ticket_moved_out_of_the_contracts_projects_is_not_made_again(
    redmine_newest: RedmineServer, mirror: Mirror
) -> None:
    world = redmine_newest.restore_or_make("obligations", make_world)
    world.run(mirror)
    number = standing(world)[key(0)]
    redmine_newest.runner(f"""
        other = Project.create!(name: 'Other', identifier: 'other', trackers: Tracker.all)
        Member.create!(user: User.find_by!(login: 'redmine-sla'), project: other,
                       roles: [Role.find_by!(name: 'redmine-sla')])
        field = CustomField.find_by!(name: 'SLA key')
        field.projects << other unless field.is_for_all?
        issue = Issue.find({number})
        issue.init_journal(User.find_by!(login: 'mark'))
        issue.project = other
        issue.save!
    """)
    world.run(mirror)
    assert standing(world).keys() == EVERY_DAY


def test_without_the_field_on_their_tracker_no_tickets_are_made_and_the_step_is_told(
    redmine_newest: RedmineServer, mirror: Mirror
) -> None:
    world = redmine_newest.restore_or_make("obligations", make_world)
    redmine_newest.runner(NO_KEY_ON_SUPPORT)
    before = redmine_newest.admin.get("/issues.json", status_id="*")["total_count"]
    report = world.run(mirror)
    assert any("tick" in finding and '"SLA key"' in finding for finding in report.findings)
    assert redmine_newest.admin.get("/issues.json", status_id="*")["total_count"] == before


def test_a_closed_project_gets_none_and_is_named(
    redmine_newest: RedmineServer, mirror: Mirror
) -> None:
    world = redmine_newest.restore_or_make("obligations", make_world)
    redmine_newest.runner("Project.find('desk1').close")
    report = world.run(mirror)
    assert any("reopen it" in finding for finding in report.findings)
    assert len(standing(world)) == 4


def test_in_a_project_without_any_ticket_the_first_are_those_of_obligations(
    redmine_newest: RedmineServer, mirror: Mirror
) -> None:
    world = redmine_newest.restore_or_make("obligations", make_world)
    redmine_newest.runner("Issue.destroy_all")
    world.run(mirror)
    assert standing(world).keys() == EVERY_DAY


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.slow
def test_killed_after_each_write_in_turn_the_next_run_makes_what_is_left(
    redmine_newest: RedmineServer, tmp_path: Path
) -> None:
    """Also between Redmine's making of a ticket and the tool's hearing of it."""
    world = redmine_newest.restore_or_make("obligations", make_world)
    with open_mirror(tmp_path, "undisturbed") as mirror:
        writes = world.run(mirror).requests.writes
    assert writes > 4
    for allowed in range(1, writes + 1):
        redmine_newest.restore("obligations")
        with open_mirror(tmp_path, f"killed-{allowed}") as mirror, suppress(Killed):
            world.run(mirror, hook=_killing_after_write(allowed))
        with open_mirror(tmp_path, f"lost-{allowed}") as anew:
            world.run(anew)
        assert standing(world).keys() == EVERY_DAY, f"killed after write {allowed}"


def _killing_after_write(allowed: int) -> Any:
    """Hears of a request once Redmine has answered it, before the run does."""
    made = 0

    def count(attempt: Attempt) -> None:
        nonlocal made
        made += attempt.method != "GET"
        if made >= allowed:
            raise Killed

    return count


def test_a_desk_that_starts_late_makes_none_for_the_past(
    redmine_newest: RedmineServer, mirror: Mirror
) -> None:
    world = redmine_newest.restore_or_make("obligations", make_world)
    begun = world.desk.obligations.model_copy(update={"tickets_from": today()})
    late = replace(world, desk=world.desk.model_copy(update={"obligations": begun}))
    late.run(mirror)
    assert standing(world).keys() == EVERY_DAY - {key(1), key(2)}
    assert came(late, mirror)[4].state is State.UNMEASURED
