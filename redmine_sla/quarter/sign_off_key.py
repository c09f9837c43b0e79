"""What a sign-off ticket asks for, as its key says: an edition, by its manifest's digest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.quarter import Quarter, QuarterError

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SignOffKey:
    """`manifest` is the SHA-256 of the manifest that was published with the edition."""

    edition: Edition
    manifest: str

    def __str__(self) -> str:
        return self.edition.key(self.manifest)


def beginning(contract: str) -> str:
    """How the keys of a contract's sign-offs begin."""
    return f"quarter/{contract}/"


def key_in(text: str, contract: str) -> SignOffKey | None:
    """The key that the text is, if it is one of the contract's sign-offs."""
    if not text.startswith(beginning(contract)):
        return None
    which, _, manifest = text.removeprefix(beginning(contract)).rpartition("/")
    quarter, _, number = which.partition("/restatement-")
    try:
        edition = Edition(contract, Quarter.parse(quarter), int(number or 0))
    except (QuarterError, ValueError):
        return None
    key = SignOffKey(edition, manifest)
    return key if _DIGEST.fullmatch(manifest) and str(key) == text else None
