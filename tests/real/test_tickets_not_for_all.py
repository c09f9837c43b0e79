"""Subjects stand on a contract's page as far as Redmine shows the tickets to all who read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.sync.pull.scope import Beat
from tests.harness.server import RedmineServer
from tests.real.flow_world import ELSEWHERE, HOT, World, after_first_run, open_mirror

pytestmark = pytest.mark.real

BELOW = """
below, above = Project.find('desk3'), Project.find('desk1')
below.update!(:inherit_members => false)
below.set_parent!(above)
Project.where(:id => [below, above]).update_all(:is_public => false)
bot = Member.find_by!(:project => above, :principal => User.find_by_login!('redmine-sla'))
Member.create!(:project => below, :principal => bot.principal, :roles => bot.roles)
"""
LET_IN = """
below, above = Project.find('desk3'), Project.find('desk1')
above.members.each do |one|
  next if Member.exists?(:project => below, :user_id => one.user_id)
  Member.create!(:project => below, :principal => one.principal, :roles => one.roles)
end
"""
OWN = "Role.find_by!(:name => 'Reporter').update!(:issues_visibility => 'own')"


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    """After the first run; then the third desk is put below the first, with members of its own."""
    found: World = redmine.restore_or_make("flow-running", after_first_run)[0]
    found.redmine.runner(BELOW)
    return found


def page(world: World, mirror: Path) -> str:
    """The contract's page after a run that reads everything."""
    with open_mirror(mirror) as opened:
        world.run(opened, beat=Beat.NOW)
    return world.page("desk1", "SLA_alma")


def status(world: World, login: str, subject: str) -> int:
    path = f"/issues/{world.ticket(subject)}.json"
    return world.rest(login).request("GET", path).status_code


def test_a_ticket_below_is_named_when_all_customers_may_read_it(
    world: World, tmp_path: Path
) -> None:
    assert status(world, "anna1", ELSEWHERE) == 403
    told = page(world, tmp_path)
    assert HOT in told
    assert ELSEWHERE not in told
    world.redmine.runner(LET_IN)
    assert status(world, "anna1", ELSEWHERE) == 200
    assert ELSEWHERE in page(world, tmp_path)


def test_no_subject_is_told_to_customers_who_see_their_own_tickets_alone(
    world: World, tmp_path: Path
) -> None:
    world.redmine.runner(OWN)
    assert HOT not in page(world, tmp_path)
