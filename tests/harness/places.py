"""What an engine says of the Redmine it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.harness.releases import Release

Say = Callable[[str], None]


@dataclass(frozen=True)
class Places:
    """Where things are inside, and how Ruby is called there."""

    home: str  # the instance's folder
    files: str  # attachments
    pristine: str  # the database as the installation left it
    host: str  # the address to listen on
    port: int  # the port to listen on; 0 for a free one
    ruby: tuple[str, ...]
    rails: tuple[str, ...]


class Engine(Protocol):
    """A way to have real Redmines on this machine."""

    @property
    def name(self) -> str: ...

    @property
    def places(self) -> Places: ...

    def is_built(self, release: Release) -> bool:
        """Whether a server of the release can start without building anything."""
        ...

    def build(self, release: Release, say: Say) -> None:
        """Builds the release unless it is there; waits for another builder of it."""
        ...

    def command(
        self, release: Release, instance: Path, argv: list[str], *, publish: int = 0
    ) -> list[str]:
        """The command that runs `argv` where Redmine is, on the state in `instance`."""
        ...
