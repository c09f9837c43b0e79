"""What differs between two configurations, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract.configuration import Configuration
from redmine_sla.contract.contract import Contract
from redmine_sla.contract.findings import Path, key_text

DESK = "sla.toml"
_NOTHING = object()


@dataclass(frozen=True, slots=True)
class KeyDifference:
    """One key that differs. `where` is the contract's name, or `sla.toml`.

    `before` and `after` are as a file would say it; `None` where the key is not there.
    """

    where: str
    key: str
    before: str | None
    after: str | None


def differences_between(old: Configuration, new: Configuration) -> tuple[KeyDifference, ...]:
    """All keys whose values differ, defaults filled in; secrets are never compared nor shown.

    What an amendment only inherits from the terms before it is told once.
    """
    return (*_desk(old, new), *_contracts(old, new))


def _desk(old: Configuration, new: Configuration) -> Iterator[KeyDifference]:
    before, after = (each.desk.model_dump(mode="json", by_alias=True) for each in (old, new))
    for path, one, other in _differing(before, after):
        yield KeyDifference(DESK, key_text(path), _said(one), _said(other))


def _contracts(old: Configuration, new: Configuration) -> Iterator[KeyDifference]:
    before = {contract.name: contract for contract in old.contracts}
    after = {contract.name: contract for contract in new.contracts}
    for name in sorted(before.keys() | after.keys()):
        if name in before and name in after:
            yield from _contract(before[name], after[name])
        elif name in before:
            yield KeyDifference(name, "", before[name].title, None)
        else:
            yield KeyDifference(name, "", None, after[name].title)


def _contract(old: Contract, new: Contract) -> Iterator[KeyDifference]:
    before, after = (each.model_dump(mode="json", by_alias=True) for each in (old, new))
    told: set[tuple[Path, str | None, str | None]] = set()
    for path, one, other in _differing(before, after):
        difference = _without_terms(path), _said(one), _said(other)
        match path:
            case ("amendments", _, "terms", *rest) if (tuple(rest), *difference[1:]) in told:
                continue
        told.add(difference)
        yield KeyDifference(new.name, key_text(difference[0]), *difference[1:])


def _without_terms(path: Path) -> Path:
    """As written in a file, where the terms' keys stand at the top."""
    match path:
        case ("terms", *rest):
            return tuple(rest)
        case ("amendments", number, "terms", *rest):
            return ("amendments", number, *rest)
    return path


def _differing(before: Any, after: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    before, after = _by_name(before), _by_name(after)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key, _NOTHING), after.get(key, _NOTHING)
            if one != other:
                yield from _differing(one, other, (*path, key))
    elif before != after:
        yield path, before, after


def _by_name(value: Any) -> Any:
    """A list of tables by the tables' names; those without a name by their place."""
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return value
    return {entry.get("name") or at: entry for at, entry in enumerate(value)}


def _said(value: Any) -> str | None:
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            said = {key: _said(each) for key, each in value.items()}
            inner = ", ".join(f"{key} = {each}" for key, each in said.items() if each)
            return f"{{ {inner} }}" if inner else None
        case list() | tuple():
            return ", ".join(str(_said(each)) for each in value) or None
        case _:
            return None if value is None or value is _NOTHING else str(value)
