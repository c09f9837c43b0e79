"""A whole publication as changes: a version, files under it, a page with a picture, tickets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from redmine_sla.plan import (
    Attachment,
    Change,
    CreateTicket,
    CreateVersion,
    PublishFile,
    SaveWikiPage,
)

QUARTER = "2026-Q3"
CHART = Attachment("chart.png", b"\x89PNG a chart", "image/png")
OURS: Mapping[str, Any] = {"project": 1, "where": "acme", "contract": "acme", "why": "new"}


def version(**changed: Any) -> CreateVersion:
    return CreateVersion(**{**OURS, "name": QUARTER, "deliverable": "acme 2026-Q3", **changed})


def file(name: str = "quarter.pdf", content: bytes = b"%PDF", **changed: Any) -> PublishFile:
    given = {"version_name": QUARTER, "filename": name, "content": content}
    kind = {"content_type": "application/octet-stream", "deliverable": "acme 2026-Q3"}
    return PublishFile(**{**OURS, **given, **kind, **changed})


def page(**changed: Any) -> SaveWikiPage:
    words = {"title": "SLA_acme_2026-Q3", "before": None, "after": "The quarter", "version": None}
    shown = {"attachments": (CHART,), "deliverable": "acme 2026-Q3"}
    return SaveWikiPage(**{**OURS, **words, **shown, **changed})


def ticket(key: str = "acme/2026-Q3/sign-off", **changed: Any) -> CreateTicket:
    """A ticket that is found by its key in field 7."""
    given = {"key": key, "key_field": 7, "tracker": 1, "subject": key, "description": "Look."}
    return CreateTicket(**{**OURS, **given, **changed})


def publication(**everywhere: Any) -> tuple[Change, ...]:
    """All of it: the sign-off ticket is part of the deliverable, a backup's ticket is not."""
    sign_off = {"version_name": QUARTER, "deliverable": "acme 2026-Q3"}
    return (
        ticket(**{**sign_off, **everywhere}),
        ticket("acme/backup/2026-10", due=date(2026, 10, 3), **everywhere),
        page(**_without(everywhere, "key_field", "tracker")),
        file(**_without(everywhere, "key_field", "tracker")),
        file("quarter.csv", b"a;b\n", **_without(everywhere, "key_field", "tracker")),
        version(**_without(everywhere, "key_field", "tracker")),
    )


def _without(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}
