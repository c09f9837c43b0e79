"""What of a quarter stands in Redmine: its version, its editions by their manifests, its files.

Redmine itself is asked, not the mirror: what was published must be known again when all else is
lost. A manifest counts if the program's own user uploaded it and it follows from the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.manifest import (
    LARGEST,
    Manifest,
    ManifestError,
    ManifestFile,
    read_manifest,
)
from redmine_sla.sync.ports import RedmineReader, Row, StoredFile


@dataclass(frozen=True, slots=True)
class Standing:
    """A published edition, and which of the files it names are not there with their bytes."""

    manifest: Manifest
    missing: tuple[ManifestFile, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.manifest.edition


@dataclass(frozen=True, slots=True)
class Shelf:
    """The version (`None`: not there yet), and the editions in order, the original first."""

    version: Row | None = None
    editions: tuple[Standing, ...] = field(default=())

    @property
    def latest(self) -> Standing | None:
        return self.editions[-1] if self.editions else None


class Stacks:
    """A project's Files, for one run: its versions and files are asked for once."""

    def __init__(self, reader: RedmineReader, project: int) -> None:
        self._reader = reader
        self._project = project

    @cached_property
    def versions(self) -> Sequence[Row]:
        return self._reader.versions(self._project)

    @cached_property
    def files(self) -> Sequence[StoredFile]:
        return self._reader.files(self._project)

    def shelf(self, contract: Contract, quarter: Quarter, promised: Promised) -> Shelf:
        """What stands of a quarter; each edition costs a request.

        Raises `ManifestError` where a file has a manifest's name and is none of ours,
        `RedmineError`.
        """
        name = version_of(promised, quarter)
        version = next((row for row in self.versions if row["name"] == name), None)
        if version is None:
            return Shelf()
        files = [file for file in self.files if file.version == version["id"]]
        editions: list[Standing] = []
        edition = Edition(contract.name, quarter)
        while (manifest := _manifest(self._reader, files, edition)) is not None:
            _follows(manifest, editions[-1].manifest if editions else None)
            editions.append(Standing(manifest, _missing(manifest, files)))
            edition = edition.next
        return Shelf(version, tuple(editions))


def version_of(promised: Promised, quarter: Quarter) -> str:
    """The name of Redmine's version under which a quarter is handed over."""
    return promised.version_name.replace("{quarter}", str(quarter))


def _manifest(
    reader: RedmineReader, files: Sequence[StoredFile], edition: Edition
) -> Manifest | None:
    named = [file for file in files if file.filename == edition.manifest_name]
    if not named:
        return None
    own = reader.me()["id"]
    ours = [file for file in named if file.author == own]
    if not ours:
        raise ManifestError(
            f"{edition.manifest_name} in Redmine's Files was uploaded by somebody else",
            hint="remove or rename it there; or run with the API key of the user that published it",
        )
    return read_manifest(reader.download(ours[0], at_most=LARGEST), edition)


def _follows(manifest: Manifest, before: Manifest | None) -> None:
    restated = manifest.restates.sha256 if manifest.restates else None
    if restated != (before.sha256 if before else None):
        raise ManifestError(
            f"{manifest.edition.manifest_name} in Redmine's Files does not follow from what was "
            "published before it",
            hint="find out whether a file of that version was removed or replaced",
        )


def _missing(manifest: Manifest, files: Sequence[StoredFile]) -> tuple[ManifestFile, ...]:
    there = {(file.filename, file.digest) for file in files}
    return tuple(one for one in manifest.files if (one.filename, one.sha256) not in there)
