"""`[obligations]`: from when on Redmine holds tickets for what is owed at a rhythm."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from redmine_sla.contract.base import Section


class Duties(Section):
    """`[obligations]`: the desk's side of obligations; what is owed stands in the contracts."""

    tickets_from: date | None = Field(
        default=None,
        description="No ticket for what fell due before; left out: before the last quarter",
        examples=[date(2026, 7, 1)],
    )
