"""The gateway's small desk, where the bot may publish too."""

from __future__ import annotations

from tests.harness.server import RedmineServer
from tests.real.gateway_world import World, world_on

MAY_PUBLISH = """
    Role.find_by!(name: 'SLA bot').add_permission!(
      :view_files, :manage_files, :manage_versions, :add_issue_watchers, :view_issue_watchers
    )
    Project.find_by!(identifier: 'desk').enable_module!(:files)
"""


def publishing_world_on(redmine: RedmineServer) -> World:
    """The world as made, with Files in the project `desk`."""
    world = world_on(redmine)
    world.ruby(MAY_PUBLISH)
    return world
