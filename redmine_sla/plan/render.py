"""The plan for people, as a readable diff, and for programs, as JSON."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from redmine_sla.page import cleaned
from redmine_sla.plan.changes import Change, SaveWikiPage, UpdateTicket
from redmine_sla.plan.plan import Plan

_NOTHING = "(empty)"
_CONTEXT = 1


def plan_text(plan: Plan) -> str:
    """The diff, aligned, ending with a line that counts; made for a terminal of any width.

    #123  Printer prints blanks  [acme]
          resolution within 8 business hours: 81 % used, due 2026-11-21 14:00 CET
          SLA status      - resolution: on track
                          + resolution: at risk
    """
    lines: list[str] = []
    for change in plan.changes:
        lines += [*_lines(change), ""]
    lines += [f"! {finding}" for finding in plan.findings]
    return "\n".join([*lines, _count(plan)]) + "\n"


def _lines(change: Change) -> Iterable[str]:
    if isinstance(change, UpdateTicket):
        return _ticket_lines(change)
    return _page_lines(change)


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


def _count(plan: Plan) -> str:
    if plan.is_empty:
        return "Nothing to write."
    tickets, pages = len(plan.ticket_updates), len(plan.pages)
    return f"{_counted(tickets, 'ticket')} and {_counted(pages, 'wiki page')} to write."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as JSON-ready data: keys are stable, `edits` and `text` hold the exact words."""
    return {
        "as_of": f"{plan.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "changes": [_as_data(change) for change in plan.changes],
        "findings": list(plan.findings),
    }


def _as_data(change: Change) -> dict[str, Any]:
    if isinstance(change, SaveWikiPage):
        return {
            "kind": "wiki_page",
            "contract": change.contract,
            "project": change.where,
            "title": change.title,
            "why": change.why,
            "version": change.version,
            "before": change.before,
            "after": change.after,
        }
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
