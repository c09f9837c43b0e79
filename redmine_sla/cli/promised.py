"""What each contract promises, in a few lines: for whoever has just written it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rich.table import Table

from redmine_sla.cli.output import console, counted, facts_grid, on_date, table, words
from redmine_sla.contract import (
    Configuration,
    Contract,
    RankedTarget,
    TargetRule,
    Terms,
    targets_of_level,
)

_WEEK = timedelta(days=6)


def print_promised(configuration: Configuration) -> None:
    """A summary of each contract, as it stands today."""
    screen = console()
    for contract in configuration.contracts:
        today = contract.day_of(datetime.now(UTC))
        terms = contract.terms_on(today)
        screen.print(words(f"{contract.title} ({contract.name})", "bold"))
        grid = facts_grid()
        for title, said in _facts(contract, terms, today):
            grid.add_row(title, words(said))
        screen.print(grid)
        for drawn in (_week(terms, today), _targets(terms)):
            screen.print()
            screen.print(drawn)
        screen.print()
    desk = configuration.desk
    number = counted(len(configuration.contracts), "contract")
    screen.print(words(f"{number}, {desk.redmine.url}: the configuration is in order.", "green"))


def promised_data(contract: Contract) -> dict[str, Any]:
    """The same as JSON-ready data."""
    today = contract.day_of(datetime.now(UTC))
    terms = contract.terms_on(today)
    return {
        "name": contract.name,
        "title": contract.title,
        "customer": contract.customer,
        "projects": list(contract.projects),
        "starts": contract.starts.isoformat(),
        "ends": contract.last_day.isoformat() if contract.last_day else None,
        "in_force": contract.covers(today),
        "tier": terms.tier,
        "timezone": contract.timezone,
        "calendars": {
            name: {str(day.date): day.hours for day in calendar.days(today, today + _WEEK)}
            for name, calendar in terms.service_calendars.items()
        },
        "targets": [_target_data(one) for one in targets_of_level(terms)],
    }


def _facts(contract: Contract, terms: Terms, today: date) -> Iterator[tuple[str, str]]:
    yield "Customer", contract.customer
    below = " and below" if contract.subprojects else ""
    yield "Projects", f"{', '.join(contract.projects)}{below}"
    last = f" to {contract.last_day}" if contract.last_day else ", open-ended"
    force = "" if contract.covers(today) else ", not in force today"
    yield "Term", f"from {contract.starts}{last}{force}"
    if terms.current_tier:
        yield "Level", terms.current_tier.title
    for amendment in contract.amendments:
        yield "Amended", f"from {amendment.since}: {amendment.note}"


def _week(terms: Terms, today: date) -> Table:
    """The hours of the next seven days in each calendar, with holidays by name."""
    calendars = terms.service_calendars
    drawn = table("Day", *calendars)
    rows = [list(calendar.days(today, today + _WEEK)) for calendar in calendars.values()]
    for days in zip(*rows, strict=True):
        cells = [f"{day.hours}{f' ({day.label})' if day.label else ''}" for day in days]
        drawn.add_row(on_date(days[0].date), *map(words, cells))
    return drawn


def _target_data(one: RankedTarget) -> dict[str, Any]:
    return {
        "clock": one.rule.clock,
        "within": str(one.rule.within),
        "for": _whom(one.rule) or None,
        "clause": one.rule.clause,
        "overridden_by": one.overridden_by.clause if one.overridden_by else None,
    }


def _targets(terms: Terms) -> Table:
    """In the order they are asked; what an earlier rule leaves no ticket is dim and says so."""
    drawn = table("Promise", "For", "Within", "Where it stands")
    for one in targets_of_level(terms):
        rule, first = one.rule, one.overridden_by
        clock = terms.clocks.get(rule.clock)
        cells = (
            clock.title if clock else rule.clock,
            _whom(rule) or "everything",
            str(rule.within),
            f"{rule.clause}; overridden by {first.clause}" if first else rule.clause,
        )
        style = "dim" if first else ""
        drawn.add_row(*(words(cell, style) for cell in cells))
    return drawn


def _whom(rule: TargetRule) -> str:
    selectors = (
        rule.problem_class,
        rule.severity,
        rule.kind,
        rule.tracker,
        rule.priority,
        rule.channel,
    )
    return "; ".join(" or ".join(names) for names in selectors if names)
