"""How the overview of budgets looks: limit and what is left, then tables of what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table

from redmine_sla.budget import DevelopmentBudget, Forecast, HourAccount, TicketBudget
from redmine_sla.budget.overview import Overview
from redmine_sla.budget.overview_told import (
    INTERNAL,
    WHY,
    overview_data,
    overview_sheet,
    price_note,
)
from redmine_sla.budget.thresholds import Threshold
from redmine_sla.cli.answer_file import write_answer
from redmine_sla.cli.output import (
    clipped,
    console,
    facts_grid,
    fit_last_column,
    print_json,
    table,
    utc,
    words,
)
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Contract, Money, load_folder
from redmine_sla.language import ENGLISH
from redmine_sla.press.csv_text import csv_bytes
from redmine_sla.sync.budget_overview import budget_overview
from redmine_sla.sync.moment import moment

_ENTRIES_SHOWN = 20


def show_budget(
    settings: Settings,
    contract: str,
    as_of: datetime | None,
    csv_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Make the overview and put it where it is wanted. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    named = configuration.contract_named(contract)
    with open_mirror(configuration) as mirror:
        seen = budget_overview(configuration, mirror, named, moment(as_of))
    if csv_file is not None:
        write_answer(csv_file, csv_bytes(overview_sheet(seen)))
    if as_json:
        print_json(overview_data(seen))
    elif csv_file is None:
        print_overview(seen)


def print_overview(seen: Overview) -> None:
    """The development budget, the included hours, and what a person must put right."""
    screen = console()
    screen.print(words(_headline(seen.contract, seen), "bold"))
    if seen.development is not None:
        _print_development(screen, seen, seen.development)
    if seen.hours is not None:
        _print_part(screen, f"Included hours ({seen.hours.clause})", _months(seen.hours))
    if seen.odd:
        _print_part(screen, "Time entries against the time rules", _odd(seen))
        if len(seen.odd) > _ENTRIES_SHOWN:
            screen.print(
                words(
                    f"The last {_ENTRIES_SHOWN} of {len(seen.odd)}; --json and --csv have them all."
                )
            )
    screen.print()
    screen.print(words(f"Known {utc(seen.known)}; {INTERNAL}.", "dim"))


def _headline(contract: Contract, seen: Overview) -> str:
    number = f" ({contract.number})" if contract.number else ""
    return f"{contract.title}{number}: budgets on {ENGLISH.day(seen.day)}"


def _print_part(screen: Console, title: str, drawn: Table) -> None:
    screen.print()
    screen.print(words(title, "bold"))
    screen.print(drawn)


def _print_development(screen: Console, seen: Overview, budget: DevelopmentBudget) -> None:
    facts = facts_grid()
    for title, told, style in _facts(seen, budget):
        facts.add_row(title, words(told, style))
    _print_part(screen, f"Development ({budget.clause})", facts)
    if budget.tickets:
        _print_part(screen, "Tickets", _tickets(seen, budget.tickets))
    if seen.unpriced:
        drawn = table("Person", "Activity", ">Hours", "Why")
        for gap in seen.unpriced:
            hours = words(ENGLISH.hours(gap.hours))
            drawn.add_row(words(gap.person), words(gap.activity), hours, words(WHY[gap.why]))
        _print_part(screen, "Hours without a price", drawn)
    if seen.unusable:
        drawn = table("Ticket", "Written", "Why")
        for one in seen.unusable:
            drawn.add_row(f"#{one.ticket}", words(one.written), words(WHY[one.why]))
        _print_part(screen, "Prices that price nothing", drawn)


def _facts(seen: Overview, budget: DevelopmentBudget) -> Iterator[tuple[str, str, str]]:
    money, percent = ENGLISH.money, ENGLISH.percent(budget.percent / 100, places=2)
    ends = ENGLISH.short_day(budget.limited.last) if budget.limited.last else "open end"
    vat = f", {budget.vat}" if budget.vat else ""
    yield "Limit", f"{money(budget.limit)}{vat}: {percent} of {money(budget.base)}", "bold"
    limited = budget.limited
    part = f", {limited.days} of {limited.whole} days" if limited.whole else ""
    yield "for", f"{ENGLISH.short_day(limited.first)} to {ends}{part}", ""
    yield "Spent", f"{money(budget.spent)} ({ENGLISH.percent(budget.share)})", ""
    yield "Committed", f"{money(budget.committed)}{_to_come(budget)}", ""
    yield "Accepted", money(budget.accepted), ""
    yield (
        "Remaining",
        f"{money(budget.remaining)}; against committed "
        f"{money(budget.remaining_against_committed)}, against accepted "
        f"{money(budget.remaining_against_accepted)}",
        "",
    )
    yield "State", *_state(budget)
    if seen.reached:
        yield "Told at", "; ".join(map(_threshold, seen.reached)), ""
    yield "Forecast", _forecast(budget, seen.ahead), ""


def _state(budget: DevelopmentBudget) -> tuple[str, str]:
    """In words, and their style. What has no price may be too much, whatever the rest is."""
    least = "at least " if budget.unpriced else ""
    unpriced = f"; {ENGLISH.hours(budget.unpriced)} booked have no price" if least else ""
    if budget.is_over:
        over = ENGLISH.money(-budget.remaining)
        return f"over the limit by {least}{over}{unpriced}", "bold red"
    if budget.will_be_over:
        over = ENGLISH.money(-budget.remaining_against_committed)
        return f"will be over by {least}{over} with what is committed{unpriced}", "yellow"
    if budget.unpriced:
        return f"not known whether within the limit{unpriced}", "yellow"
    if budget.unpriced_estimate:
        hours = ENGLISH.hours(budget.unpriced_estimate)
        return f"within the limit; {hours} estimated have no price", "yellow"
    return "within the limit", "green"


def _to_come(budget: DevelopmentBudget) -> str:
    parts = []
    if budget.ordered.amount:
        parts.append(f"{ENGLISH.money(budget.ordered)} agreed")
    if budget.estimated.amount:
        parts.append(f"{ENGLISH.money(budget.estimated)} estimated")
    if budget.unpriced_estimate:
        parts.append(f"{ENGLISH.hours(budget.unpriced_estimate)} estimated without a price")
    return f" ({', '.join(parts)} to come)" if parts else ""


def _threshold(one: Threshold) -> str:
    reached = ENGLISH.short_day(one.reached) if one.reached else "not reached"
    return f"{ENGLISH.percent(one.percent / 100)} {reached}"


def _forecast(budget: DevelopmentBudget, ahead: Forecast | None) -> str:
    if budget.limited.last is None:
        return "none: the contract has no end yet"
    if ahead is None:
        return "none: no full month has passed, or the limit's days are over"
    basis = f"{ENGLISH.month(ahead.basis[0])} to {ENGLISH.month(ahead.basis[-1])}"
    reached = f"; limit reached in {ENGLISH.month(ahead.reached_in)}" if ahead.reached_in else ""
    trend = f"{ENGLISH.money(ahead.average)} a month as in {basis}"
    if ahead.rests_on_committed:
        trend = f"what is committed (less, {ENGLISH.money(ahead.by_trend)}, by {trend})"
    until = ENGLISH.short_day(ahead.until)
    return f"{ENGLISH.money(ahead.expected)} by {until}, by {trend}{reached}"


def _tickets(seen: Overview, tickets: Sequence[TicketBudget]) -> Table:
    drawn = table("Ticket", ">Spent", ">Committed", ">Accepted", "Price", ">No price", "Subject")
    for one in tickets:
        drawn.add_row(
            f"#{one.number}" if one.number is not None else "none",
            words(ENGLISH.money(one.spent)),
            words(ENGLISH.money(one.committed)),
            words(_or_nothing(one.accepted)),
            words(ENGLISH.money(one.price) if isinstance(one.price, Money) else _priced(one)),
            words(ENGLISH.hours(one.unpriced) if one.unpriced else ""),
            clipped(seen.subject(one.number)),
        )
    fit_last_column(drawn)
    return drawn


def _priced(one: TicketBudget) -> str:
    return "by time" if price_note(one) == "by time" else "see below"


def _months(account: HourAccount) -> Table:
    drawn = table(
        "Month", ">Included", ">Carried in", ">Used", ">Beyond", ">Price", ">Left", ">Carried on",
        ">Lapsed",
    )  # fmt: skip
    for one in account.months:
        drawn.add_row(
            words(ENGLISH.month(one.month.first)),
            words(ENGLISH.hours(one.included)),
            words(_hours(one.carried_in)),
            words(ENGLISH.hours(one.used)),
            words(_hours(one.beyond), "red"),
            words(ENGLISH.money(one.price) if one.price and one.beyond else ""),
            words(_hours(one.left)),
            words(_hours(one.carried_out)),
            words(_hours(one.lapsed)),
        )
    return drawn


def _odd(seen: Overview) -> Table:
    drawn = table("Entry", "Day", "Person", "Ticket", ">Booked", ">Counted", "Activity")
    for one in seen.odd[-_ENTRIES_SHOWN:]:
        drawn.add_row(
            str(one.entry),
            ENGLISH.short_day(one.day),
            words(one.person),
            f"#{one.ticket}" if one.ticket is not None else "none",
            words(ENGLISH.hours(one.booked)),
            words(ENGLISH.hours(one.counted)),
            words(one.activity),
        )
    return drawn


def _hours(hours: Decimal) -> str:
    return ENGLISH.hours(hours) if hours else ""


def _or_nothing(money: Money) -> str:
    return ENGLISH.money(money) if money.amount else ""
