"""The same contract with other terms, to see what they would have meant. Nothing is signed here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from redmine_sla.contract.contract import TERMS_KEYS, Contract
from redmine_sla.contract.explain import near
from redmine_sla.contract.files.document import Documents
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.problems import ConfigurationError
from redmine_sla.contract.tree import Node, merged
from redmine_sla.errors import ExitCode, SlaError


class VariantError(SlaError):
    """Terms that this contract cannot have."""

    exit_code = ExitCode.USAGE


def under_tier(contract: Contract, tier: str) -> Contract:
    """The contract as if that level had been bought from the start.

    Raises `VariantError` where it offers no such level.
    """
    known = contract.terms.tiers
    if tier not in known:
        levels = f"it has {', '.join(known)}" if known else "it has no levels at all"
        raise VariantError(
            f'contract {contract.name} has no service level "{tier}"',
            hint=f"{levels}; other terms can be given as a file with --terms",
        )
    return _varied(contract, Node.of({"tier": tier}, "--tier"))


def with_terms(contract: Contract, file: Path) -> Contract:
    """The contract with the keys of a TOML file laid over its terms, also those of amendments.

    Raises `VariantError` where the file cannot be read, `ConfigurationError` for what is wrong
    in it or does not fit.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VariantError(f"{file} cannot be read: {error}", hint="name a file in UTF-8") from None
    documents = Documents()
    change = documents.parse(text, str(file))
    for key in change.value if change else ():
        if change and key not in TERMS_KEYS:
            documents.note(
                change, Finding((key,), "is not a key of a contract's terms", near(key, TERMS_KEYS))
            )
    if change is None or documents.problems:
        raise ConfigurationError(documents.problems)
    return _varied(contract, change)


def _varied(contract: Contract, change: Node) -> Contract:
    written = contract.model_dump(mode="json", by_alias=True)
    written["terms"] = _laid_over(written["terms"], change)
    for amendment in written["amendments"]:
        amendment["terms"] = _laid_over(amendment["terms"], change)
    documents = Documents()
    varied = documents.read(Contract, Node.of(written, change.file))
    if varied is None:
        raise ConfigurationError(documents.problems)
    return varied


def _laid_over(terms: Mapping[str, Any], change: Node) -> Any:
    return merged(Node.of(terms), change).plain()
