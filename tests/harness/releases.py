"""The Redmine releases the tests run on, and where each comes from."""

from __future__ import annotations

from dataclasses import dataclass

from tests.harness.errors import HarnessError


@dataclass(frozen=True)
class Release:
    """A line of Redmine; the exact version is whatever its source holds today: ask the server."""

    name: str
    suite: str  # the Debian suite that carries it
    image: str  # the official Docker image

    def __str__(self) -> str:
        return self.name


RELEASES: dict[str, Release] = {
    release.name: release
    for release in (
        Release("5.0", suite="bookworm", image="redmine:5.0"),
        Release("6.0", suite="trixie", image="redmine:6.0"),
        Release("6.1", suite="sid", image="redmine:6.1"),
    )
}
NEWEST = RELEASES["6.1"]


def releases_named(names: list[str]) -> list[Release]:
    """The releases of those names, or all of them when none is given."""
    unknown = [name for name in names if name not in RELEASES]
    if unknown:
        raise HarnessError(
            f"no such Redmine release here: {', '.join(unknown)}",
            hint=f"choose from {', '.join(RELEASES)}",
        )
    return [RELEASES[name] for name in names] or list(RELEASES.values())
