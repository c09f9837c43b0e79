"""Words in the columns of a wiki's tables."""

from __future__ import annotations

from dataclasses import replace

from redmine_sla.page.document import Line, Link, Strong, Text
from redmine_sla.page.words import shortened


def in_a_column(words: Line) -> Line:
    """The words with those cut that would push the next columns out of sight. Where a link leads
    stays as it is.
    """
    return tuple(
        replace(part, text=shortened(part.text)) if isinstance(part, Text | Strong | Link) else part
        for part in words
    )
