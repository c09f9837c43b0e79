"""An edition of a quarter: what was published first, or a restatement of it, and its names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from redmine_sla.quarter.quarter import Quarter

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """`restatement` is 0 for the original and counts what was published beside it.

    What an edition's files and pages are called follows from its three values. Nothing is ever
    published under the name of another edition.
    """

    contract: str
    quarter: Quarter
    restatement: int = 0

    @property
    def stem(self) -> str:
        """Its files' name without the ending: `2026Q3-crm-alma-restatement-1`."""
        name = _NOT_IN_FILE_NAMES.sub("-", self.contract)
        return "-".join([str(self.quarter), name, *self._which("restatement-{}")])

    @property
    def manifest_name(self) -> str:
        """The manifest's file. It sorts before the other files of its edition: it goes first."""
        return f"{self.stem}-manifest.json"

    def key(self, manifest: str) -> str:
        """What its sign-off ticket is known by: the edition, and the SHA-256 of its manifest.

        A signature is for the bytes that were shown. Whatever is published under the same names
        after those were removed has another key.
        """
        which = self._which("restatement-{}")
        return "/".join(["quarter", self.contract, str(self.quarter), *which, manifest])

    @property
    def next(self) -> Edition:
        """The restatement that would follow it."""
        return replace(self, restatement=self.restatement + 1)

    @property
    def before(self) -> Edition | None:
        """The edition it restates; `None` for the original."""
        return replace(self, restatement=self.restatement - 1) if self.restatement else None

    def of_file(self, filename: str) -> Edition | None:
        """The edition of the same quarter that publishes under that file name, if one does."""
        form = rf"{re.escape(self.first.stem)}(?:-restatement-(\d+))?(?:-manifest)?\.\w+"
        found = re.fullmatch(form, filename, re.IGNORECASE | re.ASCII)
        return replace(self, restatement=int(found[1] or 0)) if found else None

    @property
    def first(self) -> Edition:
        """The original."""
        return replace(self, restatement=0)

    def page_of(self, contract_page: str) -> str:
        """Its wiki page, beside the contract's own: `SLA crm-alma 2026Q3 restatement 1`."""
        return " ".join([contract_page, str(self.quarter), *self._which("restatement {}")])

    def _which(self, form: str) -> list[str]:
        return [form.format(self.restatement)] if self.restatement else []

    def __str__(self) -> str:
        return " ".join([self.contract, str(self.quarter), *self._which("restatement {}")])
