"""Promises as frozen figures: JSON-ready, the same in every language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from redmine_sla.report.tally import Tally

_MILLIONTH = Decimal("0.000001")


def tally_figures(found: Tally) -> dict[str, Any]:
    """The numbers of a tally and its share."""
    return {
        "kept": len(found.met),
        "broken": len(found.missed),
        "not_measured": len(found.unmeasured),
        "cancelled": len(found.cancelled),
        "kept_share": share_figure(found),
    }


def share_figure(found: Tally) -> str | None:
    """The kept share, cut to a millionth: the numbers beside it say it exactly."""
    return None if found.share is None else str(found.share.quantize(_MILLIONTH, ROUND_DOWN))


def instant_figure(instant: datetime | None) -> str | None:
    return None if instant is None else f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def seconds_figure(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
