"""Outages are joined, cut at the period's edges, weighted, and freed of what was agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from redmine_sla.availability import Unmeasured, WhyUnmeasured
from redmine_sla.contract import Contract
from redmine_sla.sla.verdict import Verdict
from tests.availability.measuring import (
    days,
    down,
    in_month,
    month_named,
    over,
    promising_percent,
    services,
)
from tests.judging import contract
from tests.notation import instant

HOUR = 3600
UNDER = promising_percent("97.5")


def test_outages_that_overlap_count_once() -> None:
    one = in_month(
        "2026-09",
        UNDER,
        down("2026-09-03 10:00", "2026-09-03 12:00", ticket=1),
        down("2026-09-03 11:00", "2026-09-03 13:00", ticket=2),
        down("2026-09-03 13:00", "2026-09-03 14:00", ticket=3),
    )
    assert one.adjusted.down == 4 * HOUR
    assert [loss.raw for loss in one.losses] == [
        timedelta(hours=2),
        timedelta(hours=2),
        timedelta(hours=1),
    ]


def test_an_outage_over_midnight_of_the_month_is_split() -> None:
    outage = down("2026-08-31 22:00", "2026-09-01 01:30")
    assert in_month("2026-08", UNDER, outage).adjusted.down == 2 * HOUR
    assert in_month("2026-09", UNDER, outage).adjusted.down == 1.5 * HOUR


def test_a_quarter_that_ends_within_an_outage_takes_its_own_part() -> None:
    outage = down("2026-09-30 23:00", "2026-10-01 05:00")
    assert over(days("2026-07-01", "2026-09-30"), UNDER, outage).adjusted.down == HOUR
    assert over(days("2026-10-01", "2026-12-31"), UNDER, outage).adjusted.down == 5 * HOUR


def test_an_outage_that_lasts_counts_up_to_now_and_says_so() -> None:
    one = in_month("2026-09", UNDER, down("2026-09-10 10:00", None), at="2026-09-10 13:00")
    assert (one.adjusted.down, one.is_down) == (3 * HOUR, True)


def test_an_outage_that_lasts_counts_up_to_the_end_of_a_period_that_is_over() -> None:
    one = in_month("2026-09", UNDER, down("2026-09-30 20:00", None), at="2026-10-03 00:00")
    assert (one.adjusted.down, one.is_down) == (4 * HOUR, False)


def test_what_happened_later_than_is_known_is_not_counted() -> None:
    outage = down("2026-09-10 10:00", "2026-09-10 15:00")
    assert in_month("2026-09", UNDER, outage, at="2026-09-10 12:00").adjusted.down == 2 * HOUR
    assert in_month("2026-09", UNDER, outage, at="2026-09-10 12:00").is_down


MAINTAINED = promising_percent(
    "97.5",
    """
    [[availability.maintenance]]
    reason = "new disks"
    from = 2026-09-06T02:00:00+02:00
    to = 2026-09-06T06:00:00+02:00
    """,
)


def test_maintenance_takes_its_part_out_of_an_outage_at_either_edge() -> None:
    one = in_month(
        "2026-09",
        MAINTAINED,
        down("2026-09-06 01:00", "2026-09-06 03:00", ticket=1),  # one hour before
        down("2026-09-06 05:30", "2026-09-06 06:30", ticket=2),  # half an hour after
    )
    assert (one.raw.down, one.adjusted.down) == (3 * HOUR, 1.5 * HOUR)
    assert [loss.adjusted for loss in one.losses] == [timedelta(hours=1), timedelta(minutes=30)]


def test_maintenance_does_not_shorten_the_service_time() -> None:
    assert in_month("2026-09", MAINTAINED).adjusted.whole == 720 * HOUR


def test_maintenance_at_a_rhythm_begins_at_its_local_hour_also_when_the_clocks_change() -> None:
    # Sundays at 02:00 for 4 h: on 29 March 2026, 02:00 is skipped and it begins at 03:00 summer
    # time (01:00 UTC); the four hours last to 07:00. On 22 March they last from 02:00 to 06:00.
    under = promising_percent(
        "97.5",
        """
        [[availability.maintenance]]
        reason = "weekly updates"
        rhythm = "FREQ=WEEKLY;BYDAY=SU"
        time = 02:00:00
        hours = 4
        """,
    )
    before = in_month("2026-03", under, down("2026-03-22 02:00", "2026-03-22 07:00"))
    assert before.adjusted.down == HOUR
    changed = in_month("2026-03", under, down("2026-03-29 01:00", "2026-03-29 08:00"))
    # 01:00 to 08:00 are six real hours; 01:00 to the jump is one, 07:00 to 08:00 another
    assert (changed.raw.down, changed.adjusted.down) == (6 * HOUR, 2 * HOUR)


def test_maintenance_begun_in_the_last_night_of_the_month_reaches_into_the_next() -> None:
    under = promising_percent(
        "97.5",
        """
        [[availability.maintenance]]
        reason = "end of month"
        rhythm = "FREQ=MONTHLY;BYMONTHDAY=-1"
        time = 22:00:00
        hours = 4
        """,
    )
    one = in_month("2026-10", under, down("2026-09-30 22:00", "2026-10-01 03:00"))
    assert (one.raw.down, one.adjusted.down) == (3 * HOUR, HOUR)


def test_an_exclusion_excuses_the_tickets_it_names_and_no_other() -> None:
    under = promising_percent(
        "97.5",
        """
        [[exclusions]]
        from = 2026-09-10T08:00:00+02:00
        to = 2026-09-10T14:00:00+02:00
        reason = "power cut at the customer"
        author = "We"
        agreed_in = 17
        tickets = [1]
        """,
    )
    outage = ("2026-09-10 10:00", "2026-09-10 15:00")
    excused = in_month("2026-09", under, down(*outage, ticket=1))
    assert (excused.raw.down, excused.adjusted.down) == (5 * HOUR, HOUR)
    both = in_month("2026-09", under, down(*outage, ticket=1), down(*outage, ticket=2))
    assert both.adjusted.down == 5 * HOUR


@pytest.mark.parametrize("only", ["availability = false", "clocks = ['resolution']"])
def test_an_exclusion_for_clocks_alone_leaves_availability_as_it_is(only: str) -> None:
    under = promising_percent(
        "97.5",
        f"""
        [[exclusions]]
        from = 2026-09-10T08:00:00+02:00
        to = 2026-09-10T14:00:00+02:00
        reason = "waited for a decision"
        author = "We"
        agreed_in = 17
        {only}
        """,
    )
    one = in_month("2026-09", under, down("2026-09-10 10:00", "2026-09-10 11:00"))
    assert one.adjusted.down == HOUR


def test_a_rejected_tickets_outage_stands_only_in_the_raw_figures() -> None:
    one = in_month("2026-09", UNDER, down("2026-09-10 00:00", "2026-09-11 00:00", rejected=True))
    assert (one.raw.down, one.adjusted.down) == (24 * HOUR, 0)
    assert (one.raw_verdict, one.verdict) == (Verdict.MISSED, Verdict.MET)


def two_services() -> Contract:
    return contract(
        """
        [availability]
        clause = "A"
        percent = 97.5
        [availability.services.crm]
        title = "CRM"
        hosts = ["crm01"]
        [availability.services.reports]
        title = "Reports"
        weight = 50
        [[availability.maintenance]]
        reason = "monthly figures"
        services = "reports"
        from = 2026-09-01T00:00:00+02:00
        to = 2026-09-01T06:00:00+02:00
        """
    )


def test_each_service_stands_for_itself_and_counts_by_its_weight() -> None:
    found = services(
        month_named("2026-09"),
        two_services(),
        down("2026-09-03 00:00", "2026-09-04 00:00", ticket=1, service="crm01"),
        down("2026-09-03 00:00", "2026-09-04 12:00", ticket=2, service="reports"),
    )
    # 18 h may be lost. CRM lost 24 h; Reports 36 h, of which half counts: 18 h exactly.
    assert found["crm"].adjusted.counted == 24 * HOUR
    assert found["reports"].adjusted.counted == 18 * HOUR
    assert (found["crm"].verdict, found["reports"].verdict) == (Verdict.MISSED, Verdict.MET)


def test_an_outage_of_two_services_is_one_of_each() -> None:
    found = services(
        month_named("2026-09"),
        two_services(),
        down("2026-09-03 00:00", "2026-09-03 02:00", service="CRM, Reports"),
    )
    assert [one.raw.down for one in found.values()] == [2 * HOUR, 2 * HOUR]


def test_maintenance_of_one_service_excuses_no_other() -> None:
    night = ("2026-09-01 00:00", "2026-09-01 02:00")
    found = services(
        month_named("2026-09"),
        two_services(),
        down(*night, ticket=1, service="CRM"),
        down(*night, ticket=2, service="Reports"),
    )
    assert (found["crm"].adjusted.down, found["reports"].adjusted.down) == (2 * HOUR, 0)


def test_an_outage_that_names_no_service_of_the_contract_is_measured_for_none() -> None:
    for words in ("", "Printer", "CRM, Printer"):
        found = services(
            month_named("2026-09"),
            two_services(),
            down("2026-09-03 00:00", "2026-09-03 02:00", service=words),
        )
        assert {one.verdict for one in found.values()} == {Verdict.UNMEASURED}
        assert {one.unmeasured[0].gap for one in found.values()} == {WhyUnmeasured.NO_SERVICE}
        assert {one.adjusted.down for one in found.values()} == {0}


def test_a_service_with_a_promise_of_its_own_is_held_to_that() -> None:
    under = contract(
        "[availability]",
        "clause = 'A'",
        "percent = 97.5",
        "services.shop = { title = 'Shop', percent = 98.89 }",
    )
    one = in_month("2026-09", under, down("2026-09-10 00:00", "2026-09-10 08:00"))
    assert one.verdict is Verdict.MISSED  # 7:59:31 may be lost


def unknown(
    since: str, until: str | None, gap: WhyUnmeasured = WhyUnmeasured.NO_BEGIN
) -> Unmeasured:
    return Unmeasured(
        ticket=9,
        service="",
        gap=gap,
        since=instant(since),
        until=instant(until) if until else None,
    )


def test_an_outage_that_nobody_timed_makes_the_figure_an_upper_bound() -> None:
    one = in_month(
        "2026-09",
        UNDER,
        down("2026-09-03 00:00", "2026-09-03 07:12"),
        unknown("2026-09-20 10:00", "2026-09-20 11:00"),
    )
    assert not one.is_measured
    assert one.adjusted.share is not None
    assert f"{one.adjusted.share:.4f}" == "0.9900"  # 7.2 h of 720 h are lost for certain
    assert one.verdict is Verdict.UNMEASURED


def test_what_is_lost_for_certain_is_lost_whatever_else_nobody_timed() -> None:
    one = in_month(
        "2026-09",
        UNDER,
        down("2026-09-03 00:00", "2026-09-03 18:01"),
        unknown("2026-09-20 10:00", "2026-09-20 11:00"),
    )
    assert one.verdict is Verdict.MISSED


def test_an_outage_that_nobody_timed_touches_only_the_months_it_may_concern() -> None:
    gap = unknown("2026-09-20 10:00", "2026-10-01 00:00")
    assert in_month("2026-08", UNDER, gap).is_measured
    assert not in_month("2026-09", UNDER, gap).is_measured
    assert in_month("2026-10", UNDER, gap).is_measured
    lasts = unknown("2026-09-20 10:00", None)
    assert not in_month("2026-10", UNDER, lasts).is_measured
