"""Whoever writes a contract wrongly reads where, what is wrong, and what would be right.

The plain contract of these tests has its keys on lines 1 to 9; further keys follow from line 10.
With none, its calendar stands on lines 10 to 12, and further tables follow from line 13.
"""

from __future__ import annotations

import pytest

from tests.contract.writing import OFFICE, PLAIN, complaints, written


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ('vatt = "net"', 'alma.toml:10: vatt: unknown key (did you mean "vat"?)'),
        (
            'term_months = "two years"',
            'alma.toml:10: term_months: "two years" is of the wrong kind (write a whole number)',
        ),
        (
            'contract_sum = "1200000"',
            'alma.toml:10: contract_sum: "1200000" is not an amount of money '
            '(write an amount and its currency, e.g. "1 200 000 HUF")',
        ),
        (
            'vat = "net"\ncontract_sum = "100 EUR"',
            "alma.toml:11: contract_sum: 100 EUR is not in the contract's currency "
            "(write it in HUF)",
        ),
        (
            'contract_sum = "100 HUF"',
            "alma.toml:1: vat: is missing "
            '(write "net" or "gross": are amounts without or with VAT?)',
        ),
        ('vat = "maybe"', 'alma.toml:10: vat: "maybe" is not known here (known: gross, net)'),
        (
            'day_rule = "end_of_the_day"',
            'alma.toml:10: day_rule: "end_of_the_day" is not known here '
            '(did you mean "end_of_day"?)',
        ),
        ("at_risk_at = 175", "alma.toml:10: at_risk_at: 175 is out of range (write 100 or less)"),
        (
            "ends = 2025-12-31",
            "alma.toml:10: ends: 2025-12-31 is before the start (write a day after 2026-01-01)",
        ),
        (
            'new_cycle_after = "5d"',
            "alma.toml:10: new_cycle_after: target '5d' does not say whether closed hours count "
            "(write 5bd (in service only) or 5cd (day and night))",
        ),
        (
            'contacts = "Anna"',
            'alma.toml:10: contacts: "Anna" is of the wrong kind (write a list, e.g. ["a", "b"])',
        ),
        ('tier = "gold"', 'alma.toml:10: tier: no tier is called "gold" (known: none)'),
        (
            'extends = "help-desc"',
            'alma.toml:10: extends: no profile is called "help-desc" (did you mean "help-desk"?)',
        ),
    ],
)
def test_a_wrong_key_is_told_with_its_line_and_what_would_be_right(
    keys: str, complaint: str
) -> None:
    assert complaints(written(keys=keys + "\n")) == [complaint]


@pytest.mark.parametrize(
    ("plain", "instead", "complaint"),
    [
        (
            "Europe/Budapest",
            "Europe/Budapset",
            "alma.toml:5: timezone: time zone 'Europe/Budapset' is not known "
            "(did you mean Europe/Budapest or Europe/Bucharest or Europe/Busingen?)",
        ),
        (
            '"HUF"',
            '"Ft"',
            'alma.toml:6: currency: "Ft" is not a currency (write its ISO 4217 code, e.g. "HUF")',
        ),
        ('"en"', '"hun"', 'alma.toml:4: language: "hun" is not known here (did you mean "hu"?)'),
        (
            "2026-01-01",
            '"soon"',
            'alma.toml:8: starts: "soon" is of the wrong kind (write a date, e.g. 2026-01-31)',
        ),
        (
            '"alma"',
            "[]",
            "alma.toml:7: projects: is an empty list "
            '(write identifiers of Redmine projects, e.g. ["alma-crm"])',
        ),
    ],
)
def test_a_wrong_identity_is_told_once_although_the_terms_need_it_too(
    plain: str, instead: str, complaint: str
) -> None:
    amendment = '[[amendments]]\nfrom = 2026-07-01\nnote = "more"\nat_risk_at = 80\n'
    assert complaints(written(tables=amendment).replace(plain, instead)) == [complaint]


