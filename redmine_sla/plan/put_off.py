"""What Redmine did not take, remembered so that it is not written again and again.

Redmine answers success and passes over what workflow or field rights forbid, or refuses a ticket
because of a field required later. Neither changes from one run to the next by itself. Such a
change is put off until the ticket or the wish changes, and tried again once a day, for an
administrator may have put things right. Losing this memory costs a few requests, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from redmine_sla.plan.changes import UpdateTicket

AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PutOff:
    """Values that Redmine did not take in that place at that time, and what was said of it."""

    tried: datetime
    place: str
    fields: Mapping[int, str] = field(default_factory=dict)
    priority: int | None = None
    said: str = ""

    @classmethod
    def of(cls, update: UpdateTicket, tried: datetime, said: str) -> PutOff:
        """Everything in the update was in vain."""
        return cls(tried, update.place, dict(update.fields), update.priority, said)

    def holds(self, place: str, as_of: datetime) -> bool:
        return place == self.place and self.tried <= as_of < self.tried + AGAIN_AFTER

    def encoded(self) -> str:
        """A line of text for the mirror's notes."""
        return json.dumps(
            {
                "tried": self.tried.astimezone(UTC).isoformat(),
                "place": self.place,
                "fields": {str(number): value for number, value in self.fields.items()},
                "priority": self.priority,
                "said": self.said,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def decoded(cls, text: str) -> PutOff | None:
        """The note read back; `None` for one of another version, which is as good as none."""
        try:
            note = json.loads(text)
            return cls(
                datetime.fromisoformat(note["tried"]),
                str(note["place"]),
                {int(number): str(value) for number, value in note["fields"].items()},
                note["priority"],
                str(note["said"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
