"""Instants as people read them on tickets and pages."""

from __future__ import annotations

from datetime import datetime, tzinfo


def local_text(instant: datetime | None, zone: tzinfo) -> str:
    """`2026-11-21 14:00 CET`: sorts by time as text, and says its zone. Empty for `None`.

    Seconds are cut off: nobody is told a later minute than the one that is due.
    """
    if instant is None:
        return ""
    local = instant.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
