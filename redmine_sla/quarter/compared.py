"""Whether a published quarter still says what it said: which figures count in that, and which not.

When a time entry was last edited is told and not compared: an edit that moves no figure restates
nothing. Nor does another wording of a clause, or of a file's title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.quarter.differences import Difference, differences
from redmine_sla.quarter.manifest import Manifest
from redmine_sla.quarter.section import FIGURES_VERSION

EDITED = "changed"
"""The figure that says when booked time was last edited: it tells that something was touched, and
is nobody's figure on the page."""

_NOT_COMPARED = frozenset({EDITED, "changed_late", "clause", "promise_clause"})
"""Keys of stamps of edits, and of wording."""

_LATE = "late_entries"


def is_comparable(manifest: Manifest) -> bool:
    """Whether its figures have the keys and the meaning of those made today."""
    return manifest.figures_version == FIGURES_VERSION


def restated_figures(manifest: Manifest, figures: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every figure of today that is not what the manifest says. JSON-ready.

    Raises `ValueError` where the two cannot be compared.
    """
    if not is_comparable(manifest):
        raise ValueError(f"figures of version {manifest.figures_version} are not today's")
    before = manifest.figures
    return differences(_compared(before), _compared(_titled_as(before, figures)))


def edited_time(manifest: Manifest, figures: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Where time entries were edited since: no figures, but why others may differ."""
    found = differences(manifest.figures, figures)
    return tuple(one for one in found if one.path[-1] == EDITED)


def _compared(figures: Any) -> Any:
    """The same without what is told alone."""
    if isinstance(figures, Mapping):
        return {
            key: _compared(_booked_late(part) if key == _LATE else part)
            for key, part in figures.items()
            if key not in _NOT_COMPARED
        }
    if isinstance(figures, Sequence) and not isinstance(figures, str):
        return [_compared(part) for part in figures]
    return figures


def _booked_late(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Without the rows that tell of nothing but edits."""
    return [row for row in rows if row["booked_late"]]


def _titled_as(before: Mapping[str, Any], figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures with each file under the title it had before: it is known by its digest."""
    section = figures.get(str(Content.CHANGES))
    if not section:
        return figures
    old = before.get(str(Content.CHANGES), {}).get("files", ())
    titles = {row["sha256"]: row["title"] for row in old if row["sha256"]}
    files = [{**row, "title": titles.get(row["sha256"], row["title"])} for row in section["files"]]
    return {**figures, str(Content.CHANGES): {**section, "files": files}}
