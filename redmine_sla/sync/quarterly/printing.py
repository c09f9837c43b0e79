"""What is published of an edition, as files: asked of the press, named, ready to be sent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from redmine_sla.contract.promises.quarterly import Format
from redmine_sla.page import Page
from redmine_sla.plan import Attachment
from redmine_sla.quarter.deliverable import Deliverable


@dataclass(frozen=True, slots=True)
class Printed:
    """An edition in print: `files` for Redmine's Files, `pictures` of its charts for the wiki.

    The same page and sheets give the same bytes, whenever they are printed: a publication that
    was cut short is completed by printing again.
    """

    files: tuple[Attachment, ...] = ()
    pictures: tuple[Attachment, ...] = ()


Printer = Callable[[Deliverable, Page, str, Collection[Format]], Printed]
"""Prints a deliverable's page and sheets in those formats; the text is the files' stem."""
