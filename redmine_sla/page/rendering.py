"""A page in the markup a Redmine is set to."""

from __future__ import annotations

from redmine_sla.page.common_mark import common_mark
from redmine_sla.page.document import Markup, Page
from redmine_sla.page.textile import textile


def render(page: Page, markup: Markup) -> str:
    """The page's source in that markup."""
    return textile(page) if markup == "textile" else common_mark(page)
