"""Tickets that not every reader of a page may see are counted there, and not named."""

from __future__ import annotations

from redmine_sla.page import Block, Paragraph, line
from redmine_sla.quarter.frame import Frame


def not_named(count: int, frame: Frame) -> Block:
    """The line that counts them."""
    return Paragraph(
        line(
            frame.tongue.count(
                "And {n} on a ticket that not every reader of this page may see.",
                "And {n} on tickets that not every reader of this page may see.",
                count,
            )
        )
    )
