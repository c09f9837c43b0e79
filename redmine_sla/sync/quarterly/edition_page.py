"""The wiki page of an edition as it stands: whether it says what was published, and who changed it.

A page is known by all of its text, never by its mark alone: anybody may write a mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from redmine_sla.plan import Place
from redmine_sla.plan.stamp import without_stamp
from redmine_sla.quarter.freezing import freezing_manifest, is_published, page_digest
from redmine_sla.quarter.manifest import Manifest
from redmine_sla.sync.ports import Row


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The edition's manifest, the page's place, and what stands there (`None`: nothing).

    `stood` is whether the edition was published before: then a page without its mark may be the
    published one, changed.
    """

    manifest: Manifest
    place: Place
    row: Row | None
    stood: bool

    @property
    def text(self) -> str:
        return str(self.row["text"]) if self.row else ""

    @property
    def is_whole(self) -> bool:
        """Whether it says what was published, and nothing else."""
        return self.row is not None and page_digest(self.text, self.manifest) == self.manifest.page

    @property
    def is_free(self) -> bool:
        """Whether the published page may be written there: on nothing, or on a draft of ours."""
        if self.row is None:
            return True
        if is_published(self.text):
            return False
        return not self.stood or without_stamp(self.text) != self.text.rstrip()

    @property
    def finding(self) -> str:
        """What a person must look at, where it is neither whole nor free."""
        return f'wiki page "{self.place.title}" in {self.place.project.identifier} {self._said()}'

    def _said(self) -> str:
        mark = freezing_manifest(self.text)
        if mark and mark != self.manifest.edition.manifest_name:
            return (
                f"is the frozen page of another publication ({mark}) and stays as it is: write "
                "{contract} into wiki_page in sla.toml"
            )
        if not self.stood:
            return (
                f"is frozen by a {mark} that is not in Redmine's Files{self._saved()}; it stays as "
                "it is, and nobody is asked to sign it: rename or delete the page, and run again"
            )
        return (
            f"does not say what was published{self._saved()}; it stays as it is, and nobody is "
            f"asked to sign it: {self._mend()}, and write remarks on a page of their own"
        )

    def _saved(self) -> str:
        """By whom, as far as Redmine tells: ` (saved by Eva at 2026-10-06T08:00:00Z)`."""
        row = self.row or {}
        author, at = row.get("author", {}).get("name"), row.get("updated_on")
        told = " ".join([*([f"by {author}"] if author else []), *([f"at {at}"] if at else [])])
        return f" (saved {told})" if told else ""

    def _mend(self) -> str:
        version = int((self.row or {}).get("version", 0))
        if version == 1:
            return "delete the page, run again"
        before = f"{version - 1}" if version == 2 else f"before {version}"
        return f"put version {before} back in the page's history"
