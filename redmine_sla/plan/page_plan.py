"""Desired against actual for a wiki page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract, Desk
from redmine_sla.language import tongue_for
from redmine_sla.page import Page, page_title, render
from redmine_sla.plan.attachment import Attachment
from redmine_sla.plan.changes import SaveWikiPage
from redmine_sla.plan.stamp import is_due, stamp, without_stamp
from redmine_sla.quarter.freezing import is_published
from redmine_sla.ticket import Project, Vocabulary


@dataclass(frozen=True, slots=True)
class PageNow:
    """A wiki page as it stands: its source and version."""

    text: str
    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: the project and the title."""

    project: Project
    title: str


def place_of(contract: Contract, desk: Desk, vocabulary: Vocabulary) -> Place | None:
    """Where the contract's page stands; `None` where the key sees no such project."""
    wanted = desk.surfaces.wiki_project or contract.projects[0]
    for project in vocabulary.projects.values():
        if project.identifier == wanted:
            title = desk.surfaces.wiki_page.replace("{contract}", contract.name)
            return Place(project, page_title(title))
    return None


def page_change(
    page: Page,
    place: Place,
    now: PageNow | None,
    *,
    contract: Contract,
    desk: Desk,
    as_of: datetime,
    attachments: tuple[Attachment, ...] = (),
) -> SaveWikiPage | None:
    """What must be saved so that the page says that; `None` if it does.

    A page that differs in its stamp alone is renewed every `stamp_every_minutes`; that of a frozen
    quarter stays as it is. `attachments` go with a page that is saved: its words have to change
    when they do.
    """
    if now is not None and is_published(now.text):
        return None
    zone = ZoneInfo(contract.timezone)
    signed = Page((*page.blocks, stamp(as_of, zone, tongue_for(contract.language))))
    text = render(signed, desk.surfaces.wiki_markup)
    why = "new"
    if now is not None:
        every = timedelta(minutes=desk.surfaces.stamp_every_minutes)
        if without_stamp(now.text) != without_stamp(text):
            why = "changed"
        elif is_due(now.text, as_of, zone, every):
            why = "judged again"
        else:
            return None
    return SaveWikiPage(
        project=place.project.id,
        where=place.project.identifier,
        title=place.title,
        contract=contract.name,
        before=now.text if now else None,
        after=text,
        version=now.version if now else None,
        why=why,
        attachments=attachments,
    )
