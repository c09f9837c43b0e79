"""A file on its way to Redmine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

_CHANGED_BY_REDMINE = frozenset("/\\?%*:|\"'<>\n\r")
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's name, bytes and kind (a media type, as `application/pdf`).

    Raises `ValueError` for a name that Redmine would store under another one: it would never be
    found again, and be sent anew by each run.
    """

    filename: str
    content: bytes = field(repr=False)
    content_type: str
    description: str = ""

    def __post_init__(self) -> None:
        if not self.filename or len(self.filename) > _LONGEST_NAME:
            raise ValueError(f"a file name of {len(self.filename)} characters")
        if _CHANGED_BY_REDMINE & set(self.filename):
            raise ValueError(f"Redmine would store {self.filename!r} under another name")

    @property
    def sha256(self) -> str:
        """The digest of the bytes, 64 hexadecimal digits, as Redmine tells it of its files."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)
