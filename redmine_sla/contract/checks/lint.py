"""What a contract says and its author hardly meant. Each warning has a code, by which a contract
can accept it (`accepted_warnings`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from redmine_sla.calendar import Agreed, ServiceCalendar, lint
from redmine_sla.contract.contract import Contract
from redmine_sla.contract.findings import Finding, listed
from redmine_sla.contract.promises.budgets import Counting
from redmine_sla.contract.promises.clocks import TargetRule
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.contract.terms import Terms
from redmine_sla.contract.words import ContactRole

_FIRST_SIGNS = ("response", "work_start")
_SELECTORS = ("tier", "problem_class", "severity", "kind", "tracker", "priority", "channel")


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning and its code."""

    code: str
    finding: Finding


def warnings_of(contract: Contract, as_of: date | None = None) -> Iterator[Warned]:
    """Every warning about a contract as it stands after its last amendment.

    Calendars are looked at for the year of `as_of` (the contract's first, without one) and the
    next, no further than the contract goes.
    """
    terms = contract.versions[-1][1]
    found = (
        *_calendars(terms, max(as_of or terms.starts, terms.starts).year),
        *_order_of_targets(terms),
        *_rhythms(contract, terms),
        *_people(terms),
        *_figures(terms),
        *_untold(terms),
        *_assumptions(terms),
    )
    return (warned for warned in found if warned.code not in terms.accepted_warnings)


def _calendars(terms: Terms, year: int) -> Iterator[Warned]:
    last = min(terms.ends.year, year + 1) if terms.ends else year + 1
    told: set[str] = set()
    for name, calendar in terms.service_calendars.items():
        for found in lint(calendar, range(year, max(year, last) + 1)):
            if found.severity == "warning" and found.message not in told:
                told.add(found.message)
                yield Warned(
                    found.code, Finding(("calendars", name, "hours"), found.message, found.hint)
                )


def _order_of_targets(terms: Terms) -> Iterator[Warned]:
    """A fault that must be mended before work on it has to start: one of the two is idle."""
    told: set[int] = set()
    for facts in _kinds_of_ticket(terms.targets):
        mended = _rule(terms.targets, ("resolution",), facts)
        begun = _rule(terms.targets, _FIRST_SIGNS, facts)
        if mended is None or begun is None or id(mended) in told:
            continue
        if _due(terms, mended, facts) < _due(terms, begun, facts):
            told.add(id(mended))
            number = next(at for at, rule in enumerate(terms.targets) if rule is mended)
            yield Warned(
                "repair-before-start",
                Finding(
                    ("targets", number, "within"),
                    f"{mended.clause}: to be resolved within {mended.within}, while {begun.clock} "
                    f"may take {begun.within}",
                    f"shorten {begun.clock}",
                ),
            )


Facts = dict[str, str]


def _kinds_of_ticket(rules: Iterable[TargetRule]) -> Iterator[Facts]:
    values: list[Sequence[str]] = []
    timed = [rule for rule in rules if rule.clock in {"resolution", *_FIRST_SIGNS}]
    for selector in _SELECTORS:
        named = {name for rule in timed for name in getattr(rule, selector)}
        values.append(sorted(named) or [""])
    for combination in product(*values):
        yield dict(zip(_SELECTORS, combination, strict=True))


def _rule(rules: Iterable[TargetRule], clocks: tuple[str, ...], facts: Facts) -> TargetRule | None:
    return next(
        (
            rule
            for rule in rules
            if rule.clock in clocks
            and not isinstance(rule.within, Agreed)
            and all(not getattr(rule, key) or facts[key] in getattr(rule, key) for key in facts)
        ),
        None,
    )


def _due(terms: Terms, rule: TargetRule, facts: Facts) -> datetime:
    calendar = terms.calendar_for(facts["tier"], facts["channel"], rule.calendar)
    return terms.due(rule.within, calendar, _ordinary_opening(calendar, terms.starts))


def _ordinary_opening(calendar: ServiceCalendar, starts: date) -> datetime:
    """The first opening with five open days around it: no holiday blurs the comparison."""
    day = starts
    for _ in range(60):
        week = list(calendar.days(day, day + timedelta(days=6)))
        if len([served for served in week if served.windows]) >= 5 and week[0].windows:
            break
        day += timedelta(days=1)
    return calendar.next_open(datetime.combine(day, datetime.min.time(), calendar.zone))


