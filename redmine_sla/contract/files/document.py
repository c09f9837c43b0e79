"""TOML texts on their way to models: parsed, laid over their profile, mistakes brought home."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError

from redmine_sla.contract.base import Section
from redmine_sla.contract.contract import SHARED_KEYS, Contract, versions
from redmine_sla.contract.explain import findings_of, near
from redmine_sla.contract.files.lines import line_at, lines_of
from redmine_sla.contract.findings import Finding, Path, key_text
from redmine_sla.contract.problems import Problem
from redmine_sla.contract.tree import Node, merged

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")

Model = TypeVar("Model", bound=Section)

FindProfile = Callable[[str], tuple[str, str] | None]
"""Gives the file name and text of the profile of that name."""


@dataclass
class Documents:
    """The files of one loading, with the lines of their keys and the problems found in them."""

    lines: dict[str, Mapping[Path, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def parse(self, text: str, file: str) -> Node | None:
        """A document with its places; `None` where it is no TOML, which is noted."""
        try:
            parsed = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            place = _POSITION.search(str(error))
            line = int(place["line"]) if place and place["line"] else text.count("\n") + 1
            what = _POSITION.sub("", str(error))
            self.problems.append(
                Problem(file, line, "", f"{what[0].lower()}{what[1:]}", "this line is not TOML")
            )
            return None
        self.lines[file] = lines_of(text)
        return Node.of(parsed, file)

    def note(self, tree: Node, finding: Finding) -> None:
        self.problems.append(self.problem(tree, finding))

    def problem(self, tree: Node, finding: Finding, *, code: str = "") -> Problem:
        """A finding brought back to the file and line where its value was written."""
        node, missing = _home(tree, finding.path)
        line = line_at(self.lines[node.file], node.path) if node.file in self.lines else 0
        key = key_text((*node.path, *missing))
        return Problem(node.file, line, key, finding.what, finding.right, code)

    def read(self, model: type[Model], tree: Node) -> Model | None:
        """The model of a document, or its mistakes noted."""
        try:
            return model.model_validate(tree.plain())
        except ValidationError as error:
            for finding in findings_of(error, model.keys()):
                self.note(tree, finding)
            return None

    def laid_over_profile(
        self, tree: Node, find: FindProfile, known: Iterable[str], above: tuple[str, ...] = ()
    ) -> Node | None:
        """A document over the profile it extends, and that over its own, and so on.

        `None` where a profile is missing, is no TOML, or extends itself, which is noted.
        """
        if not isinstance(tree.value.get("extends"), Node):
            return tree
        name = str(tree.value["extends"].value)
        found = find(name)
        if found is None:
            what, right = f'no profile is called "{name}"', near(name, known)
            self.note(tree, Finding(("extends",), what, right))
            return None
        file, text = found
        files = (*above, tree.file)
        if file in files:
            self.note(tree, Finding(("extends",), "extends itself", " -> ".join((*files, file))))
            return None
        profile = self.parse(text, file)
        below = self.laid_over_profile(profile, find, known, files) if profile else None
        return merged(below, tree) if below else None


def _home(tree: Node, path: Path) -> tuple[Node, Path]:
    """The node a finding is about; that of an amendment's terms may stand in any layer below."""
    match path:
        case ("amendments", int(), "terms", str(key), *rest) if key in SHARED_KEYS:
            return tree.at((key, *rest))
        case ("amendments", int(number), "terms", *rest) if number + 1 < len(versions(tree)):
            return versions(tree)[number + 1].at(tuple(rest))
        case _:
            return tree.at(path)


def contract_of(documents: Documents, tree: Node, name: str) -> Contract | None:
    """A contract from its laid-out document; its file's name is its own unless it says another."""
    named = merged(Node.of({"name": name}, tree.file), tree)
    return documents.read(Contract, named)
