"""What must agree between the parts of a contract's terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from redmine_sla.calendar import Agreed, CalendarFinding, ServiceCalendar, ServiceCode, lint
from redmine_sla.contract.findings import Finding, Path, listed
from redmine_sla.contract.promises.clocks import EventKind
from redmine_sla.errors import SlaError

if TYPE_CHECKING:
    from redmine_sla.contract.money import Money
    from redmine_sla.contract.terms import Terms


def contradictions_of(terms: Terms) -> Iterator[Finding]:
    """Every disagreement in terms whose values are right one by one."""
    yield from _dates(terms)
    yield from _levels(terms)
    try:
        terms.service_calendars  # noqa: B018  (built here, so that no later question fails)
    except SlaError as error:
        yield Finding(("timezone",), error.message, error.hint)
    else:
        yield from _hours(terms)
        yield from _service_codes(terms)
    yield from _agreed_targets(terms)
    yield from _money(terms)
    yield from _promises_without_figures(terms)


def _dates(terms: Terms) -> Iterator[Finding]:
    if terms.ends is not None and terms.ends < terms.starts:
        yield Finding(
            ("ends",), f"{terms.ends} is before the start", f"write a day after {terms.starts}"
        )


def _levels(terms: Terms) -> Iterator[Finding]:
    if terms.tiers and terms.tier is None:
        yield Finding(("tier",), "is missing", f"write the level bought: {listed(terms.tiers)}")
    for name, tier in terms.tiers.items():
        if tier.calendar is None and terms.calendar is None:
            yield Finding(("tiers", name, "calendar"), "is missing", _calendars(terms))
    counts_days = any(duty.calendar is None for duty in terms.obligations_for())
    if not terms.tiers and terms.calendar is None and (terms.targets or counts_days):
        yield Finding(("calendar",), "is missing", _calendars(terms))


def _calendars(terms: Terms) -> str:
    return f"name one of [calendars]: {listed(terms.calendars)}"


def _hours(terms: Terms) -> Iterator[Finding]:
    for name, calendar in terms.service_calendars.items():
        for finding in _surely_wrong(calendar, terms.starts.year):
            yield Finding(("calendars", name, "hours"), finding.message, finding.hint)


@lru_cache(maxsize=128)
def _surely_wrong(calendar: ServiceCalendar, year: int) -> tuple[CalendarFinding, ...]:
    """Kept, as most calendars are the same after an amendment."""
    found = lint(calendar, range(year, year + 1))
    return tuple(finding for finding in found if finding.severity == "error")


def _service_codes(terms: Terms) -> Iterator[Finding]:
    for name, tier in terms.tiers.items():
        calendar = tier.calendar or terms.calendar
        if tier.service_code is None or calendar is None:
            continue
        promised = next(
            (
                rule.within
                for rule in terms.targets
                if rule.clock == tier.service_code_clock and (not rule.tier or name in rule.tier)
            ),
            None,
        )
        for mismatch in ServiceCode.parse(tier.service_code).mismatches(
            terms.service_calendars[calendar], promised, week_of=terms.starts
        ):
            yield Finding(
                ("tiers", name, "service_code"),
                mismatch,
                f"correct the code, calendar {calendar} or the {tier.service_code_clock} target",
            )


def _agreed_targets(terms: Terms) -> Iterator[Finding]:
    for number, rule in enumerate(terms.targets):
        starts = terms.clocks[rule.clock].starts
        by_agreement = any(
            trigger.kind is EventKind.DUE_DATE and trigger.what == "agreed" for trigger in starts
        )
        if by_agreement is not isinstance(rule.within, Agreed):
            right = 'write within = "agreed"' if by_agreement else 'only clock "agreed" takes it'
            yield Finding(
                ("targets", number, "within"),
                f'"{rule.within}" does not fit clock "{rule.clock}"',
                right,
            )


def _money(terms: Terms) -> Iterator[Finding]:
    if terms.development is not None and terms.contract_sum is None:
        yield Finding(
            ("contract_sum",),
            "is missing",
            "the development budget is a percentage of it: write an amount, e.g. "
            f'"12 000 000 {terms.currency}"',
        )
    for path, money in _amounts(terms):
        if money.currency != terms.currency:
            yield Finding(
                path, f"{money} is not in the contract's currency", f"write it in {terms.currency}"
            )
    if terms.vat is None and (terms.development or any(_amounts(terms))):
        yield Finding(
            ("vat",), "is missing", 'write "net" or "gross": are amounts without or with VAT?'
        )


def _amounts(terms: Terms) -> Iterator[tuple[Path, Money]]:
    if terms.contract_sum:
        yield ("contract_sum",), terms.contract_sum
    if terms.development:
        for number, rate in enumerate(terms.development.rates):
            yield ("development", "rates", number, "per_hour"), rate.per_hour
    if terms.allowance and terms.allowance.overrun_rate:
        yield ("allowance", "overrun_rate"), terms.allowance.overrun_rate
    if terms.fees and terms.fees.base:
        yield ("fees", "base"), terms.fees.base
    if terms.fees and terms.fees.monthly:
        yield ("fees", "monthly"), terms.fees.monthly
    for number, credit in enumerate(terms.credits):
        if credit.amount:
            yield ("credits", number, "amount"), credit.amount


def _promises_without_figures(terms: Terms) -> Iterator[Finding]:
    if terms.allowance is not None and terms.allowance_hours() is None:
        yield Finding(
            ("allowance", "hours_per_month"), "is missing", "write it here or in the tier"
        )
    if terms.availability is not None and terms.availability_percent() is None:
        promised = [service.percent for service in terms.availability.services.values()]
        if not promised or None in promised:
            yield Finding(("availability", "percent"), "is missing", "write it here or in the tier")
    level = terms.current_tier
    if terms.fees and level and level.fee_percent and terms.term_months not in level.fee_percent:
        terms_there_are = listed(map(str, sorted(level.fee_percent)))
        yield Finding(
            ("term_months",),
            "is missing" if terms.term_months is None else f"no fee for {terms.term_months} months",
            f"the tier has fees for {terms_there_are}",
        )
