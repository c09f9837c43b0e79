"""The plan for people, as a readable diff, and for programs, as JSON."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from redmine_sla.page import cleaned
from redmine_sla.plan.attachment import Attachment
from redmine_sla.plan.changes import (
    Change,
    CreateTicket,
    CreateVersion,
    PublishFile,
    SaveWikiPage,
    UpdateTicket,
)
from redmine_sla.plan.plan import Plan

_NOTHING = "(empty)"
_CONTEXT = 1
_MARGIN = " " * 6
_DIGITS = 12  # of a digest, enough for people to compare


def plan_text(plan: Plan) -> str:
    """The diff, aligned, ending with a line that counts; made for a terminal of any width.

    #123  Printer prints blanks  [acme]
          resolution within 8 business hours: 81 % used, due 2026-11-21 14:00 CET
          SLA status      - resolution: on track
                          + resolution: at risk
    file  quarter.pdf  [acme] in acme, version 2026-Q3: new
          + 81,204 bytes, SHA-256 9f86d081884c...
    """
    lines: list[str] = []
    for change in plan.changes:
        lines += [*_lines(change), ""]
    lines += [f"! {finding}" for finding in plan.findings]
    return "\n".join([*lines, _count(plan)]) + "\n"


def name_of(change: Change) -> str:
    """What a line about the change calls it."""
    match change:
        case UpdateTicket():
            return f"#{change.ticket}"
        case SaveWikiPage():
            return change.title
        case CreateVersion():
            return f"version {change.name}"
        case PublishFile():
            return f"file {change.filename}"
        case CreateTicket():
            return f'ticket "{cleaned(change.subject)}"'


def _lines(change: Change) -> Iterable[str]:
    match change:
        case UpdateTicket():
            return _ticket_lines(change)
        case SaveWikiPage():
            return _page_lines(change)
        case CreateVersion():
            return _version_lines(change)
        case PublishFile():
            return _file_lines(change)
        case CreateTicket():
            return _new_ticket_lines(change)


def _ticket_lines(change: UpdateTicket) -> Iterable[str]:
    number = f"#{change.ticket}"
    margin = " " * (len(number) + 2)
    yield f"{number}  {cleaned(change.subject)}  [{change.contract}]"
    if change.why:
        yield f"{margin}{cleaned(change.why)}"
    width = max((len(edit.what) for edit in change.edits), default=0)
    for edit in change.edits:
        yield f"{margin}{edit.what:<{width}}  - {cleaned(edit.before) or _NOTHING}"
        yield f"{margin}{'':<{width}}  + {cleaned(edit.after) or _NOTHING}"
    if change.note:
        kind = "private note" if change.private_note else "note"
        yield f"{margin}+ {kind}: {cleaned(change.note)}"


def _page_lines(change: SaveWikiPage) -> Iterable[str]:
    yield f"wiki  {change.title}  [{change.contract}] in {change.where}: {change.why}"
    before = (change.before or "").replace("\r\n", "\n").splitlines()
    diff = difflib.unified_diff(before, change.after.splitlines(), lineterm="", n=_CONTEXT)
    for row in list(diff)[2:]:
        sign, words = row[:1], cleaned(row[1:]).rstrip()
        yield "      ..." if sign == "@" else f"      {sign} {words}".rstrip()

    for attachment in change.attachments:
        yield f"      + file {attachment.filename}: {_measured(attachment)}"


def _version_lines(change: CreateVersion) -> Iterable[str]:
    where = f"{change.where}, due {change.due}" if change.due else change.where
    yield f"version  {cleaned(change.name)}  [{change.contract}] in {where}: {change.why}"
    if change.description:
        yield f"{_MARGIN}+ {cleaned(change.description)}"


def _file_lines(change: PublishFile) -> Iterable[str]:
    where = f"{change.where}, version {cleaned(change.version_name)}"
    yield f"file  {cleaned(change.filename)}  [{change.contract}] in {where}: {change.why}"
    yield f"{_MARGIN}+ {_measured(change.attachment)}"


def _new_ticket_lines(change: CreateTicket) -> Iterable[str]:
    subject = cleaned(change.subject)
    yield f"new ticket  {subject}  [{change.contract}] in {change.where}: {change.why}"
    days = [f"{word} {day}" for word, day in (("from", change.start), ("due", change.due)) if day]
    version = f"version {cleaned(change.version_name)}" if change.version_name else ""
    yield f"{_MARGIN}+ {', '.join(filter(None, [f'key {change.key}', *days, version]))}"
    for row in change.description.replace("\r\n", "\n").splitlines():
        yield f"{_MARGIN}+ {cleaned(row).rstrip()}".rstrip()


def _measured(attachment: Attachment) -> str:
    return f"{attachment.size:,} bytes, SHA-256 {attachment.sha256[:_DIGITS]}..."


def _count(plan: Plan) -> str:
    if plan.is_empty:
        return "Nothing to write."
    always = [
        counted(len(plan.ticket_updates), "ticket"),
        counted(len(plan.pages), "wiki page"),
    ]
    others = [
        counted(number, what)
        for number, what in (
            (len(plan.versions), "version"),
            (len(plan.files), "file"),
            (len(plan.new_tickets), "new ticket"),
        )
        if number
    ]
    *some, last = always + others
    return f"{', '.join(some)} and {last} to write."


def counted(number: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready data: keys are stable, `edits` and `text` hold the exact words."""
    return {
        "as_of": f"{plan.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "changes": [_as_data(change) for change in plan.changes],
        "findings": list(plan.findings),
    }


def _as_data(change: Change) -> dict[str, Any]:
    match change:
        case UpdateTicket():
            return _ticket_data(change)
        case SaveWikiPage():
            return _page_data(change)
        case CreateVersion():
            return {
                "kind": "version",
                "contract": change.contract,
                "project": change.where,
                "name": change.name,
                "description": change.description,
                "due": _day(change.due),
                "why": change.why,
            }
        case PublishFile():
            return {
                "kind": "file",
                "contract": change.contract,
                "project": change.where,
                "version_name": change.version_name,
                "why": change.why,
                **_attachment_data(change.attachment),
            }
        case CreateTicket():
            return _new_ticket_data(change)


def _ticket_data(change: UpdateTicket) -> dict[str, Any]:
    return {
        "kind": "ticket",
        "contract": change.contract,
        "ticket": change.ticket,
        "subject": change.subject,
        "why": change.why,
        "edits": [
            {"what": edit.what, "before": edit.before, "after": edit.after} for edit in change.edits
        ],
        "note": change.note or None,
        "private_note": change.private_note,
    }


def _page_data(change: SaveWikiPage) -> dict[str, Any]:
    return {
        "kind": "wiki_page",
        "contract": change.contract,
        "project": change.where,
        "title": change.title,
        "why": change.why,
        "version": change.version,
        "before": change.before,
        "after": change.after,
        "attachments": [_attachment_data(attachment) for attachment in change.attachments],
    }


def _new_ticket_data(change: CreateTicket) -> dict[str, Any]:
    return {
        "kind": "new_ticket",
        "contract": change.contract,
        "project": change.where,
        "key": change.key,
        "subject": change.subject,
        "description": change.description,
        "start": _day(change.start),
        "due": _day(change.due),
        "version_name": change.version_name or None,
        "why": change.why,
    }


def _attachment_data(attachment: Attachment) -> dict[str, Any]:
    """The bytes by their size and digest."""
    return {
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "description": attachment.description,
        "bytes": attachment.size,
        "sha256": attachment.sha256,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
