"""A publication killed at any request: the next run leaves what an undisturbed one leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from redmine_sla.connectors.redmine import Attempt, Connection, RedmineGateway
from redmine_sla.plan import Plan
from redmine_sla.sync.apply import Applied, apply
from tests.harness.server import RedmineServer
from tests.real.gateway_world import World
from tests.real.publishing_world import publishing_world_on
from tests.sync.publication import publication

pytestmark = pytest.mark.real

AS_OF = datetime(2026, 10, 1, 8, tzinfo=UTC)
STATE = "publication"
STANDING = """
    files = lambda { |holder| holder.attachments.map { |f| [f.filename, f.digest] }.sort }
    tickets = Issue.joins(:custom_values).where(custom_values: { custom_field_id: $INPUT.to_i })
                   .where("custom_values.value LIKE 'acme/%'").order('custom_values.value')
    puts JSON.generate(
      versions: Version.order(:name).map { |v| [v.name, files.call(v)] },
      pages: WikiPage.order(:title).map { |p| [p.title, p.content.version, files.call(p)] },
      tickets: tickets.map { |t| [t.subject, t.fixed_version&.name, t.due_date, t.journals.count] },
      all_tickets: Issue.count
    )
"""


class Killed(BaseException):
    """The process ends here."""


def silently(_: Attempt) -> None:
    return None


def plan_on(world: World) -> Plan:
    trackers = {row["name"]: row["id"] for row in world.gateway().words().trackers}
    place = {"project": world.projects["desk"], "where": "desk"}
    marks = {"key_field": world.field, "tracker": trackers["Support"]}
    return Plan.of(AS_OF, publication(**place, **marks))


def run(world: World, plan: Plan, hook: Callable[[Attempt], None] = silently) -> Applied:
    connection = Connection(url=world.redmine.url, key=world.bot)
    with RedmineGateway(connection, hook=hook) as redmine:
        return apply(plan, redmine)


def standing(world: World) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(world.redmine.runner(STANDING, given=str(world.field)))
    return found


def results(applied: Applied) -> list[str]:
    return [outcome.result.value for outcome in applied.outcomes]


def test_it_stands_once_however_often_it_is_run(redmine: RedmineServer) -> None:
    world = publishing_world_on(redmine)
    plan = plan_on(world)
    assert results(run(world, plan)) == ["applied"] * 6
    stands = standing(world)
    assert [name for name, _ in stands["versions"]] == ["2026-Q3"]
    assert [name for name, _ in stands["versions"][0][1]] == ["quarter.csv", "quarter.pdf"]
    assert [version for _, version, _ in stands["pages"]] == [1]
    assert [row[:2] for row in stands["tickets"]] == [
        ["acme/2026-Q3/sign-off", "2026-Q3"],
        ["acme/backup/2026-10", None],
    ]
    assert results(run(world, plan)) == ["skipped"] * 6
    assert standing(world) == stands


@pytest.mark.slow
def test_killed_after_each_request_in_turn(redmine: RedmineServer) -> None:
    world = publishing_world_on(redmine)
    plan = plan_on(world)
    redmine.save(STATE)
    requests = 0

    def count(_: Attempt) -> None:
        nonlocal requests
        requests += 1

    run(world, plan, count)
    wanted = standing(world)
    assert requests > 20
    for allowed in range(1, requests + 1):
        redmine.restore(STATE)
        with suppress(Killed):
            run(world, plan, _killing_after(allowed))
        run(world, plan)
        assert standing(world) == wanted, f"killed after request {allowed}"


def _killing_after(allowed: int) -> Callable[[Attempt], None]:
    made = 0

    def count(_: Attempt) -> None:
        nonlocal made
        made += 1
        if made == allowed:
            raise Killed

    return count
