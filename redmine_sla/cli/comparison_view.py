"""What a simulation looks like: two columns of figures, then the tickets that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from redmine_sla.availability import ServiceAvailability
from redmine_sla.cli.mirror_age import MirrorAge
from redmine_sla.cli.output import STYLES, clipped, counted, fit_last_column, table, words
from redmine_sla.cli.ticket_links import leading_to, ticket_cell
from redmine_sla.contract import Contract, Money
from redmine_sla.language import ENGLISH
from redmine_sla.page import local_text
from redmine_sla.quarter.availability_told import promised_words, share_words
from redmine_sla.report.comparison import Comparison, Difference, PeriodUnderTerms
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import Tally

_NOT_KNOWN = "–"


def print_comparison(screen: Console, found: Comparison, contract: Contract, redmine: str) -> None:
    """The figures side by side, then the tickets; each number leads to its tickets in Redmine."""
    so_far = ", so far" if found.known < found.period.end else ""
    screen.print(words(f"{contract.title}: {ENGLISH.period(found.period)}{so_far}", "bold"))
    tickets = counted(found.tickets, "ticket")
    screen.print(words(f"{tickets} judged under both terms; times of {found.period.zone}", "dim"))
    screen.print()
    screen.print(_figures(found, redmine))
    screen.print()
    differing = found.differences
    screen.print(words(f"Promises that come out otherwise ({len(differing)})", "bold"))
    if differing:
        screen.print(_differences(differing, found, redmine))
    else:
        screen.print(words("None.", "dim"))
    screen.print()
    for told in (
        "Availability, hours, fee and credits are those of the whole months in the period.",
        "Not compared: the development budget and the obligations.",
        f"Known until {local_text(found.known, found.period.zone)}. "
        f"{MirrorAge(found.pulled, found.as_of).told} Nothing was written.",
    ):
        screen.print(words(told, "dim"))


def _figures(found: Comparison, redmine: str) -> Table:
    actual, simulated = found.actual, found.simulated
    drawn = table("", f">{_named(actual, 'as agreed')}", f">{_named(simulated, 'simulated')}")
    for title, one, other in (*_rows(found, redmine), *_other_rows(actual, simulated)):
        drawn.add_row(words(title), one, other)
    return drawn


def _named(outcome: PeriodUnderTerms, what: str) -> str:
    return f"{outcome.name} ({what})"


def _rows(found: Comparison, redmine: str) -> Iterator[tuple[str, Text, Text]]:
    """What became of the tickets."""
    period = found.period
    one, other = found.actual.tally(period), found.simulated.tally(period)

    def both(
        title: str, cell: Callable[[Tally], Text], behind: Callable[[Tally], Iterable[int]]
    ) -> tuple[str, Text, Text]:
        mine, theirs = (leading_to(cell(each), behind(each), redmine) for each in (one, other))
        return title, mine, theirs

    yield both("Promises judged", lambda each: words(each.judged), _judged)
    yield both("Kept", lambda each: words(_kept(each)), _judged)
    yield both("Broken", _broken, lambda each: each.missed)
    own, others = found.actual.by_clock(period), found.simulated.by_clock(period)
    for title in dict.fromkeys((*own, *others)):
        here, there = own.get(title, Tally()), others.get(title, Tally())
        yield (
            f"of these: {title}",
            leading_to(_broken(here), here.missed, redmine),
            leading_to(_broken(there), there.missed, redmine),
        )
    if one.unmeasured or other.unmeasured:
        yield both(
            "Unmeasured", lambda each: words(len(each.unmeasured)), lambda each: each.unmeasured
        )


def _other_rows(
    actual: PeriodUnderTerms, simulated: PeriodUnderTerms
) -> Iterator[tuple[str, Text, Text]]:
    """Availability, hours and money: what no ticket's clock measures."""
    own, others = (
        {(one.title, one.period): one for one in outcome.availability}
        for outcome in (actual, simulated)
    )
    for title, period in dict.fromkeys((*own, *others)):
        yield (
            f"Availability: {title}, {ENGLISH.period(period)}",
            _available(own.get((title, period))),
            _available(others.get((title, period))),
        )
    hours = actual.hours, simulated.hours
    for title, amounts in (
        ("Hours included", [one.included if one else None for one in hours]),
        ("Hours used", [one.used if one else None for one in hours]),
        ("Hours beyond", [one.beyond if one else None for one in hours]),
    ):
        if any(amount is not None for amount in amounts):
            mine, theirs = (words(_hours(amount)) for amount in amounts)
            yield title, mine, theirs
    for title, sums in (
        ("Fee", [each.fee for each in (actual, simulated)]),
        ("Hours beyond, price", [one.price if one else None for one in hours]),
        ("Credits", [each.credits for each in (actual, simulated)]),
        ("To pay", [each.net for each in (actual, simulated)]),
    ):
        mine, theirs = (words(_money(amount)) for amount in sums)
        yield title, mine, theirs


def _available(one: ServiceAvailability | None) -> Text:
    """`99.1 % of 97.5 %`, in the colour of its verdict."""
    if one is None:
        return words("not promised", "dim")
    share, promised = share_words(one, ENGLISH) or _NOT_KNOWN, promised_words(one, ENGLISH)
    return words(f"{share} of {promised}", STYLES[one.verdict])


def _hours(amount: Decimal | None) -> str:
    return _NOT_KNOWN if amount is None else ENGLISH.hours(amount)


def _judged(tally: Tally) -> Iterable[int]:
    return (*tally.met, *tally.missed)


def _kept(tally: Tally) -> str:
    return _NOT_KNOWN if tally.share is None else ENGLISH.percent(tally.share)


def _broken(tally: Tally) -> Text:
    return words(len(tally.missed) or "·", "red" if tally.missed else "dim")


def _money(amount: Money | None) -> str:
    return _NOT_KNOWN if amount is None else ENGLISH.money(amount)


def _differences(differing: tuple[Difference, ...], found: Comparison, redmine: str) -> Table:
    drawn = table(">Ticket", "Promise", "As agreed", "Simulated", "Subject")
    fit_last_column(drawn)
    for one in differing:
        drawn.add_row(
            ticket_cell(one.ticket, redmine),
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
