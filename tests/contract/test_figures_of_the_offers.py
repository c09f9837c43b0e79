"""Every figure of the five reference contracts, read back from the shipped profiles."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from redmine_sla.contract import ContactRole, Money, Trigger, loads_contract
from tests.contract.offers import offer, promised, rule, terms
from tests.contract.writing import PLAIN

LEVELS = ("5x8xNBD", "5x12x12", "7x24x4")


# --- CRM support, three levels --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "hours"),
    [("5x8xNBD", "Mo-Fr 09:00-17:00"), ("5x12x12", "Mo-Fr 08:00-20:00"), ("7x24x4", "24/7")],
)
def test_crm_reporting_windows(level: str, hours: str) -> None:
    calendar = terms("crm-support").calendar_for(level)
    assert calendar.hours == hours
    assert calendar.holidays == (None if hours == "24/7" else "HU")


@pytest.mark.parametrize(
    ("level", "start"),
    [
        ("5x8xNBD", "next business day"),
        ("5x12x12", "12 business hours"),
        ("7x24x4", "4 calendar hours"),
    ],
)
def test_crm_work_on_a_fault_starts(level: str, start: str) -> None:
    assert promised("crm-support", "work_start", tier=level, kind="incident") == start
    assert promised("crm-support", "work_start", tier=level, kind="request") == "nothing"


@pytest.mark.parametrize(
    ("severity", "repairs"),
    [
        ("critical", ("24 business hours", "6 business hours", "4 calendar hours")),
        ("priority", ("5 business days", "5 business days", "3 calendar days")),
        ("function", ("10 business days", "10 business days", "5 calendar days")),
    ],
)
def test_crm_guaranteed_repair(severity: str, repairs: tuple[str, ...]) -> None:
    for level, repair in zip(LEVELS, repairs, strict=True):
        facts = {"tier": level, "kind": "problem", "severity": severity}
        assert promised("crm-support", "resolution", **facts) == repair


@pytest.mark.parametrize(
    ("level", "allowance", "availability", "fees"),
    [
        ("5x8xNBD", 2, "93.3", {24: 6, 12: 8}),
        ("5x12x12", 4, "97.5", {24: 8, 12: 10}),
        ("7x24x4", 8, "98.89", {24: 15, 12: 20}),
    ],
)
def test_crm_allowance_availability_and_fees(
    level: str, allowance: int, availability: str, fees: dict[int, int]
) -> None:
    crm = terms("crm-support")
    assert crm.allowance_hours(level) == allowance
    assert crm.availability_percent(level) == Decimal(availability)
    assert crm.tiers[level].fee_percent == fees
    assert crm.allowance is not None
    assert crm.allowance.usable_for_development


@pytest.mark.parametrize(
    ("level", "backup", "review"),
    [
        ("5x8xNBD", "FREQ=DAILY;COUNT=1", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("5x12x12", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "FREQ=WEEKLY;BYDAY=MO"),
        ("7x24x4", "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=DAILY"),
    ],
)
def test_crm_backups_and_log_reviews(level: str, backup: str, review: str) -> None:
    owed = {duty.name: duty for duty in terms("crm-support").obligations_for(level)}
    daily = "_daily" if level == "7x24x4" else ""
    assert sorted(owed) == sorted(
        ["system_backup", "backup_structure_check", f"log_review{daily}", f"update_check{daily}"]
    )
    assert str(owed["system_backup"].rhythm) == backup
    assert str(owed[f"log_review{daily}"].rhythm) == review
    assert str(owed[f"update_check{daily}"].rhythm) == review
    assert owed[f"log_review{daily}"].working_day_rule == ("skip" if daily else "after")


def test_crm_money_back_early_detection_and_monitoring() -> None:
    crm = terms("crm-support")
    (money_back,) = crm.credits
    assert (money_back.clock, money_back.percent_of_fee) == ("resolution", Decimal(100))
    assert [level for level in LEVELS if crm.tiers[level].early_detection] == ["7x24x4"]
    assert crm.monitoring is not None
    assert crm.monitoring.trends
    assert crm.monitoring.calendar is None  # around the clock


def test_crm_what_the_offer_does_not_say_is_marked_as_assumption() -> None:
    crm = terms("crm-support")
    assert [duty.name for duty in crm.obligations if duty.assumption] == ["backup_structure_check"]
    assert [clause.name for clause in crm.clauses if clause.assumption] == ["monitoring"]


def test_crm_every_hour_figure_has_one_key_that_changes_its_reading() -> None:
    plain = PLAIN.replace('calendar = "office"', 'tier = "5x8xNBD"\nterm_months = 24')
    one_key = '[[targets]]\nname = "repair-critical-5x8"\nwithin = "24ch"\n'
    changed = loads_contract(f'extends = "crm-support"\n{plain}{one_key}')
    within = {found.name: str(found.within) for found in changed.terms.targets}
    assert within["repair-critical-5x8"] == "24 calendar hours"
    assert within["repair-critical-5x12"] == "6 business hours"


# --- Outsourced IT care ---------------------------------------------------------------------------


def test_it_care_visits_hot_line_and_devices() -> None:
    care = terms("outsourced-it")
    assert str(rule("outsourced-it", "emergency-visit").within) == "24 calendar hours"
    assert rule("outsourced-it", "emergency-visit").clock == "arrival"
    assert str(rule("outsourced-it", "replacement").within) == "72 calendar hours"
    assert care.clocks["replacement"].starts == (Trigger.parse("field:device_taken_at"),)
    assert care.intake.visit_needs_contact
    assert care.calendar_for(channel="hot-line").hours == "Mo-Fr 08:00-16:00"
    assert care.calendar_for().holidays == "PL"


def test_it_care_the_visit_keeps_its_weekday_and_hour() -> None:
    visit = next(d for d in terms("outsourced-it").obligations if d.name == "maintenance_visit")
    assert (str(visit.rhythm), visit.time_of_day) == ("FREQ=WEEKLY;BYDAY=TU", time(10))
    assert visit.owner == "engineer"
    assert visit.confirmed_by_contact


def test_it_care_background_work_is_owed_at_assumed_rhythms() -> None:
    assumed = [duty.name for duty in terms("outsourced-it").obligations if duty.assumption]
    assert assumed == [
        "data_backup",
        "licence_audit",
        "software_check",
        "anti_spam",
        "anti_spyware",
        "system_upgrades",
        "application_upgrades",
    ]


# --- Help desk with problem classes ---------------------------------------------------------------


@pytest.mark.parametrize(("reach", "hours"), [("user", 8), ("system", 4), ("infrastructure", 2)])
def test_help_desk_work_starts_by_problem_class(reach: str, hours: int) -> None:
    expected = f"{hours} business hours"
    assert promised("help-desk", "work_start", problem_class=reach) == expected
    assert terms("help-desk").calendar_for().hours == "Mo-Fr 08:00-17:00"


def test_help_desk_on_call_duty_comes_by_phone_and_only_where_the_contract_includes_it() -> None:
    desk = terms("help-desk")
    assert desk.calendar_for("on-call", "phone").hours == "24/7"
    assert desk.calendar_for("on-call", "mail").hours == "Mo-Fr 08:00-17:00"
    assert desk.calendar_for("standard", "phone").hours == "Mo-Fr 08:00-17:00"


def test_help_desk_what_comes_in() -> None:
    intake = terms("help-desk").intake
    assert intake.no_contract is not None
    assert intake.no_contract.assignee == "sales"
    assert intake.mail is not None
    assert intake.mail.number_in_subject == "#{number}"
    assert sorted(intake.special_requests) == ["change", "device", "permission"]
    permission = intake.special_requests["permission"]
    assert permission.written_only
    assert permission.approval_by is ContactRole.APPROVE
    assert intake.complaints is not None
    assert intake.complaints.priority == "Urgent"
    assert [str(outcome.kind) for outcome in intake.outcomes] == [
        "done",
        "project",
        "special_request",
        "quote",
    ]
    assert intake.good_report == ("subject", "description", "screenshot", "place", "contact")


def test_help_desk_time_is_recorded_in_quarters_of_an_hour() -> None:
    rules = terms("help-desk").time
    assert rules is not None
    assert (rules.minimum, rules.unit) == (Decimal("0.25"), Decimal("0.25"))
    assert rules.exempt_activities == ("Phone information", "Simple answer")


# --- Cloud ERP ------------------------------------------------------------------------------------


def test_cloud_erp_windows_differ_per_channel() -> None:
    erp = terms("cloud-erp")
    assert erp.calendar_for(channel="portal").hours == "24/7"
    assert erp.calendar_for(channel="phone").hours == "Mo-Fr 08:00-17:00"
    assert erp.calendar_for(channel="phone").holidays == "SK"
    assert [*erp.tiers] == ["basic", "strategic"]


def test_cloud_erp_impact_and_urgency_give_the_priority() -> None:
    matrix = terms("cloud-erp").classification.matrix
    steps = ("high", "medium", "low")
    assert [[matrix[impact][urgency] for urgency in steps] for impact in steps] == [
        ["Immediate", "Urgent", "High"],
        ["Urgent", "High", "Normal"],
        ["High", "Normal", "Low"],
    ]


def test_cloud_erp_a_defect_is_confirmed_and_then_announced() -> None:
    erp = terms("cloud-erp")
    assert promised("cloud-erp", "confirmation", tracker="Bug") == "5 business days"
    assert promised("cloud-erp", "fix_announcement", tracker="Bug") == "10 business days"
    assert [str(event) for event in erp.clocks["fix_announcement"].stops] == [
        "version:set",
        "due_date:proposed",
        "status:resolved",
    ]


def test_cloud_erp_gives_no_figures_so_that_all_are_assumptions() -> None:
    assert all(found.assumption for found in terms("cloud-erp").targets)


# --- Information system ---------------------------------------------------------------------------


def test_information_system_a_due_date_in_two_hours_and_the_agreed_date_kept() -> None:
    assert promised("information-system", "commitment", kind="incident") == "2 business hours"
    assert promised("information-system", "agreed", kind="incident") == "agreed"
    assert promised("information-system", "commitment", kind="request") == "nothing"


def test_information_system_on_site_in_three_hours_and_a_report_of_each_failure() -> None:
    on_site = rule("information-system", "on-site")
    assert (on_site.clock, str(on_site.within)) == ("arrival", "3 calendar hours")
    report = rule("information-system", "failure-report")
    assert (report.clock, report.assumption) == ("failure_report", True)


def test_information_system_development_up_to_fifteen_percent_of_the_sum() -> None:
    system = terms("information-system")
    assert system.development is not None
    assert system.contract_sum is not None
    assert system.development.percent == 15
    limit = system.contract_sum.percent(system.development.percent)
    assert limit == Money.parse("15 KZT")


def test_information_system_quarterly_handover_archiving_and_standby() -> None:
    system = offer("information-system").terms
    duties = {duty.name: duty for duty in system.obligations_for()}
    assert sorted(duties) == [
        "database_archive",
        "quarterly_handover",
        "standby_sync",
        "stands_current",
    ]
    handover = duties["quarterly_handover"].rhythm
    assert handover is not None
    assert handover.dates(date(2026, 1, 1), date(2026, 12, 31)) == tuple(
        date(2026, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    )
    assert system.quarter is not None
    assert system.quarter.sign_off_by is ContactRole.SIGN_OFF
    assert {"changes", "failure_reports"} <= set(system.quarter.contents)


def test_information_system_customers_set_the_priority_themselves() -> None:
    assert [str(choice) for choice in terms("information-system").customer_may_set] == ["priority"]


def test_information_system_every_point_of_the_offer_is_named_by_something() -> None:
    system = terms("information-system")
    named = " ".join(
        [
            *(rule.clause for rule in system.targets),
            *(duty.clause for duty in system.obligations),
            *(clause.clause for clause in system.clauses),
            system.development.clause if system.development else "",
            system.quarter.clause if system.quarter else "",
        ]
    )
    points = (
        "advice",
        "agreeing the due date",
        "by the agreed date",
        "tuning of the system",
        "tuning of performance",
        "arrival on site on demand",
        "for each failure a report",
        "moving of the database",
        "kept current on the provider's own stands",
        "into the customer's software archive",
        "modifications of the product",
        "database archiving",
        "synchronisation of the standby database",
    )
    assert [point for point in points if point not in named] == []
