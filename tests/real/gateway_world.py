"""A small desk on a real Redmine, and the gateway of its bot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.sync.ports import Row
from tests.harness.server import RedmineServer

SCRIPT = (Path(__file__).parent / "gateway_world.rb").read_text()


@dataclass(frozen=True)
class World:
    """What `gateway_world.rb` made: numbers by name, and the keys of two users."""

    redmine: RedmineServer
    bot: str
    weak: str
    field: int
    locked: int
    projects: dict[str, int]
    issues: dict[str, int]

    def gateway(self, key: str = "", **options: Any) -> RedmineGateway:
        """A gateway of the bot, or of whoever the key belongs to."""
        return RedmineGateway(Connection(url=self.redmine.url, key=key or self.bot, **options))

    def journals(self, issue: int) -> list[Row]:
        """What an administrator sees of a ticket's history."""
        row = self.redmine.admin.get(f"/issues/{issue}.json", include="journals")["issue"]
        return list(row["journals"])

    def ruby(self, script: str) -> str:
        return self.redmine.runner(script)


_made: dict[str, dict[str, Any]] = {}  # by server: what the script said when it made the world


def world_on(redmine: RedmineServer) -> World:
    """The world as made, whatever tests did to it before."""

    def make(blank: RedmineServer) -> None:
        _made[blank.url] = json.loads(blank.runner(SCRIPT))

    redmine.restore_or_make("gateway", make)
    return World(redmine, **_made[redmine.url])
