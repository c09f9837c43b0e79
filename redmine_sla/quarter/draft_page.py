"""A quarter's wiki page before it is handed over."""

from __future__ import annotations

from redmine_sla.page import Figure, Page, Paragraph, Strong, line
from redmine_sla.quarter.deliverable import Deliverable


def draft_page(deliverable: Deliverable) -> Page:
    """What will be handed over, as far as it is known, without charts: those are drawn once, for
    the publication. By which instant it was known, the page's stamp says.
    """
    title, *rest = (block for block in deliverable.body if not isinstance(block, Figure))
    if deliverable.is_draft:
        return Page((title, *rest))
    notice = deliverable.frame.tongue.say(
        "Draft: the quarter is over and not handed over yet; its figures may still change."
    )
    return Page((title, Paragraph(line(Strong(notice))), *rest))