@pytest.mark.parametrize(
    ("calendar", "complaint"),
    [
        (
            'hours = "Mo-Fr 9-17h"\nholidays = "HU"',
            "alma.toml:11: calendars.office.hours: hours 'Mo-Fr 9-17h' cannot be read from "
            "character 7 (write OpenStreetMap opening_hours, like 'Mo-Fr 08:00-12:00,13:00-17:00')",
        ),
        (
            'hours = "Mo-Fr 17:00-09:00"\nholidays = "HU"',
            "alma.toml:11: calendars.office.hours: hours 'Mo-Fr 17:00-09:00': 17:00-09:00 is a "
            "window of 16 hours, to 09:00 of the next day "
            "(write 09:00-17:00, or 17:00-33:00 if it is meant so)",
        ),
        (
            'hours = "Mo-Fr 09:00-17:00"',
            "alma.toml:10: calendars.office.holidays: is missing "
            '(write the country whose public holidays are not served, e.g. "HU", or [])',
        ),
        (
            'hours = "Mo-Fr 09:00-17:00"\nholidays = "XX"',
            "alma.toml:12: calendars.office.holidays: holidays: country 'XX' is not known "
            "(use its ISO 3166 code, such as HU; near ones: XK, SX, MX)",
        ),
        (
            'hours = "24/7"\nspecial_days = { 2026-12-24 = "Th 09:00-12:00" }',
            "alma.toml:12: calendars.office.special_days.2026-12-24: hours 'Th 09:00-12:00': "
            "a single day takes times only "
            "(write '09:00-12:00,13:00-17:00', or 'off' to close the day)",
        ),
        (
            'hours = "24/7"\nextra_cover = [{ hours = "18:00-20:00" }]',
            "alma.toml:12: calendars.office.extra_cover[1]: extra cover needs its days "
            "(write either dates or a rhythm)",
        ),
        (
            'hours = "24/7"\ntimezone = "Budapest"',
            "alma.toml:12: calendars.office.timezone: time zone 'Budapest' is not known "
            "(did you mean Europe/Budapest?)",
        ),
    ],
)
def test_a_wrong_calendar_is_told_at_the_key_that_is_wrong(calendar: str, complaint: str) -> None:
    assert complaints(f"{PLAIN}[calendars.office]\n{calendar}\n") == [complaint]


def test_a_night_is_no_mistake() -> None:
    night = PLAIN + '[calendars.office]\nhours = "Mo-Fr 22:00-06:00"\nholidays = "HU"\n'
    assert complaints(night + "oops = 1\n") == [
        "alma.toml:13: calendars.office.oops: unknown key "
        "(known: extra_cover, holidays, hours, special_days, timezone, working_saturdays)"
    ]


@pytest.mark.parametrize(
    ("tables", "complaint"),
    [
        (
            '[[targets]]\nclock = "work_start"\nclause = "3"\nwithin = "8h"',
            "alma.toml:16: targets[1].within: target '8h' does not say whether closed hours count "
            "(write 8bh (in service only) or 8ch (day and night))",
        ),
        (
            '[[targets]]\nclock = "work_start"\nclause = "3"\nwithin = 8',
            "alma.toml:16: targets[1].within: 8 is of the wrong kind (write a target, e.g. "
            '"8bh", "24ch", "5bd", "3cd", "nbd" or "agreed")',
        ),
        (
            '[[targets]]\nclock = "work_strat"\nclause = "3"\nwithin = "8bh"',
            'alma.toml:14: targets[1].clock: no clock is called "work_strat" '
            '(did you mean "work_start"?)',
        ),
        (
            '[[targets]]\nclock = "resolution"\nclause = "3"\nwithin = "agreed"',
            'alma.toml:16: targets[1].within: "agreed" does not fit clock "resolution" '
            '(only clock "agreed" takes it)',
        ),
        (
            '[[targets]]\nclock = "agreed"\nclause = "3"\nwithin = "8bh"',
            'alma.toml:16: targets[1].within: "8 business hours" does not fit clock "agreed" '
            '(write within = "agreed")',
        ),
        (
            "[[exclusions]]\nfrom = 2026-03-01T10:00:00\nto = 2026-03-01T12:00:00Z\n"
            'reason = "power cut"\nauthor = "we"\nagreed_in = 3',
            "alma.toml:14: exclusions[1].from: 2026-03-01 10:00:00 does not say in which zone "
            "(write a moment with its offset, e.g. 2026-01-31T10:00:00+01:00)",
        ),
        (
            '[[obligations]]\nname = "log"\ntitle = "Logs"\nclause = "4"\nrhythm = "monthly"',
            'alma.toml:17: obligations[1].rhythm: "monthly" is not a recurrence rule '
            '(write an RFC 5545 rule, e.g. "FREQ=MONTHLY;BYMONTHDAY=1")',
        ),
        (
            '[[obligations]]\nname = "log"\ntitle = "Logs"\nclause = "4"\nlead_time = "8bh"',
            'alma.toml:17: obligations[1].lead_time: "8 business hours" is not a number of days '
            '(write days, e.g. "5bd" or "7cd")',
        ),
        (
            '[[contacts]]\nname = "Anna"\nmay = ["sign_off"]',
            'alma.toml:13: contacts[1]: contact "Anna" cannot be recognised '
            "(write user = his number in Redmine, or his login or mail)",
        ),
        (
            '[[contacts]]\nname = "Anna"\nlogin = "anna"\nmay = ["sing_off"]',
            'alma.toml:16: contacts[1].may[1]: "sing_off" is not known here '
            '(did you mean "sign_off"?)',
        ),
        (
            '[clocks.mine]\ntitle = "Mine"\nstarts = ["noted"]\nstops = ["received"]',
            'alma.toml:15: clocks.mine.starts[1]: "noted" is not an event (write one of received, '
            "note:customer, note:provider, time:booked, due_date:agreed, due_date:proposed, "
            "version:set, status:ROLE, field:ROLE)",
        ),
        (
            '[classification.matrix.high]\nhigh = "A"\nlow = "B"\n'
            '[classification.matrix.low]\nhigh = "C"',
            'alma.toml:16: classification.matrix.low: no priority for urgency "low" '
            "(every impact needs the same urgencies)",
        ),
        (
            '[availability]\nclause = "5"',
            "alma.toml:13: availability.percent: is missing (write it here or in the tier)",
        ),
        (
            '[[escalation]]\nname = "warn"\nmeans = "mail"\nrecipients = "assignee"',
            "alma.toml:13: escalation[1]: a step has one moment (write at_percent or time_left)",
        ),
        (
            '[[credits]]\nname = "back"\nclause = "6"\nclock = "resolution"',
            "alma.toml:13: credits[1]: a credit has one size (write percent_of_fee or amount)",
        ),
    ],
)
def test_a_wrong_table_is_told_with_the_line_of_its_key(tables: str, complaint: str) -> None:
    assert complaints(written(tables=tables + "\n")) == [complaint]


