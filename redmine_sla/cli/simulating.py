"""What a simulation looks like: two columns of figures, then the tickets that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from redmine_sla.cli.output import (
    STYLES,
    clipped,
    console,
    counted,
    fit_last_column,
    print_json,
    table,
    utc,
    words,
)
from redmine_sla.cli.period_options import Days
from redmine_sla.cli.periods import period_of
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Contract, Money, load_folder
from redmine_sla.contract.files.variant import VariantError, under_tier, with_terms
from redmine_sla.language import ENGLISH
from redmine_sla.report.comparison import Comparison, Difference, Outcome
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import Tally
from redmine_sla.sync.moment import moment
from redmine_sla.sync.simulating import Trial, simulate

_NOT_KNOWN = "–"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: which contract, under which other terms, when."""

    contract: str
    tier: str | None
    terms: Path | None
    days: Days


def simulate_terms(
    settings: Settings, wanted: Wanted, as_of: datetime | None, *, as_json: bool
) -> None:
    """Judge twice and show both. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    contract = configuration.contract_named(wanted.contract)
    variant = _variant(contract, wanted)
    at = moment(as_of)
    period = period_of(wanted.days, (contract,), contract.day_of(at))
    with open_mirror(configuration) as mirror:
        found = simulate(configuration, mirror, Trial(contract, variant, period, at))
    if as_json:
        print_json(comparison_data(found, contract))
    else:
        print_comparison(console(), found, contract)


def _variant(contract: Contract, wanted: Wanted) -> Contract:
    if wanted.tier is None and wanted.terms is None:
        raise VariantError(
            "nothing is to be otherwise",
            hint="name another level with --tier, or a file of terms with --terms",
        )
    changed = with_terms(contract, wanted.terms) if wanted.terms else contract
    return under_tier(changed, wanted.tier) if wanted.tier else changed


def print_comparison(screen: Console, found: Comparison, contract: Contract) -> None:
    """The figures side by side, then the tickets."""
    so_far = ", so far" if found.as_of < found.period.end else ""
    screen.print(words(f"{contract.title}: {ENGLISH.period(found.period)}{so_far}", "bold"))
    tickets = counted(found.tickets, "ticket")
    screen.print(words(f"{tickets} judged under both terms; times of {found.period.zone}", "dim"))
    screen.print()
    screen.print(_figures(found))
    screen.print()
    differing = found.differences
    screen.print(words(f"Promises that come out otherwise ({len(differing)})", "bold"))
    if differing:
        screen.print(_differences(differing, found))
    else:
        screen.print(words("None.", "dim"))
    screen.print()
    screen.print(
        words(
            "Fee and credits are those of the whole months in the period. Nothing was written.",
            "dim",
        )
    )


def _figures(found: Comparison) -> Table:
    actual, simulated = found.actual, found.simulated
    drawn = table("", f">{_named(actual, 'as agreed')}", f">{_named(simulated, 'simulated')}")
    for title, one, other in _rows(found):
        drawn.add_row(words(title), one, other)
    for title, amounts in (
        ("Fee", (actual.fee, simulated.fee)),
        ("Credits", (actual.credits, simulated.credits)),
        ("Fee less credits", (actual.net, simulated.net)),
    ):
        drawn.add_row(words(title), *(words(_money(amount)) for amount in amounts))
    return drawn


def _named(outcome: Outcome, what: str) -> str:
    return f"{outcome.name} ({what})"


def _rows(found: Comparison) -> Iterator[tuple[str, Text, Text]]:
    period = found.period
    one, other = found.actual.tally(period), found.simulated.tally(period)
    yield "Promises judged", words(one.judged), words(other.judged)
    yield "Kept", words(_kept(one)), words(_kept(other))
    yield "Broken", _broken(one), _broken(other)
    own, others = found.actual.by_clock(period), found.simulated.by_clock(period)
    for title in dict.fromkeys((*own, *others)):
        here, there = own.get(title, Tally()), others.get(title, Tally())
        yield f"of these: {title}", _broken(here), _broken(there)
    if one.unmeasured or other.unmeasured:
        yield "Unmeasured", words(len(one.unmeasured)), words(len(other.unmeasured))


def _kept(tally: Tally) -> str:
    return _NOT_KNOWN if tally.share is None else ENGLISH.percent(tally.share)


def _broken(tally: Tally) -> Text:
    return words(len(tally.missed) or "·", "red" if tally.missed else "dim")


def _money(amount: Money | None) -> str:
    return _NOT_KNOWN if amount is None else ENGLISH.money(amount)


def _differences(differing: tuple[Difference, ...], found: Comparison) -> Table:
    drawn = table(">Ticket", "Promise", "As agreed", "Simulated", "Subject")
    fit_last_column(drawn)
    for one in differing:
        drawn.add_row(
            words(f"#{one.ticket}"),
            words(one.title),
            _verdict(one.before, found),
            _verdict(one.after, found),
            clipped(one.subject),
        )
    return drawn


def _verdict(promise: Promise | None, found: Comparison) -> Text:
    if promise is None:
        return words("not promised", "dim")
    said = promise.verdict.replace("_", " ")
    if promise.due is not None:
        said = f"{said}, due {promise.due.astimezone(found.period.zone):%Y-%m-%d %H:%M}"
    return words(said, STYLES[promise.verdict])


def comparison_data(found: Comparison, contract: Contract) -> dict[str, Any]:
    """The same as JSON-ready data; amounts and shares are strings."""
    return {
        "contract": contract.name,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "as_of": utc(found.as_of),
        "tickets": found.tickets,
        "actual": _outcome_data(found.actual, found),
        "simulated": _outcome_data(found.simulated, found),
        "differences": [
            {
                "ticket": one.ticket,
                "subject": one.subject,
                "promise": one.title,
                "actual": _promise_data(one.before),
                "simulated": _promise_data(one.after),
            }
            for one in found.differences
        ],
    }


def _outcome_data(outcome: Outcome, found: Comparison) -> dict[str, Any]:
    return {
        "terms": outcome.name,
        **_tally_data(outcome.tally(found.period)),
        "by_clock": {
            title: _tally_data(tally) for title, tally in outcome.by_clock(found.period).items()
        },
        "fee": _amount(outcome.fee),
        "credits": _amount(outcome.credits),
        "net": _amount(outcome.net),
    }


def _tally_data(tally: Tally) -> dict[str, Any]:
    return {
        "kept": len(tally.met),
        "broken": len(tally.missed),
        "unmeasured": len(tally.unmeasured),
        "cancelled": len(tally.cancelled),
        "share_kept": None if tally.share is None else str(tally.share),
        "broken_tickets": list(tally.missed),
    }


def _amount(amount: Money | None) -> dict[str, str] | None:
    return None if amount is None else {"amount": str(amount.amount), "currency": amount.currency}


def _promise_data(promise: Promise | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "verdict": str(promise.verdict),
        "target": str(promise.target),
        "due": utc(promise.due),
        "done": utc(promise.stopped),
    }
