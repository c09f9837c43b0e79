"""The five stories as one description for the server, all events in the order of their time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from examples.demo import duties, quarters
from examples.demo.people import HOUSES, scene
from examples.demo.stories import TELLERS
from examples.demo.story import Story
from redmine_sla.contract import Configuration


def told(configuration: Configuration, now: datetime) -> dict[str, Any]:
    """The scene with everything that happened in it up to now, as `seed_description` takes it."""
    by_name = {contract.name: contract for contract in configuration.contracts}
    description = scene().description()
    events: list[dict[str, Any]] = []
    for house in HOUSES:
        office, tell = TELLERS[house.contract]
        story = Story(house, by_name[house.contract], office, now)
        tell(story)
        quarters.tell(story)
        duties.tell(story, configuration.desk.surfaces.wiki_markup)
        events += story.desk.description()["events"]
    limit = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    happened = [event for event in events if event["at"] <= limit]
    return description | {"events": sorted(happened, key=lambda event: str(event["at"]))}
