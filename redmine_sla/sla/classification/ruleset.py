"""The packaged rules: one TOML file a language, and those that speak of all of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from redmine_sla.sla.classification.folding import fold

LANGUAGES = ("en", "hu", "pl", "sk", "ru", "kk")
NEUTRAL = "neutral"


@cache
def read_rules(name: str) -> dict[str, dict[str, Any]]:
    """The tables of a rules file (a language, `neutral`, `signals` or `weights`), read once."""
    rules = resources.files(__package__).joinpath("rules")
    return tomllib.loads(rules.joinpath(f"{name}.toml").read_text("utf-8"))


def entries(text: str) -> list[str]:
    """The folded entries of a list, which a comma parts."""
    return [entry for part in text.split(",") if (entry := " ".join(fold(part).split()))]


@cache
def letter_openings(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How lines of a kind (`greeting`, `closing`...) begin in any language: stems, whole words."""
    openings = [
        entry for name in LANGUAGES for entry in entries(read_rules(name)["letter"].get(kind, ""))
    ]
    stems = tuple(entry.rstrip("*") for entry in openings if entry.endswith("*"))
    return stems, tuple(entry for entry in openings if not entry.endswith("*"))
