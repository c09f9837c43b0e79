"""The checklist of sixteen promises: each has its place in the profiles, none may be dropped."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping

import pytest

from redmine_sla.contract import Kind, ProblemClass, Severity, profile_names, profile_text
from tests.contract.offers import terms

PROFILES = ("cloud-erp", "crm-support", "help-desk", "information-system", "outsourced-it")


def _hours() -> bool:
    windows = {spec.hours for name in PROFILES for spec in terms(name).calendars.values()}
    expected = {"Mo-Fr 09:00-17:00", "Mo-Fr 08:00-20:00", "24/7", "Mo-Fr 08:00-17:00"}
    cover = "[[calendars.hot-line.extra_cover]]" in profile_text("outsourced-it")
    return expected <= windows and cover


def _targets() -> bool:
    kinds = {type(rule.within).__name__ for name in PROFILES for rule in terms(name).targets}
    return kinds >= {
        "NextBusinessDay",
        "BusinessTime",
        "CalendarTime",
        "BusinessDays",
        "CalendarDays",
        "Agreed",
    }


def _clocks() -> bool:
    used = {clock for name in PROFILES for clock in terms(name).clocks_in_use}
    return used >= {
        "response",
        "work_start",
        "resolution",
        "commitment",
        "agreed",
        "arrival",
        "replacement",
        "failure_report",
        "confirmation",
    }


def _classification() -> bool:
    rules = [rule for name in PROFILES for rule in terms(name).targets]
    return (
        {reach for rule in rules for reach in rule.problem_class} == set(ProblemClass)
        and {severity for rule in rules for severity in rule.severity} == set(Severity)
        and set(terms("cloud-erp").channels["portal"].kinds) == set(Kind)
        and len(terms("cloud-erp").classification.matrix) == 3
    )


def _intake() -> bool:
    intake = terms("help-desk").intake
    return bool(
        intake.no_contract
        and intake.special_requests["permission"].written_only
        and all(request.approval_by for request in intake.special_requests.values())
        and intake.complaints
        and {outcome.kind for outcome in intake.outcomes if outcome.linked} == {"project", "quote"}
    )


def _mail() -> bool:
    mail = terms("help-desk").intake.mail
    return bool(mail and mail.by_sender and mail.number_in_subject and mail.reply_shows)


def _monitoring() -> bool:
    monitoring = terms("crm-support").monitoring
    return bool(
        monitoring
        and monitoring.alerts_become_tickets
        and monitoring.trends
        and terms("crm-support").tiers["7x24x4"].early_detection
    )


def _obligations() -> bool:
    owed = {duty.name for name in PROFILES for duty in terms(name).obligations}
    return owed >= {
        "system_backup",
        "log_review",
        "log_review_daily",
        "update_check",
        "licence_audit",
        "maintenance_visit",
        "standby_sync",
        "database_archive",
        "quarterly_handover",
    }


def _allowance() -> bool:
    crm = terms("crm-support")
    hours = [crm.allowance_hours(level) for level in crm.tiers]
    return hours == [2, 4, 8] and bool(crm.allowance and crm.allowance.usable_for_development)


def _development() -> bool:
    development = terms("information-system").development
    return development is not None and development.percent == 15


def _time() -> bool:
    rules = terms("help-desk").time
    return bool(rules and rules.minimum and rules.unit and rules.exempt_activities)


def _availability() -> bool:
    crm = terms("crm-support")
    return [str(crm.availability_percent(level)) for level in crm.tiers] == [
        "93.3",
        "97.5",
        "98.89",
    ]


def _fees() -> bool:
    crm = terms("crm-support")
    fees = [[level.fee_percent[term] for level in crm.tiers.values()] for term in (24, 12)]
    return fees == [[6, 8, 15], [8, 10, 20]] and bool(crm.credits)


def _quarter() -> bool:
    quarter = terms("information-system").quarter
    return bool(quarter and quarter.sign_off_by and "failure_reports" in quarter.contents)


def _surfaces() -> bool:
    record = {clause.name for clause in terms("outsourced-it").clauses}
    visible = all(duty.visible for duty in terms("outsourced-it").obligations)
    return visible and record >= {"service-record", "kept-informed"}


def _reports() -> bool:
    return all(terms(name).quarter is not None for name in PROFILES)


CHECKLIST: dict[int, tuple[str, Callable[[], bool]]] = {
    1: ("windows, per channel, extra cover days", _hours),
    2: ("next business day, hours, working days, calendar days, agreed date", _targets),
    3: ("clocks", _clocks),
    4: ("classification", _classification),
    5: ("intake rules", _intake),
    6: ("mail", _mail),
    7: ("monitoring", _monitoring),
    8: ("obligations", _obligations),
    9: ("hour budgets", _allowance),
    10: ("money budget", _development),
    11: ("time rules", _time),
    12: ("availability", _availability),
    13: ("fees and credits", _fees),
    14: ("quarterly deliverable", _quarter),
    15: ("what the customer sees", _surfaces),
    16: ("automatic reports", _reports),
}


@pytest.mark.parametrize("number", CHECKLIST)
def test_the_promise_has_its_place(number: int) -> None:
    promise, kept = CHECKLIST[number]
    assert kept(), f"row {number} of the checklist is not in the profiles: {promise}"


def test_the_catalogue_holds_the_five_offers() -> None:
    assert profile_names() == PROFILES


@pytest.mark.parametrize("profile", PROFILES)
def test_every_promise_of_a_profile_names_its_clause(profile: str) -> None:
    assert all(rule.clause for rule in terms(profile).targets)
    assert all(duty.clause for duty in terms(profile).obligations)
    assert all(clause.clause for clause in terms(profile).clauses)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_clause_is_a_phrase_that_customers_can_read(profile: str) -> None:
    """It names a place in the contract: no letter or number of ours, no figure that may change."""
    clauses = set(_clauses(tomllib.loads(profile_text(profile))))
    assert clauses
    level = re.compile(r"\b\d+x\d+x\w+")
    for clause in clauses:
        assert re.match(r"[a-z]{2,}", clause), clause
        assert not re.search(r"\d", level.sub("", clause)), clause
        assert not re.search(r"\b(our|we|offer|reading|assum\w*|point)\b", clause), clause


def _clauses(written: object) -> Iterator[str]:
    if isinstance(written, Mapping):
        for key, value in written.items():
            if key == "clause":
                yield value
            else:
                yield from _clauses(value)
    elif isinstance(written, list):
        for value in written:
            yield from _clauses(value)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_says_its_readings_and_the_key_that_changes_each(profile: str) -> None:
    comments = profile_text(profile).split("reading: ")[1:]
    assert len(comments) >= 2
    for comment in comments:
        reading = " ".join(comment.split("\n\n")[0].replace("#", "").split())
        assert any(
            word in reading for word in ("set ", "give this rule", "gets ", "change", "add ")
        )
