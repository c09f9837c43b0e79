"""A contract is laid over the profile it extends: tables key by key, rules and duties by name."""

from __future__ import annotations

from pathlib import Path

from redmine_sla.contract import load_folder, loads_contract
from tests.contract.writing import OFFICE, PLAIN, complaints_about, folder

PROFILE = """\
calendar = "office"
[calendars.office]
hours = "Mo-Fr 08:00-16:00"
holidays = "HU"
[[targets]]
name = "start"
clock = "work_start"
within = "8bh"
clause = "profile 1"
[[targets]]
name = "repair"
clock = "resolution"
within = "5bd"
clause = "profile 2"
[[obligations]]
name = "backup"
title = "Backup"
clause = "profile 3"
rhythm = "FREQ=MONTHLY;BYMONTHDAY=1"
"""
EXTENDS = 'extends = "ours"\n'


def laid(tmp_path: Path, own: str) -> list[tuple[str, str]]:
    files = {"profiles/ours.toml": PROFILE, "contracts/alma.toml": EXTENDS + PLAIN + own}
    terms = load_folder(folder(tmp_path, files)).contract_named("alma").terms
    return [(rule.clause, str(rule.within)) for rule in terms.targets]


def test_a_table_keeps_what_the_contract_does_not_name(tmp_path: Path) -> None:
    own = '[calendars.office]\nhours = "Mo-Fr 10:00-18:00"\n'
    files = {"profiles/ours.toml": PROFILE, "contracts/alma.toml": EXTENDS + PLAIN + own}
    calendar = load_folder(folder(tmp_path, files)).contracts[0].terms.calendar_for()
    assert (calendar.hours, calendar.holidays) == ("Mo-Fr 10:00-18:00", "HU")


def test_own_rules_stand_before_those_of_the_profile(tmp_path: Path) -> None:
    own = '[[targets]]\nclock = "work_start"\nwithin = "1bh"\nclause = "own"\npriority = "Urgent"\n'
    assert laid(tmp_path, own) == [
        ("own", "1 business hour"),
        ("profile 1", "8 business hours"),
        ("profile 2", "5 business days"),
    ]


def test_a_rule_of_the_same_name_changes_the_profiles_in_its_place(tmp_path: Path) -> None:
    assert laid(tmp_path, '[[targets]]\nname = "repair"\nwithin = "3bd"\n') == [
        ("profile 1", "8 business hours"),
        ("profile 2", "3 business days"),
    ]


def test_a_rule_can_be_taken_out(tmp_path: Path) -> None:
    assert laid(tmp_path, '[[targets]]\nname = "repair"\nremoved = true\n') == [
        ("profile 1", "8 business hours")
    ]


def test_taking_out_what_nobody_promised_is_a_mistake(tmp_path: Path) -> None:
    own = '[[obligations]]\nname = "bakcup"\nremoved = true\n'
    files = {"profiles/ours.toml": PROFILE, "contracts/alma.toml": EXTENDS + PLAIN + own}
    assert complaints_about(folder(tmp_path, files))[-1] == (
        "contracts/alma.toml:13: obligations[1].removed: nothing inherited has this name "
        "(leave the entry out)"
    )


def test_a_mistake_in_the_profile_is_told_there(tmp_path: Path) -> None:
    files = {
        "profiles/ours.toml": PROFILE.replace('"8bh"', '"8h"'),
        "contracts/alma.toml": EXTENDS + PLAIN,
    }
    assert complaints_about(folder(tmp_path, files)) == [
        "profiles/ours.toml:8: targets[1].within: target '8h' does not say whether closed hours "
        "count (write 8bh (in service only) or 8ch (day and night))"
    ]


def test_a_mistake_of_the_contract_in_a_profiles_table_is_told_in_the_contract(
    tmp_path: Path,
) -> None:
    own = '[calendars.office]\nhours = "Mo-Fr 8-16"\n'
    files = {"profiles/ours.toml": PROFILE, "contracts/alma.toml": EXTENDS + PLAIN + own}
    (told,) = complaints_about(folder(tmp_path, files))
    assert told.startswith("contracts/alma.toml:12: calendars.office.hours: ")


def test_a_profile_can_extend_one_of_the_catalogue(tmp_path: Path) -> None:
    files = {
        "profiles/ours.toml": 'extends = "help-desk"\n'
        '[calendars.office]\nhours = "Mo-Fr 07:00-15:00"\n',
        "contracts/alma.toml": EXTENDS + PLAIN,
    }
    terms = load_folder(folder(tmp_path, files)).contracts[0].terms
    assert terms.calendar_for().hours == "Mo-Fr 07:00-15:00"
    assert [rule.name for rule in terms.targets] == [
        "start-user",
        "start-system",
        "start-infrastructure",
    ]


def test_profiles_in_a_circle_are_told(tmp_path: Path) -> None:
    files = {
        "profiles/ours.toml": 'extends = "theirs"\n',
        "profiles/theirs.toml": 'extends = "ours"\n',
        "contracts/alma.toml": EXTENDS + PLAIN + OFFICE,
    }
    assert complaints_about(folder(tmp_path, files)) == [
        "profiles/theirs.toml:1: extends: extends itself (contracts/alma.toml -> "
        "profiles/ours.toml -> profiles/theirs.toml -> profiles/ours.toml)"
    ]


def test_a_text_can_extend_the_catalogue_without_any_folder() -> None:
    assert (
        loads_contract('extends = "help-desk"\n' + PLAIN).offer == "Help desk with problem classes"
    )
