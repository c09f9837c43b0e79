"""Pages without a markup: a small document, and its two forms for Redmine's wiki."""

from redmine_sla.page.document import (
    Align,
    Block,
    Bullets,
    Column,
    Heading,
    Inline,
    IssueLink,
    Line,
    Markup,
    Page,
    Paragraph,
    Strong,
    Table,
    Text,
    WikiLink,
    line,
)
from redmine_sla.page.rendering import render

__all__ = [
    "Align",
    "Block",
    "Bullets",
    "Column",
    "Heading",
    "Inline",
    "IssueLink",
    "Line",
    "Markup",
    "Page",
    "Paragraph",
    "Strong",
    "Table",
    "Text",
    "WikiLink",
    "line",
    "render",
]
