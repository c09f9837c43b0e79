"""What of a quarter stands in Redmine: its version, its editions by their manifests, its files.

Redmine itself is asked, not the mirror: what was published must be known again when all else is
lost. A manifest counts if the program's own user uploaded it and it follows from the one before,
under whatever version: people rename versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
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
class PublishedEdition:
    """A published edition, and which of the files it names are not there with their bytes."""

    manifest: Manifest
    missing: tuple[ManifestFile, ...] = ()

    @property
    def edition(self) -> Edition:
        return self.manifest.edition


@dataclass(frozen=True, slots=True)
class Shelf:
    """The version (`None`: not there yet), and the editions in order, the original first.

    `findings` are for people.
    """

    version: Row | None = None
    editions: tuple[PublishedEdition, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def latest(self) -> PublishedEdition | None:
        return self.editions[-1] if self.editions else None

    def as_known_at(self, as_of: datetime | None) -> PublishedEdition | None:
        """The latest edition that was made as of that very instant."""
        known = [one for one in self.editions if one.manifest.as_of == as_of]
        return known[-1] if known else None


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

        Raises `ManifestError` where a file has a manifest's name and is none of ours, or files of
        an edition stand without its manifest; `RedmineError`.
        """
        edition, version = Edition(contract.name, quarter), None
        editions: list[PublishedEdition] = []
        findings: list[str] = []
        while (found := self._manifests(edition)) != ():
            manifest = read_manifest(self._reader.download(found[0], at_most=LARGEST), edition)
            _follows(manifest, editions[-1].manifest if editions else None)
            editions.append(PublishedEdition(manifest, _missing(manifest, self.files)))
            findings += _namesakes(edition, found)
            version = version or self._version(found[0])
            edition = edition.next
        self._refuse_orphans(edition)
        version = version or self._version_named(version_of(promised, quarter))
        return Shelf(version, tuple(editions), tuple(findings))

    def _manifests(self, edition: Edition) -> tuple[StoredFile, ...]:
        """Those of our own, oldest first: the oldest is the one that counts."""
        named = [file for file in self.files if file.filename == edition.manifest_name]
        ours = tuple(file for file in named if file.author == self._own) if named else ()
        if named and not ours:
            raise ManifestError(
                f"{edition.manifest_name} in Redmine's Files was uploaded by somebody else",
                hint="remove or rename it there; or run with the API key of the user that "
                "published it",
            )
        return ours

    def _refuse_orphans(self, first_free: Edition) -> None:
        """Files of editions from that one on stand without what says which bytes they have."""
        orphans: dict[Edition, list[str]] = {}
        for file in self.files:
            edition = first_free.of_file(file.filename)
            if edition and edition >= first_free and file.author == self._own:
                orphans.setdefault(edition, []).append(file.filename)
        if orphans:
            names = [name for edition in sorted(orphans) for name in orphans[edition]]
            raise ManifestError(
                f"{first_free.manifest_name} is gone from Redmine's Files, and "
                f"{', '.join(names)} of the same quarter still there: nothing is published over "
                "what was",
                hint="put it back byte for byte from a backup, uploaded by the program's own user; "
                "what has changed since then is restated beside it",
            )

    def _version(self, file: StoredFile) -> Row | None:
        return next((row for row in self.versions if row["id"] == file.version), None)

    def _version_named(self, name: str) -> Row | None:
        return next((row for row in self.versions if row["name"] == name), None)

    @cached_property
    def _own(self) -> int:
        return int(self._reader.me()["id"])


def version_of(promised: Promised, quarter: Quarter) -> str:
    """The name of Redmine's version under which a quarter is handed over."""
    return promised.version_name.replace("{quarter}", str(quarter))


def _namesakes(edition: Edition, manifests: Sequence[StoredFile]) -> Iterator[str]:
    """Two machines, or folders, have published at the same moment: neither saw the other."""
    if len(manifests) > 1:
        *before, last = (str(file.id) for file in manifests)
        yield (
            f"{edition}: {edition.manifest_name} stands {len(manifests)} times in Redmine's Files "
            f"(attachments {', '.join(before)} and {last}), as two runs published at once; the "
            f"oldest, {manifests[0].id}, counts: delete the others there, and let only one folder "
            "on one machine publish"
        )


def _follows(manifest: Manifest, before: Manifest | None) -> None:
    restated = manifest.restates.sha256 if manifest.restates else None
    if restated != (before.sha256 if before else None):
        raise ManifestError(
            f"{manifest.edition.manifest_name} in Redmine's Files does not follow from what was "
            "published before it",
            hint="find out whether a file of that quarter was removed or replaced",
        )


def _missing(manifest: Manifest, files: Sequence[StoredFile]) -> tuple[ManifestFile, ...]:
    there = {(file.filename, file.digest) for file in files}
    return tuple(one for one in manifest.files if (one.filename, one.sha256) not in there)
