"""A section of the deliverable: what people read, what they calculate with, what is frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Block, KeyFigure
from redmine_sla.press.sheet import Sheet

FIGURES_VERSION = 1
"""Of the keys of all sections' figures, and of what they mean. It stands in each manifest, and only
figures of the same version are compared: so raise it by one when a key comes, goes or gets another
meaning, or the quarters of all customers are restated by an upgrade.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`blocks` and the titles of `sheets` are in the customer's language and hold only what every
    reader of the page may see. `figures` are JSON-ready and the same in every language: two
    quarters are equal when their figures are. `highlights` stand at the top of the whole
    deliverable. `gaps` are sentences on what was promised and is not there: a report without
    causes, a file that is missing.

    Whoever changes the keys of `figures`, or their meaning, raises `FIGURES_VERSION`.

    A measure says its unit in the last word of its key: `seconds`, `hours`, `share` (of 1),
    `percent`, `bytes`. It is a whole number, or a string where it has a fraction. Amounts are
    strings with their currency, days and months are written as in ISO 8601, instants in UTC.
    A number without a unit is a count, or (`ticket`, `entry`) the number of a row in Redmine.
    """

    content: Content
    blocks: tuple[Block, ...]
    figures: Mapping[str, Any]
    sheets: tuple[Sheet, ...] = ()
    highlights: tuple[KeyFigure, ...] = ()
    gaps: tuple[str, ...] = ()
