"""Impact on the organisation and urgency together give the priority (contract D)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from redmine_sla.errors import SlaError


class PriorityMatrixError(SlaError):
    """The matrix has a hole, or is asked for a level it does not have."""


@dataclass(frozen=True)
class PriorityMatrix:
    """Impact, then urgency, then the name of the Redmine priority; complete by construction.

    Levels are compared without regard to case. Raises PriorityMatrixError, naming every hole, when
    an impact lacks an urgency another one has.
    """

    rows: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        urgencies = {urgency for row in self.rows.values() for urgency in row}
        holes = [
            f"{impact} x {urgency}"
            for impact, row in self.rows.items()
            for urgency in sorted(urgencies)
            if not row.get(urgency, "").strip()
        ]
        if not urgencies:
            raise PriorityMatrixError(
                "The priority matrix is empty.",
                hint="Write one row for each impact, with a priority for each urgency.",
            )
        if holes:
            raise PriorityMatrixError(
                f"The priority matrix has no priority for {', '.join(holes)}.",
                hint="Give every impact a priority for each urgency.",
            )
        folded = {
            impact.casefold(): MappingProxyType(
                {urgency.casefold(): priority for urgency, priority in row.items()}
            )
            for impact, row in self.rows.items()
        }
        object.__setattr__(self, "rows", MappingProxyType(folded))

    def priority(self, impact: str, urgency: str) -> str:
        """The Redmine priority. Raises PriorityMatrixError for a level the matrix does not have."""
        row = self.rows.get(impact.casefold())
        if row is None:
            raise self._unknown("impact", impact, self.rows)
        if urgency.casefold() not in row:
            raise self._unknown("urgency", urgency, row)
        return row[urgency.casefold()]

    @staticmethod
    def _unknown(what: str, value: str, known: Mapping[str, object]) -> PriorityMatrixError:
        return PriorityMatrixError(
            f'The priority matrix has no {what} "{value}"; it has {", ".join(known)}.',
            hint=f"Add the {what} to the contract's matrix, or correct the ticket's field.",
        )
