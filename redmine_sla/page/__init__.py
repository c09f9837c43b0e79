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
from redmine_sla.page.moments import local_text
from redmine_sla.page.rendering import render
from redmine_sla.page.words import cleaned, page_title

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
    "cleaned",
    "line",
    "local_text",
    "page_title",
    "render",
]
