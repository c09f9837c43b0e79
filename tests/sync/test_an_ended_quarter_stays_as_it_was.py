"""The figures of an ended quarter do not move with the instant of knowledge.

What happens afterwards belongs to the quarters after it. Only what tells of the quarter itself may
state it anew: a report on a failure that comes in, an instant that is noted later, time that is
booked later for its days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.calendar.period import Period
from redmine_sla.duty import occurrences
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.differences import differences
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.workbench import lay_out
from tests.sync.told_later import ANNA, BOT, DANA, STATUSES, Story, World, booked, example, utc

PROFILES = ("cloud-erp", "crm-support", "help-desk", "information-system", "outsourced-it")
LATER = (
    "2026-07-01T00:00:00",  # past the end in every zone
    "2026-07-02T00:00:00",
    "2026-08-02T05:00:00",
    "2026-10-02T05:00:00",
    "2027-07-02T05:00:00",
)
AFTER = "2026-08-10T05:00:00Z"
OUTAGE = "Outage began at"


def told() -> dict[int, Story]:
    """A little of everything, much of it undecided at the end of June."""
    return {
        1: Story("2026-05-04T05:00:00Z")
        .then("2026-05-04T05:30:00Z", DANA, "In Progress", "On it")
        .then("2026-05-05T05:00:00Z", DANA, "Resolved", "Done"),
        2: Story("2026-06-25T05:00:00Z", fields={"Kind": "incident"}),
        3: Story("2026-06-26T05:00:00Z").then("2026-06-26T05:10:00Z", DANA, "Feedback", "Which?"),
        4: Story("2026-06-20T05:00:00Z").then(
            "2026-06-22T04:20:00Z", DANA, "In Progress", "Agreed", Date_agreed="2026-07-20"
        ),
        5: Story("2026-04-20T05:00:00Z", tracker="Feature").then(
            "2026-04-21T05:00:00Z", DANA, "In Progress", "Begun"
        ),
        6: Story("2026-06-28T05:00:00Z", fields={OUTAGE: "2026-06-28 10:00"}),
        7: Story("2026-06-27T05:00:00Z", fields={OUTAGE: "2026-06-27 10:00"}).then(
            "2026-06-29T05:00:00Z", DANA, "In Progress", "Up", Outage_ended_at="2026-06-29 10:00"
        ),
        8: Story("2026-05-06T05:00:00Z", tracker="Feature")
        .then("2026-05-07T05:00:00Z", DANA, "In Progress", "Begun")
        .then("2026-06-05T05:00:00Z", DANA, "Resolved", "Delivered"),
        9: Story("2026-06-15T05:00:00Z", fields={"Kind": "incident"})
        .then("2026-06-15T05:40:00Z", DANA, "Feedback", "Which?")
        .then("2026-06-17T05:00:00Z", ANNA, "In Progress", "That one"),
        10: Story(
            "2026-06-29T05:00:00Z", fields={OUTAGE: "2026-06-29 10:00", "Outage service": "crm"}
        ),
    }


def world(profile: str) -> World:
    configuration, contract = example(profile)
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30), ZoneInfo(contract.timezone))
    owed = Random(7).sample(found := list(occurrences(contract, quarter)), len(found) * 2 // 3)
    duties = {
        100 + place: Story("2026-03-20T05:00:00Z", BOT, "Support", {"SLA key": one.key})
        for place, one in enumerate([*owed, *found[-2:]])
    }
    done = {
        number: story.then("2026-06-09T05:00:00Z", DANA, "Resolved", "All well")
        for number, story in duties.items()
        if number % 2
    }
    times = (booked(1, 5, "2026-05-05"), booked(2, 8, "2026-06-05"), booked(3, 1, "2026-05-05"))
    return World(configuration, {**told(), **duties, **done}, times)


@pytest.mark.parametrize("profile", PROFILES)
def test_no_passing_of_time_moves_a_figure(profile: str, tmp_path: Path) -> None:
    first, *others = world(profile).figures(tmp_path, "2026Q2", LATER)
    assert any(first.values())
    for at, other in zip(LATER[1:], others, strict=True):
        assert (at, differences(first, other)) == (at, ())


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_that_happens_afterwards_moves_a_figure(profile: str, tmp_path: Path) -> None:
    before = world(profile)
    stories = dict(before.stories)
    stories[1] = stories[1].then(AFTER, ANNA, "Closed")
    stories[2] = stories[2].then(AFTER, DANA, "Rejected", "No fault")
    stories[3] = stories[3].then(AFTER, DANA, "Resolved", "Done")
    stories[4] = stories[4].then(AFTER, DANA, "", "Later", Date_agreed="2026-09-20")
    stories[6] = stories[6].then(AFTER, DANA, "", "Up", Outage_ended_at="2026-07-01 10:00")
    stories[7] = stories[7].then(AFTER, DANA, "", "Again", Outage_began_at="2026-08-01 10:00")
    stories[8] = stories[8].then(AFTER, ANNA, "In Progress", "Not so")
    stories[9] = stories[9].then(AFTER, DANA, "Feedback", "Which?")
    stories[10] = stories[10].then(AFTER, DANA, "Resolved", "Up again, since when I know not")
    stories[11] = Story(AFTER)
    for number in range(100, 200):
        if number in stories:
            status = "In Progress" if number % 2 else "Resolved"
            stories[number] = stories[number].then(AFTER, DANA, status, "Later")
    after = replace(before, stories=stories, times=(*before.times, booked(4, 5, "2026-08-05")))
    (then,) = before.figures(tmp_path, "2026Q2", ["2026-07-02T00:00:00"])
    (now,) = after.figures(tmp_path, "2026Q2", ["2026-08-12T05:00:00"])
    assert differences(then, now) == ()


def test_an_obligation_made_up_for_is_told_in_the_quarter_in_which_it_was_done(
    tmp_path: Path,
) -> None:
    configuration, contract = example("outsourced-it")
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30), ZoneInfo(contract.timezone))
    owed = next(one for one in occurrences(contract, quarter) if one.duty.evidence == ("note",))
    made = Story("2026-03-20T05:00:00Z", BOT, "Support", {"SLA key": owed.key})
    done = made.then("2026-07-09T05:00:00Z", DANA, "Resolved", "All well")
    told = {}
    for name in ("2026Q2", "2026Q3", "2026Q4"):
        (figures,) = World(configuration, {1: done}).figures(tmp_path, name, [LATER[-1]])
        told[name] = figures["obligations"]
    rows = told["2026Q3"]["made_up"]
    assert [(row["obligation"], row["day"], row["quarter"], row["done_on"]) for row in rows] == [
        (owed.duty.name, str(owed.day), "2026Q2", "2026-07-09")
    ]
    (before,) = World(configuration, {1: made}).figures(tmp_path, "2026Q2", [LATER[0]])
    assert told["2026Q2"] == before["obligations"]
    assert "made_up" not in told["2026Q4"]


def test_four_quarters_decide_the_promises_of_the_year_each_once(tmp_path: Path) -> None:
    configuration, contract = example("crm-support")
    stories = dict(enumerate(_any_stories(Random(5)), start=1))
    as_of = utc("2027-02-01T00:00:00")
    begin, end = utc("2025-12-31T23:00:00"), utc("2026-12-31T23:00:00")
    with World(configuration, stories).mirror(tmp_path) as mirror:
        bench = lay_out(configuration, mirror)
        judged = filter(None, (bench.judge(ticket, as_of) for ticket in mirror.tickets()))
        year = Counter(
            promise.clock
            for one in judged
            for promise in promises_of(one, as_of)
            if promise.decided is not None and begin <= promise.decided < end
        )
        assembly, quarters = Assembly(bench=bench, mirror=mirror), Counter[str]()
        for number in (1, 2, 3, 4):
            made = assembly.deliverable(contract, Quarter(2026, number), as_of)
            for row in made.figures["service_levels"]["clocks"]:
                quarters[row["clock"]] += sum(
                    row[name] for name in ("kept", "broken", "not_measured", "cancelled")
                )
    assert sum(year.values()) > 100
    assert quarters == year


def _any_stories(chance: Random) -> list[Story]:
    """Tickets to which anything may happen, in any order."""
    stories = []
    for _ in range(60):
        at = utc("2026-01-02T06:00:00") + timedelta(hours=chance.randrange(24 * 330))
        story, standing = Story(stamp(at), fields={"Kind": "incident"}), "New"
        for _ in range(chance.randrange(7)):
            at += timedelta(hours=chance.choice([1, 3, 20, 90, 400, 1500]))
            others = [status for status in STATUSES if status not in (standing, "New")]
            standing = chance.choice(others)
            note = chance.choice(["", "So"])
            story = story.then(stamp(at), chance.choice([DANA, DANA, ANNA]), standing, note)
        stories.append(story)
    return stories


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
