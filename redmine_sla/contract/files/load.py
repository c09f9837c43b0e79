"""Reading a configuration folder: `sla.toml`, `contracts/*.toml`, own profiles in `profiles/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from redmine_sla.contract.catalogue import profile_names, profile_text
from redmine_sla.contract.checks.lint import warnings_of
from redmine_sla.contract.checks.names import clashing_names
from redmine_sla.contract.checks.together import (
    overlaps,
    unmapped_statuses,
    unmeasurable_availability,
    unmeasurable_clocks,
)
from redmine_sla.contract.configuration import Configuration
from redmine_sla.contract.contract import Contract
from redmine_sla.contract.desk import Desk
from redmine_sla.contract.files.api_key import readable_secrets
from redmine_sla.contract.files.document import Documents, contract_of
from redmine_sla.contract.findings import Finding
from redmine_sla.contract.problems import ConfigurationError, Problem
from redmine_sla.contract.tree import Node

DESK_FILE = "sla.toml"
CONTRACTS_FOLDER = "contracts"
PROFILES_FOLDER = "profiles"


def load_folder(folder: Path | str, *, as_of: date | None = None) -> Configuration:
    """Read a configuration folder. Raises `ConfigurationError` with every mistake in it.

    Warnings look at the years from `as_of`, or else from each contract's start.
    """
    folder = Path(folder)
    documents = Documents()
    desk = _read_desk(folder, documents)
    written = list(_read_contracts(folder, documents))
    _check_together(documents, desk, written)
    if documents.problems or desk is None:
        raise ConfigurationError(documents.problems)

    def look_again() -> tuple[Problem, ...]:
        found = dict.fromkeys(_warnings(documents, desk, written, as_of))
        return (*found, *readable_secrets(desk.model, folder, DESK_FILE))

    return Configuration(
        desk=desk.model,
        contracts=tuple(entry.model for entry in written),
        folder=folder,
        places={entry.model.name: _place_of_projects(documents, entry) for entry in written},
        look_again=look_again,
    )


def loads_contract(text: str, name: str = "contract") -> Contract:
    """A contract from TOML text; `extends` may name a profile of the catalogue.

    Raises `ConfigurationError`.
    """
    documents = Documents()
    return _contract_alone(documents, documents.parse(text, name), name)


def contract_from_mapping(mapping: Mapping[str, Any], name: str = "contract") -> Contract:
    """A contract from plain data, with the keys of a file. Raises `ConfigurationError`."""
    return _contract_alone(Documents(), Node.of(mapping, name), name)


def loads_desk(text: str, name: str = DESK_FILE) -> Desk:
    """A desk from TOML text. Raises `ConfigurationError`."""
    documents = Documents()
    tree = documents.parse(text, name)
    desk = documents.read(Desk, tree) if tree is not None else None
    if desk is None:
        raise ConfigurationError(documents.problems)
    return desk


@dataclass(frozen=True, slots=True)
class _WrittenDesk:
    model: Desk
    tree: Node


@dataclass(frozen=True, slots=True)
class _WrittenContract:
    model: Contract
    tree: Node


def _read_desk(folder: Path, documents: Documents) -> _WrittenDesk | None:
    tree = _parsed(documents, folder / DESK_FILE, DESK_FILE)
    desk = documents.read(Desk, tree) if tree is not None else None
    return _WrittenDesk(desk, tree) if desk is not None and tree is not None else None


def _read_contracts(folder: Path, documents: Documents) -> Iterator[_WrittenContract]:
    files = sorted((folder / CONTRACTS_FOLDER).glob("*.toml"))
    if not files:
        documents.problems.append(
            Problem(
                CONTRACTS_FOLDER, 0, "", "there is no contract", "write a file for each contract"
            )
        )
    for path in files:
        tree = _parsed(documents, path, f"{CONTRACTS_FOLDER}/{path.name}")
        if tree is None:
            continue
        laid = documents.laid_over_profile(
            tree, lambda name: _profile(folder, name), _profiles_known(folder)
        )
        contract = contract_of(documents, laid, path.stem) if laid is not None else None
        if contract is not None and laid is not None:
            yield _WrittenContract(contract, laid)


def _contract_alone(documents: Documents, tree: Node | None, name: str) -> Contract:
    laid = documents.laid_over_profile(tree, _from_catalogue, profile_names()) if tree else None
    contract = contract_of(documents, laid, name.removesuffix(".toml")) if laid else None
    if contract is None or documents.problems:
        raise ConfigurationError(documents.problems)
    return contract


def _parsed(documents: Documents, path: Path, shown: str) -> Node | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        what, right = "there is no such file", "redmine-sla init writes a starting folder"
    except UnicodeDecodeError as error:
        what, right = f"is not UTF-8 text at byte {error.start}", "save it as UTF-8"
    except OSError as error:
        what, right = f"cannot be read: {error.strerror}", "look at its owner and mode"
    else:
        return documents.parse(text, shown)
    documents.problems.append(Problem(shown, 0, "", what, right))
    return None


def _profile(folder: Path, name: str) -> tuple[str, str] | None:
    own = folder / PROFILES_FOLDER / f"{name}.toml"
    if "/" not in name and own.is_file():
        return f"{PROFILES_FOLDER}/{name}.toml", own.read_text(encoding="utf-8")
    return _from_catalogue(name)


def _from_catalogue(name: str) -> tuple[str, str] | None:
    return (f"catalogue/{name}.toml", profile_text(name)) if name in profile_names() else None


def _profiles_known(folder: Path) -> list[str]:
    own = [path.stem for path in (folder / PROFILES_FOLDER).glob("*.toml")]
    return sorted({*own, *profile_names()})


def _check_together(
    documents: Documents, desk: _WrittenDesk | None, written: list[_WrittenContract]
) -> None:
    trees: dict[str, Node] = {}
    for entry in written:
        if entry.model.name in trees:
            documents.note(
                entry.tree,
                Finding(
                    ("name",), f'"{entry.model.name}" is the name of two contracts', "change one"
                ),
            )
        trees[entry.model.name] = entry.tree
    for contract, finding in clashing_names([entry.model for entry in written]):
        documents.note(trees[contract.name], finding)
    for overlap in overlaps([entry.model for entry in written]):
        documents.note(trees[overlap.second.name], overlap.finding)
    if desk is not None:
        for entry in written:
            for finding in unmapped_statuses(desk.model, entry.model):
                documents.note(desk.tree, finding)


def _warnings(
    documents: Documents,
    desk: _WrittenDesk,
    written: list[_WrittenContract],
    as_of: date | None,
) -> Iterator[Problem]:
    for finding in desk.model.warnings():
        yield documents.problem(desk.tree, finding, code="own-role")
    for entry in written:
        file, _ = _place_of_projects(documents, entry)
        for problem in _warnings_of(documents, desk, entry, as_of):
            if problem.code not in entry.model.versions[-1][1].accepted_warnings:
                yield replace(problem, acceptable_in=file)


def _warnings_of(
    documents: Documents, desk: _WrittenDesk, entry: _WrittenContract, as_of: date | None
) -> Iterator[Problem]:
    """What one contract can accept."""
    for finding in (
        *unmeasurable_clocks(desk.model, entry.model),
        *unmeasurable_availability(desk.model, entry.model),
    ):
        yield documents.problem(desk.tree, finding, code="unmeasurable")
    for warned in warnings_of(entry.model, as_of):
        yield documents.problem(entry.tree, warned.finding, code=warned.code)


def _place_of_projects(documents: Documents, entry: _WrittenContract) -> tuple[str, int]:
    place = documents.problem(entry.tree, Finding(("projects",), ""))
    return place.file, place.line