def test_names_that_lead_nowhere_are_told_all_at_once() -> None:
    rule = """\
    [[targets]]
    clock = "resolution"
    within = "8bh"
    clause = "3"
    severity = "critcal"
    class = "company"
    tier = "gold"
    channel = ["fax", "telex"]
    calendar = "ofice"
    """
    assert complaints(written(tables=rule)) == [
        'alma.toml:17: targets[1].severity: no severity is called "critcal" '
        '(did you mean "critical"?)',
        'alma.toml:18: targets[1].class: no problem class is called "company" '
        "(known: infrastructure, system, user)",
        'alma.toml:19: targets[1].tier: no tier is called "gold" (known: none)',
        'alma.toml:20: targets[1].channel: no channel is called "fax" (known: none)',
        'alma.toml:20: targets[1].channel: no channel is called "telex" (known: none)',
        'alma.toml:21: targets[1].calendar: no calendar is called "ofice" (did you mean "office"?)',
    ]


def test_mistakes_of_every_kind_are_told_together_in_the_order_of_lines() -> None:
    text = PLAIN.replace("customer", "costumer") + OFFICE.replace("holidays", "holiday")
    text += '[[targets]]\nclock = "solution"\nwithin = "8h"\n'
    assert complaints(text) == [
        'alma.toml:1: customer: is missing (write the customer\'s name, e.g. "Alma Kft.")',
        'alma.toml:2: costumer: unknown key (did you mean "customer"?)',
        'alma.toml:12: calendars.office.holiday: unknown key (did you mean "holidays"?)',
        "alma.toml:13: targets[1].clause: is missing "
        "(write where the contract says so; shown by `explain`)",
        'alma.toml:14: targets[1].clock: no clock is called "solution" '
        '(did you mean "resolution"?)',
        "alma.toml:15: targets[1].within: target '8h' does not say whether closed hours count "
        "(write 8bh (in service only) or 8ch (day and night))",
    ]


def test_a_service_code_is_held_against_hours_and_target() -> None:
    level = """\
    [tiers.gold]
    title = "Gold"
    service_code = "5x12x4"
    [[targets]]
    clock = "work_start"
    within = "8bh"
    clause = "3"
    """
    right = "(correct the code, calendar office or the work_start target)"
    assert complaints(written(keys='tier = "gold"\n', tables=level)) == [
        "alma.toml:16: tiers.gold.service_code: 5x12x4 names another response than "
        f"8 business hours {right}",
        "alma.toml:16: tiers.gold.service_code: 5x12x4 says 12 hours a day, 09:00-17:00 is 08:00 "
        f"(Monday, Tuesday, Wednesday, Thursday, Friday) {right}",
    ]


def test_levels_without_a_choice_ask_for_one() -> None:
    assert complaints(written(tables='[tiers.gold]\ntitle = "Gold"\n')) == [
        "alma.toml:1: tier: is missing (write the level bought: gold)"
    ]


def test_a_development_budget_needs_its_sum_and_its_vat_basis() -> None:
    assert complaints(written(tables='[development]\npercent = 15\nclause = "7"\n')) == [
        "alma.toml:1: contract_sum: is missing (the development budget is a percentage of it: "
        'write an amount, e.g. "12 000 000 HUF")',
        'alma.toml:1: vat: is missing (write "net" or "gross": are amounts without or with VAT?)',
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = \n", "alma.toml:1: invalid value (this line is not TOML)"),
        (
            'title = "a"\ntitle = "b"\n',
            "alma.toml:2: cannot overwrite a value (this line is not TOML)",
        ),
        ('title = "a"\n[calendars\n', "alma.toml:2: "),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, complaint: str) -> None:
    (told,) = complaints(text)
    assert told.startswith(complaint)