def _rhythms(contract: Contract, terms: Terms) -> Iterator[Warned]:
    for duty in terms.obligations_for():
        starts = duty.starts or _first_owed(contract, duty.name)
        if duty.rhythm is not None and duty.rhythm.skips_months(starts):
            number = next(at for at, one in enumerate(terms.obligations) if one.name == duty.name)
            yield Warned(
                "skips-months",
                Finding(
                    ("obligations", number, "rhythm"),
                    f"{duty.rhythm}, begun on {starts}, passes over the months that are too short",
                    "write BYMONTHDAY=-1 for each month's last day, or a BYMONTHDAY up to 28",
                ),
            )


def _first_owed(contract: Contract, duty: str) -> date:
    return next(
        since
        for since, terms in contract.versions
        if duty in {one.name for one in terms.obligations_for()}
    )


def _people(terms: Terms) -> Iterator[Warned]:
    wanted: dict[ContactRole, list[str]] = {}
    if terms.quarter and terms.quarter.sign_off_by:
        wanted.setdefault(terms.quarter.sign_off_by, []).append("the quarter")
    if terms.intake.visit_needs_contact:
        wanted.setdefault(ContactRole.ORDER_VISIT, []).append("visits")
    if terms.agreement.by_contacts_only:
        wanted.setdefault(ContactRole.AGREE_DATES, []).append("due dates")
    if any(duty.confirmed_by_contact for duty in terms.obligations_for()):
        wanted.setdefault(ContactRole.VERIFY_WORK, []).append("work at a rhythm")
    for request in terms.intake.special_requests.values():
        if request.required and request.approval_by:
            wanted.setdefault(request.approval_by, []).append(request.title.lower())
    for role, purposes in wanted.items():
        if not terms.contacts_who_may(role):
            yield Warned(
                "nobody-may",
                Finding(
                    ("contacts",),
                    f"nobody may {role}: {listed(purposes)}",
                    f'name a contact with may = ["{role}"]',
                ),
            )


def _assumptions(terms: Terms) -> Iterator[Warned]:
    assumed = [rule.name or rule.clause for rule in terms.targets if rule.assumption]
    assumed += [duty.name for duty in terms.obligations_for() if duty.assumption]
    assumed += [credit.name for credit in terms.credits if credit.assumption]
    assumed += [clause.name for clause in terms.clauses if clause.assumption]
    if assumed:
        yield Warned(
            "assumed",
            Finding(
                (),
                f"promised by assumption only: {listed(assumed)}",
                "look at each in the profile",
            ),
        )


def _figures(terms: Terms) -> Iterator[Warned]:
    if terms.fees and terms.fees.base is None and terms.fees.monthly is None:
        yield Warned(
            "fee-without-base",
            Finding(
                ("fees", "base"),
                f"no {terms.fees.base_title} is given, so no fee can be stated",
                f'write it, e.g. "10 000 000 {terms.currency}"',
            ),
        )
    if (
        terms.development
        and not terms.development.rates
        and not terms.development.fixed_price_field
    ):
        yield Warned(
            "budget-without-rates",
            Finding(
                ("development", "rates"),
                "no hour has a price, so nothing can be booked",
                "write [[development.rates]], or fixed_price_field",
            ),
        )
    if terms.development and terms.allowance and terms.development.counts == Counting():
        yield Warned(
            "budget-takes-all",
            Finding(
                ("development", "counts"),
                "every hour is booked on the development budget, so none is ever taken from the "
                "included hours",
                'write [development.counts], e.g. trackers = ["Feature"]',
            ),
        )
    if not terms.targets:
        clocks = listed(name for name in terms.clocks)
        yield Warned(
            "no-targets",
            Finding(
                ("targets",), "no clock has a target", f"write [[targets]] for one of {clocks}"
            ),
        )


def _untold(terms: Terms) -> Iterator[Warned]:
    """What is promised, and no section of the quarter tells of."""
    if terms.quarter is None:
        return
    promised = {
        Content.AVAILABILITY: terms.availability,
        Content.OBLIGATIONS: terms.obligations,
        Content.BUDGET: terms.development,
        Content.HOURS: terms.allowance,
        Content.CREDITS: terms.credits,
        Content.EXCLUSIONS: terms.exclusions,
    }
    missing = [
        content
        for content, promise in promised.items()
        if promise and not terms.hands_over(content)
    ]
    if missing:
        yield Warned(
            "untold-promise",
            Finding(
                ("quarter", "contents"),
                f"no section tells customers of what the contract has: {listed(missing)}",
                "add it, or leave contents out for all sections",
            ),
        )
