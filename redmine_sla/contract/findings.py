"""What is wrong with a value, and what would be right, tied to the key it stands under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

Path = tuple[str | int, ...]
"""Keys and list positions from the top of a document to a value: `("targets", 2, "within")`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: `what` is wrong, what would be `right`; the path is relative to its finder."""

    path: Path
    what: str
    right: str = ""

    def under(self, *path: str | int) -> Finding:
        """The same finding seen from further up the document."""
        return replace(self, path=(*path, *self.path))

    def __str__(self) -> str:
        said = f"{self.what} ({self.right})" if self.right else self.what
        return f"{key_text(self.path)}: {said}" if self.path else said


class WrongValueError(ValueError):
    """Raised by a value's own reader. Keeps the remedy apart from the complaint."""

    def __init__(self, what: str, right: str = "") -> None:
        super().__init__(f"{what} ({right})" if right else what)
        self.what = what
        self.right = right


class ContradictionsError(ValueError):
    """All the findings of one table at once, for pydantic to carry upwards."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(dict.fromkeys(findings))
        super().__init__("\n".join(map(str, self.findings)))


def key_text(path: Path) -> str:
    """A path as a person writes it: `targets[2].within`, the first of a list being 1."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            key = step if _is_bare(step) else f'"{step}"'
            text += f".{key}" if text else key
    return text


def _is_bare(key: str) -> bool:
    return bool(key) and all(sign.isalnum() or sign in "-_" for sign in key)


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: `a, b, c`, or `none` where there are none."""
    return ", ".join(names) or "none"
