"""Every message that customers may read: from the code's syntax trees, and from the catalogue.

In the code these are the texts given to `say`, `count`, `Saying` and `marked`; in the profiles,
what stands at keys that customers read.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redmine_sla.contract.promises.clocks import STANDARD_CLOCKS
from redmine_sla.contract.promises.fees import Fees
from redmine_sla.contract.promises.quarterly import Quarter

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "redmine_sla"
CATALOGUE = PACKAGE / "contract" / "catalogue"

_CLOCKS = "redmine_sla/contract/promises/clocks.py"
_FEES = "redmine_sla/contract/promises/fees.py"
_QUARTER = "redmine_sla/contract/promises/quarterly.py"
_READ_BY_CUSTOMERS = frozenset(
    {
        "base_title",
        "checklist",
        "clause",
        "note",
        "purpose",
        "reason",
        "rejection",
        "text",
        "title",
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message and where it stands; with `many`, that is its form for more than one.

    `filled` are the places that the call fills, where it can be seen.
    """

    one: str
    many: str
    where: str
    line: int
    filled: frozenset[str] | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.one, self.many) if self.many else (self.one,)


def all_messages() -> list[Message]:
    """Those of the code, then those of the catalogue, in order of files and lines."""
    return [*messages_of_code(), *messages_of_catalogue()]


def messages_of_code() -> Iterator[Message]:
    for path in sorted(_sources()):
        tree = ast.parse(path.read_text("utf-8"))
        where = str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _of_call(node, where)


def _sources() -> Iterator[Path]:
    """The connectors stand beside the package, which holds a link to them."""
    for path in PACKAGE.rglob("*.py"):
        if "connectors" not in path.parts:
            yield path
    yield from (ROOT / "connectors").rglob("*.py")


def _of_call(call: ast.Call, where: str) -> Iterator[Message]:
    texts = [_literal(argument) for argument in call.args]
    names = {keyword.arg for keyword in call.keywords}
    filled = None if None in names else frozenset(name for name in names if name)
    match _called(call):
        case "say" | "Saying" if texts and texts[0]:
            yield Message(texts[0], "", where, call.lineno, filled)
        case "count" if len(texts) > 1 and texts[0] and texts[1]:
            filled = None if filled is None else filled | {"n"}
            yield Message(texts[0], texts[1], where, call.lineno, filled)
        case "marked" if texts and texts[0]:
            yield Message(texts[0], "", where, call.lineno)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=("say" | "count") as name):
            return name
        case ast.Name(id=("Saying" | "marked") as name):
            return name
    return ""


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def messages_of_catalogue() -> Iterator[Message]:
    """Those of the profiles, and those that stand in a contract that says nothing else."""
    for clock in STANDARD_CLOCKS.values():
        yield Message(clock.title, "", _CLOCKS, 0)
    yield Message(Fees.model_fields["base_title"].default, "", _FEES, 0)
    yield Message(Quarter.model_fields["rejection"].default, "", _QUARTER, 0)
    for path in sorted(CATALOGUE.glob("*.toml")):
        written = tomllib.loads(path.read_text("utf-8"))
        where = str(path.relative_to(ROOT))
        for text in dict.fromkeys(_read_by_customers(written)):
            yield Message(text, "", where, 0)


def _read_by_customers(written: Any, key: str = "") -> Iterator[str]:
    if isinstance(written, Mapping):
        for name, value in written.items():
            yield from _read_by_customers(value, name)
    elif isinstance(written, list):
        for value in written:
            yield from _read_by_customers(value, key)
    elif isinstance(written, str) and key in _READ_BY_CUSTOMERS:
        yield written
