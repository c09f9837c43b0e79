"""A section of the deliverable: what people read, what they calculate with, what is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Block, KeyFigure
from redmine_sla.press.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`blocks` and the titles of `sheets` are in the customer's language and hold only what every
    reader of the page may see. `figures` are JSON-ready and the same in every language (keys are
    words, instants ISO 8601 in UTC, amounts and shares strings): two quarters are equal when their
    figures are. `highlights` stand at the top of the whole deliverable. `gaps` are sentences on
    what was promised and is not there: a report without causes, a file that is missing.
    """

    content: Content
    blocks: tuple[Block, ...]
    figures: Mapping[str, Any]
    sheets: tuple[Sheet, ...] = ()
    highlights: tuple[KeyFigure, ...] = ()
    gaps: tuple[str, ...] = ()
