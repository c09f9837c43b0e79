"""Service hours as customers read them: days by their short names, in their language."""

from __future__ import annotations

import pytest

from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.plan.service_hours import service_hours


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Mon-Fri 08:00-12:00,13:00-17:00; Sat 09:00-12:00"),
        ("hu", "H-P 08:00-12:00,13:00-17:00; Szo 09:00-12:00"),
        ("pl", "pon.-pt. 08:00-12:00,13:00-17:00; sob. 09:00-12:00"),
        ("sk", "po-pi 08:00-12:00,13:00-17:00; so 09:00-12:00"),
        ("ru", "пн-пт 08:00-12:00,13:00-17:00; сб 09:00-12:00"),
        ("kk", "дс-жм 08:00-12:00,13:00-17:00; сб 09:00-12:00"),
    ],
)
def test_days_have_their_short_names(language: str, words: str) -> None:
    hours = "Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00"
    assert service_hours(hours, tongue_for(Language(language))) == words


def test_all_hours_are_said() -> None:
    assert service_hours("24/7", tongue_for(Language.SLOVAK)) == "nepretržite"


@pytest.mark.parametrize("hours", ["week 1-53/2 Mo 09:00-12:00", "Jul-Aug Mo-Fr 09:00-15:00"])
def test_what_days_alone_do_not_say_stands_as_it_was_written(hours: str) -> None:
    assert service_hours(hours, tongue_for(Language.HUNGARIAN)) == hours
