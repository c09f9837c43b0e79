"""Profile crm-support: 93.3, 97.5 and 98.89 %: kept to the last second, broken by the next."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.sla.verdict import Verdict
from tests.availability.measuring import days, down, in_month, over, promising_percent

# September 2026 has 30 x 24 h = 720 h = 2,592,000 s.
# 98.89 %: 1.11 % may be lost = 28,771.2 s = 7:59:31.2
# 97.5 %:  2.5 %  may be lost = 64,800 s   = 18:00:00 exactly
# 93.3 %:  6.7 %  may be lost = 173,664 s  = 48:14:24 exactly


@pytest.mark.parametrize(
    ("percent", "last_second", "first_too_late"),
    [
        ("98.89", "2026-09-10 07:59:31", "2026-09-10 07:59:32"),
        ("97.5", "2026-09-10 18:00:00", "2026-09-10 18:00:01"),
        ("93.3", "2026-09-12 00:14:24", "2026-09-12 00:14:25"),
    ],
)
def test_it_is_kept_to_the_last_second_that_may_be_lost(
    percent: str, last_second: str, first_too_late: str
) -> None:
    under = promising_percent(percent)
    kept = in_month("2026-09", under, down("2026-09-10 00:00", last_second))
    broken = in_month("2026-09", under, down("2026-09-10 00:00", first_too_late))
    assert kept.verdict is Verdict.MET
    assert broken.verdict is Verdict.MISSED


def test_exactly_98_89_percent_is_kept_and_one_second_less_is_not() -> None:
    # 25 days have 2,160,000 s: 1.11 % of it is 23,976 s = 6:39:36 exactly
    stretch = days("2026-09-01", "2026-09-25")
    under = promising_percent("98.89")
    exact = over(stretch, under, down("2026-09-10 00:00", "2026-09-10 06:39:36"))
    assert exact.adjusted.share == Decimal("0.9889")
    assert exact.verdict is Verdict.MET
    assert (
        over(stretch, under, down("2026-09-10 00:00", "2026-09-10 06:39:37")).verdict
        is Verdict.MISSED
    )


def test_98_885_percent_is_not_98_89() -> None:
    # 25 days, 2,160,000 s: 1.115 % of it is 24,084 s = 6:41:24
    one = over(
        days("2026-09-01", "2026-09-25"),
        promising_percent("98.89"),
        down("2026-09-10 00:00", "2026-09-10 06:41:24"),
    )
    assert one.adjusted.share == Decimal("0.98885")
    assert one.verdict is Verdict.MISSED
    assert one.adjusted.overrun.total_seconds() == 108  # 24,084 - 23,976


def test_without_an_outage_all_of_it_was_there() -> None:
    one = in_month("2026-09", promising_percent("98.89"))
    assert one.adjusted.share == Decimal(1)
    assert one.verdict is Verdict.MET
