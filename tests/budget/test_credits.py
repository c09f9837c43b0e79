"""Money back: what was broken in a month, for each ticket, month or hour, under caps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redmine_sla.availability import availability_of
from redmine_sla.budget.credits import MonthOfCredits, credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.misses import Counting, Miss, Subject, misses_of, misses_of_availability
from redmine_sla.contract import Contract
from tests.availability.measuring import down, month_named
from tests.budget.paying import at_level, forint
from tests.judging import contract, promising
from tests.notation import BUDAPEST, instant
from tests.quarter.deliverables import as_judged

# Working days 9-17; resolution within 8 business hours; the month costs 600,000 HUF.
# Monday 2026-09-07 09:00 is due at 17:00 the same day.
RESOLUTION = promising("resolution", "8bh")
PLAIN = "classification.text_rules = false"


def rule(*keys: str, name: str = "back", clock: str = "resolution") -> str:
    head = f'[[credits]]\nname = "{name}"\nclause = "money back"\n'
    return head + "\n".join((f'clock = "{clock}"' if clock else "availability = true", *keys))


def under(*rules: str, top: str = "") -> Contract:
    return at_level("5x8xNBD", 24, RESOLUTION, *rules, top=f"{PLAIN}\n{top}")


def ticket(opened: str, resolved: str | None, *, severity: str = "function") -> str:
    story = f"{opened} anna opens: Broken; field SLA severity = {severity}\n"
    chosen = f"{opened}:30 eva field SLA severity = {severity}; status: In Progress\n"
    return story + chosen + (f"{resolved} eva status: Resolved\n" if resolved else "")


LATE = ticket("2026-09-07 09:00", "2026-09-08 10:30")  # due Mon 17:00, 1:30 too late
IN_TIME = ticket("2026-09-07 09:00", "2026-09-07 17:00")


def earned(
    terms: Contract, *stories: str, month: str = "2026-09", at: str = "2026-10-05 09:00"
) -> MonthOfCredits:
    found = [
        one
        for number, story in enumerate(stories, start=1)
        for one in misses_of(as_judged(story, terms, number=number, at=at))
    ]
    period = month_named(month)
    return credits_of(terms, period, found, monthly_fee(terms, period))


def granted(found: MonthOfCredits) -> list[str]:
    return [forint(line.granted) for line in found.adjusted.lines]


TICKET = rule("percent_of_fee = 10", 'for_each = "ticket"')
MONTH = rule("percent_of_fee = 100", 'for_each = "month"')
HOUR = rule("percent_of_fee = 2", 'for_each = "hour"')
WITHIN_AN_HOUR = at_level("5x8xNBD", 24, promising("resolution", "1ch"), HOUR, top=PLAIN)


def test_a_kept_promise_gives_nothing_back() -> None:
    found = earned(under(TICKET), IN_TIME)
    assert (found.adjusted.lines, found.raw.lines) == ((), ())
    assert forint(found.adjusted.total) == "0"


def test_each_late_ticket_gives_its_percentage_of_the_months_fee() -> None:
    found = earned(under(TICKET), LATE, IN_TIME, LATE)
    assert granted(found) == ["60000", "60000"]  # 10 % of 600,000 each
    assert [line.misses[0].subject.ticket for line in found.adjusted.lines] == [1, 3]
    line = found.adjusted.lines[0]
    assert line.overrun == timedelta(hours=1, minutes=30)
    assert (line.rule.clause, line.misses[0].subject.clause) == (
        "money back",
        "resolution 8bh",
    )


def test_for_each_month_it_is_given_once_and_names_all_its_tickets() -> None:
    found = earned(under(MONTH), LATE, LATE)
    assert granted(found) == ["600000"]
    assert [miss.subject.ticket for miss in found.adjusted.lines[0].misses] == [1, 2]


def test_for_each_hour_the_started_ones_count() -> None:
    # 1:30 beyond the target are two started hours: 2 x 2 % of 600,000
    assert granted(earned(under(HOUR), LATE)) == ["24000"]
    # exactly one hour beyond is one: due Mon 17:00, done Tue 10:00
    exact = ticket("2026-09-07 09:00", "2026-09-08 10:00")
    assert granted(earned(under(HOUR), exact)) == ["12000"]
    # a second more is two
    more = ticket("2026-09-07 09:00", "2026-09-08 10:00:01")
    assert granted(earned(under(HOUR), more)) == ["24000"]


def test_late_by_a_night_alone_is_one_started_hour() -> None:
    found = earned(under(HOUR), ticket("2026-09-07 09:00", "2026-09-07 18:00"))
    assert granted(found) == ["12000"]
    assert found.adjusted.lines[0].overrun == timedelta()


def test_a_fixed_amount_needs_no_fee() -> None:
    terms = contract(
        PLAIN, 'vat = "net"', RESOLUTION, rule('amount = "5000 HUF"', 'for_each = "ticket"')
    )
    assert granted(earned(terms, LATE, LATE)) == ["5000", "5000"]


def test_what_a_percentage_is_taken_of_must_be_known() -> None:
    terms = contract(PLAIN, RESOLUTION, TICKET)
    found = earned(terms, LATE)
    assert [line.owed for line in found.adjusted.lines] == [None]
    assert not found.adjusted.is_known


def test_it_is_counted_in_the_month_in_which_the_promise_was_broken() -> None:
    # due Wednesday 30 September 17:00, resolved on 1 October
    over_the_edge = ticket("2026-09-30 09:00", "2026-10-01 11:00")
    assert granted(earned(under(TICKET), over_the_edge)) == ["60000"]
    assert granted(earned(under(TICKET), over_the_edge, month="2026-10")) == []


def times(found: MonthOfCredits) -> list[int]:
    return [line.times for line in found.adjusted.lines]


def test_each_started_hour_is_credited_in_the_month_in_which_it_began() -> None:
    # due Tue 29 September 17:00: the 8 h of the 30th began in September, two more in October
    long = ticket("2026-09-29 09:00", "2026-10-01 11:00")
    assert granted(earned(under(HOUR), long)) == ["96000"]  # 8 x 12,000
    october = earned(under(HOUR), long, month="2026-10")
    assert granted(october) == ["24000"]  # 2 x 12,000
    (line,) = october.adjusted.lines
    assert line.at == instant("2026-09-29 17:00")
    assert line.overrun == timedelta(hours=2)  # those of October


def test_no_hour_is_lost_where_a_promise_breaks_at_the_months_last_minute() -> None:
    # due Wed 30 September 17:00. From Thu 1 October 09:00 to Fri 30 October 16:00 there are 20
    # working days of 8 h (the 23rd is a day off) and 7 h more: 167. The first of them begins when
    # the promise breaks, in September; October has the other 166.
    late = ticket("2026-09-30 09:00", "2026-10-30 16:00")
    at = "2026-11-05 09:00"
    assert times(earned(under(HOUR), late, at=at)) == [1]
    october = earned(under(HOUR), late, month="2026-10", at=at)
    assert times(october) == [166]
    assert granted(october) == ["600000"]  # 100 % of October's fee, its cap


LAST_DAY = "ends = 2026-09-30"


def test_what_breaks_after_the_contracts_last_day_is_of_its_last_month() -> None:
    # 2 h of Wednesday, 30 September, and 6 h more: due on 1 October at 15:00
    late = ticket("2026-09-30 15:00", "2026-10-02 10:00")
    found = earned(under(TICKET, top=LAST_DAY), late)
    assert granted(found) == ["60000"]
    assert found.adjusted.lines[0].at == instant("2026-10-01 15:00")
    # without that last day it is of October
    assert granted(earned(under(TICKET), late)) == []
    assert granted(earned(under(TICKET), late, month="2026-10")) == ["60000"]


def test_hours_after_the_last_day_are_of_the_last_month_once_they_are_known() -> None:
    hourly = under(HOUR, top=LAST_DAY)
    # due Thu 1 October 15:00, done Fri 10:00: 2 h and 1 h, all after the end
    after = ticket("2026-09-30 15:00", "2026-10-02 10:00")
    assert granted(earned(hourly, after)) == ["36000"]  # 3 x 12,000
    # due Wed 30 September 15:00: 2 h of that day, 8 h of Thursday, 1 h of Friday
    before = ticket("2026-09-29 15:00", "2026-10-02 10:00")
    assert times(earned(hourly, before)) == [11]
    # while it is not done, no passing of time changes what was told of a month that is over
    still_open = ticket("2026-09-29 15:00", None)
    assert times(earned(hourly, still_open, at="2026-10-01 00:00")) == [2]
    assert times(earned(hourly, still_open, at="2026-11-05 09:00")) == [2]


def test_what_nobody_could_measure_after_the_last_day_is_listed_in_the_last_month() -> None:
    arrival = at_level(
        "5x8xNBD",
        24,
        promising("arrival", "3ch"),
        rule("percent_of_fee = 10", clock="arrival"),
        top=f"{PLAIN}\n{LAST_DAY}",
    )
    ordered = """
    2026-09-30 16:00 anna opens: Server; field Visit ordered at = 2026-09-30 23:30
    2026-10-01 02:00 eva status: Resolved
    """
    (one,) = earned(arrival, ordered).unjudged
    assert one.subject.clock == "arrival"


def test_an_hour_that_has_begun_is_not_begun_again_in_the_next_month() -> None:
    # due Wed 30 September 16:30, half an hour late by its end; the first started hour ends in
    # October at 09:30, so 10:30 exactly are two in all: one for each month
    story = ticket("2026-09-30 08:30", "2026-10-01 10:30")
    terms = at_level(
        "5x8xNBD", 24, promising("resolution", "450 business minutes"), HOUR, top=PLAIN
    )
    assert times(earned(terms, story)) == [1]
    assert times(earned(terms, story, month="2026-10")) == [1]


def test_the_months_of_a_promise_that_stays_broken_add_up() -> None:
    still_open = ticket("2026-09-07 09:00", None)
    found = earned(under(HOUR), still_open, at="2026-09-08 12:30")
    assert granted(found) == ["48000"]  # 09:00 to 12:30 are four started hours
    at = "2026-11-05 09:00"
    september = earned(under(HOUR), still_open, at=at)
    # the 8th to the 30th of September are 17 working days of 8 h
    assert times(september) == [17 * 8]
    assert granted(september) == ["600000"]  # 272 % of the fee, under the cap of 100 %
    # 1 to 30 October: 22 working days, the 23rd off; and 2 to 4 November
    assert times(earned(under(HOUR), still_open, month="2026-10", at=at)) == [21 * 8]
    assert times(earned(under(HOUR), still_open, month="2026-11", at=at)) == [3 * 8]


@pytest.mark.parametrize(
    ("opened", "done", "months"),
    [
        # due Thu 22 October 17:00; Sunday the 25th has 25 hours: 7 + 9 x 24 + 1, then 2
        ("2026-10-22 16:00", "2026-11-01 02:00", {"2026-10": 224, "2026-11": 2}),
        # due Thu 26 March 17:00; Sunday the 29th has 23 hours: 7 + 5 x 24 - 1, then 3
        ("2026-03-26 16:00", "2026-04-01 03:00", {"2026-03": 126, "2026-04": 3}),
    ],
)
def test_hours_are_real_ones_also_when_the_clocks_change(
    opened: str, done: str, months: dict[str, int]
) -> None:
    story = f"{opened} anna opens: Broken\n{done} eva status: Resolved\n"
    for month, hours in months.items():
        assert times(earned(WITHIN_AN_HOUR, story, month=month, at="2026-12-01 09:00")) == [hours]


MONTHS = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01")


@given(
    st.integers(0, 11),
    st.integers(0, 7 * 60),
    st.integers(0, 60 * 24 * 60),
    st.none() | st.integers(0, 30),
)
@example(week=4, minute=0, took=28440, ends_after=None)  # done in the hour that comes twice
@settings(max_examples=60, deadline=None)
def test_the_started_hours_of_all_months_are_those_of_the_whole(
    week: int, minute: int, took: int, ends_after: int | None
) -> None:
    # reported on a Monday from 09:00 to 16:00, from 7 September on; done up to 60 days later
    opened = instant("2026-09-07 09:00").astimezone(BUDAPEST) + timedelta(weeks=week)
    opened = (opened + timedelta(minutes=minute)).astimezone(UTC)
    done = opened + timedelta(minutes=took)
    story = "".join(
        f"{at.astimezone(BUDAPEST).isoformat(' ', 'minutes')} {said}\n"
        for at, said in ((opened, "anna opens: Broken"), (done, "eva status: Resolved"))
    )
    # the contract may end on the day of the report, or some days later: its months are fewer then
    ends = "" if ends_after is None else f"ends = {opened.date() + timedelta(days=ends_after)}"
    terms = at_level("5x8xNBD", 24, promising("resolution", "1ch"), HOUR, top=f"{PLAIN}\n{ends}")
    last = f"{terms.last_day:%Y-%m}" if terms.last_day else MONTHS[-1]
    months = [month for month in MONTHS if month <= last]
    found = [earned(terms, story, month=month, at="2027-03-01 09:00") for month in months]
    beyond = max(0, took - 60)
    assert sum(sum(times(one)) for one in found) == -(-beyond // 60)


def test_a_rule_for_some_severities_pays_for_these() -> None:
    terms = under(rule("percent_of_fee = 10", 'severity = "critical"'))
    critical = ticket("2026-09-07 09:00", "2026-09-08 10:30", severity="critical")
    found = earned(terms, LATE, critical)
    assert [line.misses[0].subject.ticket for line in found.adjusted.lines] == [2]


def test_a_rule_for_other_levels_or_classes_or_clocks_pays_nothing() -> None:
    for other in (
        rule("percent_of_fee = 10", 'tiers = "7x24x4"'),
        rule("percent_of_fee = 10", 'class = "infrastructure"'),
        rule("percent_of_fee = 10", clock="response"),
        rule("percent_of_fee = 10", clock=""),
    ):
        assert granted(earned(under(other), LATE)) == []


def test_the_rules_are_those_of_the_day_on_which_it_was_broken() -> None:
    change = """
    [[amendments]]
    from = 2026-09-08
    note = "more"
    credits = [{ name = "back", clause = "A", clock = "resolution", percent_of_fee = 20 }]
    """
    next_day = ticket("2026-09-08 09:00", "2026-09-09 10:30")
    assert granted(earned(under(TICKET, change), LATE, next_day)) == ["60000", "120000"]


EXCLUDED = """
[[exclusions]]
from = 2026-09-07T10:00:00+02:00
to = 2026-09-07T13:00:00+02:00
reason = "power cut"
author = "We"
agreed_in = 17
"""


def test_exclusions_are_taken_into_account_and_the_raw_credit_stands_beside() -> None:
    # three hours excluded move the due time to Tue 12:00, and 10:30 is in time
    found = earned(under(TICKET, EXCLUDED), LATE)
    assert granted(found) == []
    assert [forint(line.granted) for line in found.raw.lines] == ["60000"]


def test_a_promise_that_exclusions_move_into_the_next_month_is_broken_there() -> None:
    # due Wed 30 September 17:00; three hours of it excluded move that to Thu 1 October 12:00
    excluded = EXCLUDED.replace("09-07", "09-30")
    story = ticket("2026-09-30 09:00", "2026-10-01 16:00")
    september, october = (
        earned(under(TICKET, excluded), story, month=month) for month in ("2026-09", "2026-10")
    )
    assert (granted(september), granted(october)) == ([], ["60000"])
    assert (len(september.raw.lines), len(october.raw.lines)) == (1, 0)


def test_started_hours_are_fewer_with_exclusions_also_when_the_month_cuts_them() -> None:
    still_open = ticket("2026-09-07 09:00", None)
    at = "2026-10-20 09:00"
    found = earned(under(HOUR, EXCLUDED), still_open, at=at)
    assert found.raw.lines[0].times == 17 * 8
    assert found.adjusted.lines[0].times == 17 * 8 - 3


def test_what_cannot_be_measured_gives_nothing_and_is_listed() -> None:
    terms = at_level(
        "5x8xNBD",
        24,
        promising("arrival", "3bh"),
        rule("percent_of_fee = 10", clock="arrival"),
        top=PLAIN,
    )
    story = """
    2026-09-07 09:00 anna opens: Come
               09:30 eva  field Visit ordered at = 2026-09-07 09:30
               12:00 eva  status: Resolved
    """
    found = earned(terms, story)
    assert found.adjusted.lines == ()
    (unjudged,) = found.unjudged
    assert (unjudged.subject.ticket, unjudged.subject.clock) == (1, "arrival")
    assert "nobody recorded when" in unjudged.reason


def test_a_promise_without_a_rule_is_not_listed_as_unjudged() -> None:
    terms = at_level("5x8xNBD", 24, promising("arrival", "3bh"), TICKET, top=PLAIN)
    story = """
    2026-09-07 09:00 anna opens: Come
               09:30 eva  field Visit ordered at = 2026-09-07 09:30
               15:00 eva  status: Resolved
    """
    assert earned(terms, story).unjudged == ()


def test_a_cancelled_ticket_is_owed_nothing() -> None:
    rejected = """
    2026-09-07 09:00 anna opens: Broken
    2026-09-07 10:00 eva status: Rejected
    """
    assert granted(earned(under(TICKET), rejected)) == []
    assert earned(under(TICKET), rejected).raw.lines == ()


# --- Caps -----------------------------------------------------------------------------------------


def test_a_cap_cuts_what_was_broken_last() -> None:
    # 10 % each, 25 % at most: 60,000 + 60,000 + 30,000
    terms = under(rule("percent_of_fee = 10", "cap_percent = 25"))
    later = ticket("2026-09-08 09:00", "2026-09-09 10:30")
    last = ticket("2026-09-09 09:00", "2026-09-10 10:30")
    found = earned(terms, last, LATE, later)
    assert granted(found) == ["60000", "60000", "30000"]
    assert [line.misses[0].subject.ticket for line in found.adjusted.lines] == [2, 3, 1]
    assert forint(found.adjusted.lines[-1].capped) == "30000"
    assert forint(found.adjusted.total) == "150000"


def test_all_rules_together_give_at_most_the_largest_of_their_caps() -> None:
    # "first" gives 3 x 20 % under its 40 %, "second" 3 x 10 % under its 50 %; in all 50 %
    terms = under(
        rule("percent_of_fee = 20", "cap_percent = 40", name="first"),
        rule("percent_of_fee = 10", "cap_percent = 50", name="second"),
    )
    stories = [
        ticket(f"2026-09-{day:02} 09:00", f"2026-09-{day + 1:02} 10:30") for day in (7, 8, 9)
    ]
    found = earned(terms, *stories)
    # 120,000 + 60,000, then 120,000 of "first" reaches its 240,000 and all stand at 300,000 = 50 %
    assert granted(found) == ["120000", "60000", "120000", "0", "0", "0"]
    assert forint(found.adjusted.total) == "300000"


def test_the_cap_is_that_of_the_months_own_fee() -> None:
    # the last month costs 240,000 for 12 of 30 days, and no more than that comes back
    terms = under(rule("percent_of_fee = 60"), top="ends = 2026-09-12")
    assert granted(earned(terms, LATE, LATE)) == ["144000", "96000"]


CHANGED = """
[[amendments]]
from = 2026-09-15
note = "more"
[[amendments.credits]]
name = "back"
clause = "B"
clock = "resolution"
"""
EARLY = ticket("2026-09-02 09:00", "2026-09-03 10:30")
AFTER = ticket("2026-09-21 09:00", "2026-09-22 10:30")


def test_a_month_gives_the_most_that_one_of_its_broken_promises_earns() -> None:
    change = f'{CHANGED}for_each = "month"\npercent_of_fee = 50'
    terms = under(rule("percent_of_fee = 10", 'for_each = "month"'), change)
    assert granted(earned(terms, EARLY)) == ["60000"]
    assert granted(earned(terms, AFTER)) == ["300000"]
    both = earned(terms, EARLY, AFTER)
    assert granted(both) == ["300000"]  # once, and not less than the second alone
    (line,) = both.adjusted.lines
    assert [miss.subject.ticket for miss in line.misses] == [1, 2]
    assert line.rule.clause == "B"


def test_the_cap_of_a_month_is_the_largest_in_force_when_its_promises_broke() -> None:
    # 10 % (60,000) up to the 14th, then 30 % (180,000); 50,000 for each ticket
    change = f'{CHANGED}amount = "50 000 HUF"\ncap_percent = 30'
    terms = under(rule('amount = "50 000 HUF"', "cap_percent = 10"), change)
    assert granted(earned(terms, EARLY, EARLY)) == ["50000", "10000"]
    four = earned(terms, EARLY, EARLY, AFTER, AFTER)
    assert granted(four) == ["50000", "50000", "50000", "30000"]


def test_each_started_hour_gives_what_its_own_rule_says() -> None:
    change = f'{CHANGED}for_each = "hour"\npercent_of_fee = 3'
    terms = under(HOUR, change)
    # two started hours each: 2 x 2 % and 2 x 3 % of 600,000
    assert granted(earned(terms, EARLY, AFTER)) == ["24000", "36000"]


@given(
    st.lists(st.tuples(st.integers(1, 28), st.integers(0, 600)), min_size=1, max_size=8),
    st.sampled_from(["ticket", "month", "hour"]),
    st.sampled_from([(10, 50), (50, 10)]),
    st.sampled_from([(10, 30), (100, 20)]),
)
@settings(max_examples=80, deadline=None)
def test_one_more_broken_promise_never_makes_the_credit_smaller(
    broken: list[tuple[int, int]],
    counted_by: str,
    percents: tuple[int, int],
    caps: tuple[int, int],
) -> None:
    first, then = (
        f'for_each = "{counted_by}"\npercent_of_fee = {percent}\ncap_percent = {cap}'
        for percent, cap in zip(percents, caps, strict=True)
    )
    terms = under(rule(first), CHANGED + then)
    period = month_named("2026-09")
    fee = monthly_fee(terms, period)
    misses = [
        replace(missed(number, minutes), at=instant(f"2026-09-{day:02} 12:00"))
        for number, (day, minutes) in enumerate(broken, start=1)
    ]
    fewer = credits_of(terms, period, misses[:-1], fee).adjusted.total
    assert credits_of(terms, period, misses, fee).adjusted.total.amount >= fewer.amount


# --- Availability ---------------------------------------------------------------------------------

AVAILABLE = '[availability]\nclause = "availability"\npercent = 97.5'


def for_outage(terms: Contract, hours: int, minutes: int = 0) -> MonthOfCredits:
    period = month_named("2026-09")
    outage = down("2026-09-10 00:00", f"2026-09-10 {hours:02}:{minutes:02}")
    stated = availability_of(terms, [outage], period, instant("2026-10-05 09:00"))
    found = list(misses_of_availability(terms, stated))
    return credits_of(terms, period, found, monthly_fee(terms, period))


@pytest.mark.parametrize(
    ("counted_by", "amount"),
    [
        ("month", "60000"),
        ("ticket", "60000"),  # a service counts as a ticket does
        ("hour", "180000"),  # 20:30 lost of 18:00 allowed: three started hours
    ],
)
def test_missed_availability_gives_money_back(counted_by: str, amount: str) -> None:
    terms = under(rule("percent_of_fee = 10", f'for_each = "{counted_by}"', clock=""), AVAILABLE)
    assert granted(for_outage(terms, 20, 30)) == [amount]
    assert granted(for_outage(terms, 18)) == []


def test_availability_kept_only_by_exclusions_has_a_raw_credit() -> None:
    terms = under(
        rule("percent_of_fee = 10", clock=""),
        AVAILABLE,
        EXCLUDED.replace("09-07T10", "09-10T10").replace("09-07T13", "09-10T13"),
    )
    found = for_outage(terms, 20, 30)
    assert granted(found) == []
    assert forint(found.raw.total) == "60000"


# --- Sums -----------------------------------------------------------------------------------------


def missed(number: int, minutes: int) -> Miss:
    subject = Subject(clock="resolution", title="Resolution", clause="A", ticket=number)
    at = instant("2026-09-07 17:00") + timedelta(minutes=number)
    return Miss(
        subject=subject,
        side=Counting.ADJUSTED,
        at=at,
        counted_at=at,
        overrun=timedelta(minutes=minutes),
    )


@given(
    st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=12),
    st.sampled_from(["ticket", "hour"]),
)
@settings(max_examples=60, deadline=None)
def test_below_the_cap_credits_add_up_over_any_partition_of_the_tickets(
    tickets: list[tuple[int, bool]], counted_by: str
) -> None:
    # 12 tickets of ten started hours at 0.07 % are 8.4 % at most
    terms = under(rule("percent_of_fee = 0.07", f'for_each = "{counted_by}"'))
    period = month_named("2026-09")
    fee = monthly_fee(terms, period)
    misses = [missed(number, minutes) for number, (minutes, _) in enumerate(tickets, start=1)]
    left = [miss for miss, (_, mine) in zip(misses, tickets, strict=True) if mine]
    right = [miss for miss, (_, mine) in zip(misses, tickets, strict=True) if not mine]
    whole, one, other = (
        credits_of(terms, period, part, fee).adjusted.total for part in (misses, left, right)
    )
    assert one + other == whole


@given(st.lists(st.integers(0, 6000), max_size=12), st.integers(1, 100))
@settings(max_examples=60, deadline=None)
def test_no_order_of_tickets_changes_the_sum_and_no_cap_is_passed(
    minutes: list[int], cap: int
) -> None:
    terms = under(rule("percent_of_fee = 3", 'for_each = "hour"', f"cap_percent = {cap}"))
    period = month_named("2026-09")
    fee = monthly_fee(terms, period)
    misses = [missed(number, late) for number, late in enumerate(minutes, start=1)]
    total = credits_of(terms, period, misses, fee).adjusted.total
    assert credits_of(terms, period, misses[::-1], fee).adjusted.total == total
    hours = sum(max(1, -(-late // 60)) for late in minutes)
    assert total.amount == min(18_000 * hours, Decimal(6_000) * cap)
