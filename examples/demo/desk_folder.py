"""The demo's configuration folder: one desk, and the five contracts as the examples have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from dateutil.relativedelta import relativedelta

EXAMPLES = Path(__file__).parents[1] / "contracts"
DESK = Path(__file__).with_name("sla.toml")
WRITTEN_IN = date(2026, 11, 1)
"""The month the example contracts speak to; in another one their dates move along."""

_AGREED_IN = re.compile(r"^agreed_in = \d+$", re.MULTILINE)
_LOGIN = re.compile(r'^login = "(\w+)"$', re.MULTILINE)
_DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")


def write(folder: Path, *, url: str, markup: str, now: datetime) -> None:
    """Writes the folder. Only addresses, the wiki's markup, and dates differ from the examples."""
    contracts = folder / "contracts"
    contracts.mkdir(parents=True)
    desk = DESK.read_text(encoding="utf-8")
    for key, before, after in (
        ("url", "http://127.0.0.1", url),
        ("url", "sqlite:///mirror.db", f"sqlite:///{folder / 'mirror.db'}"),
        ("wiki_markup", "common_mark", markup),
    ):
        desk = desk.replace(f'{key} = "{before}"', f'{key} = "{after}"')
    (folder / "sla.toml").write_text(desk, encoding="utf-8")
    for example in sorted(EXAMPLES.glob("*/contracts/*.toml")):
        text = moved_along(example.read_text(encoding="utf-8"), now.date())
        (contracts / example.name).write_text(text, encoding="utf-8")


def keep_key(folder: Path, key: str) -> None:
    """Puts the bot's API key where `sla.toml` says it is, for nobody else to read."""
    file = folder / "api.key"
    file.touch(mode=0o600)
    file.write_text(key)


def number_the_contacts(folder: Path, numbers: Mapping[str, int]) -> None:
    """Lets the contracts know their contacts by Redmine's number, given by login: anybody may
    change his name."""
    for file in (folder / "contracts").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        numbered = _LOGIN.sub(lambda found: f"user = {numbers[found[1]]}\n{found[0]}", text)
        file.write_text(numbered, encoding="utf-8")


def name_the_agreement(folder: Path, ticket: int) -> None:
    """Lets the contract that leaves a time out name the ticket where that was agreed."""
    file = folder / "contracts" / "alma.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(_AGREED_IN.sub(f"agreed_in = {ticket}", text), encoding="utf-8")


def moved_along(text: str, today: date) -> str:
    """The contract with all its dates moved by whole months, so that it runs today as it did then.

    So the demo tells the same next year; in the month it was written for nothing moves.
    """
    months = (today.year - WRITTEN_IN.year) * 12 + today.month - WRITTEN_IN.month
    moved = relativedelta(months=months)
    return _DATE.sub(lambda found: str(date.fromisoformat(found[0]) + moved), text)
