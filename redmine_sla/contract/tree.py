"""Documents that remember where each of their values was written, and how they are laid over
each other: a contract over its profile, an amendment over the terms before it.

Tables are merged key by key. Lists are replaced, with two exceptions at the top of a document:
the entries of `KEYED` lists are known by their `name` (an entry of the same name is merged into the
one below, `removed = true` takes it out, all others stand *before* those below), and `JOINED`
lists are put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract.findings import Path

KEYED = frozenset({"targets", "obligations", "clauses", "credits", "escalation"})
JOINED = frozenset({"exclusions", "accepted_warnings"})


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the file it was written in and its path there.

    Tables hold nodes by key, lists hold nodes, everything else is a plain value.
    """

    value: Any
    file: str
    path: Path

    @classmethod
    def of(cls, value: Any, file: str = "", path: Path = ()) -> Node:
        """Wrap a parsed document."""
        if isinstance(value, Mapping):
            children: Any = {key: cls.of(child, file, (*path, key)) for key, child in value.items()}
        elif isinstance(value, list | tuple):
            children = [cls.of(child, file, (*path, at)) for at, child in enumerate(value)]
        else:
            children = value
        return cls(children, file, path)

    def plain(self) -> Any:
        """The document without its memory."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def at(self, path: Path) -> tuple[Node, Path]:
        """The deepest node on the way to `path` that was written, and the rest of the way."""
        node = self
        for depth, step in enumerate(path):
            child = node._child(step)
            if child is None:
                return node, path[depth:]
            node = child
        return node, ()

    def _child(self, step: str | int) -> Node | None:
        if isinstance(self.value, dict):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            child: Node = self.value[step]
            return child
        return None

    def only(self, keys: frozenset[str]) -> Node:
        """The same table with those keys alone."""
        return Node(
            {key: child for key, child in self.value.items() if key in keys}, self.file, self.path
        )


def merged(below: Node, above: Node, *, top: bool = True) -> Node:
    """`above` laid over `below`; what only one of them says stands."""
    if not isinstance(below.value, dict) or not isinstance(above.value, dict):
        return above
    table = dict(below.value)
    for key, child in above.value.items():
        if key not in table:
            table[key] = child
        elif top and key in KEYED | JOINED and _both_lists(table[key], child):
            table[key] = _list_over(table[key], child, keyed=key in KEYED)
        else:
            table[key] = merged(table[key], child, top=False)
    return Node(table, above.file, above.path)


def _both_lists(below: Node, above: Node) -> bool:
    return isinstance(below.value, list) and isinstance(above.value, list)


def _list_over(below: Node, above: Node, *, keyed: bool) -> Node:
    changes = {_name(entry): entry for entry in above.value if keyed and _name(entry)}
    inherited = {_name(entry) for entry in below.value if _name(entry)}
    own = [entry for entry in above.value if not keyed or _name(entry) not in inherited]
    return Node([*own, *_changed(below.value, changes)], above.file, above.path)


def _changed(entries: list[Node], changes: Mapping[str | None, Node]) -> Iterator[Node]:
    for entry in entries:
        change = changes.get(_name(entry)) if _name(entry) else None
        if change is None:
            yield entry
        elif not _removed(change):
            yield merged(entry, change, top=False)


def _name(entry: Node) -> str | None:
    name = entry.value.get("name") if isinstance(entry.value, dict) else None
    return name.value if name is not None and isinstance(name.value, str) else None


def _removed(entry: Node) -> bool:
    removed = entry.value.get("removed")
    return removed is not None and removed.value is True
