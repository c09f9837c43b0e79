"""`redmine-sla init`: a starting folder that loads as it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from redmine_sla.contract.catalogue import profile_names
from redmine_sla.contract.explain import near
from redmine_sla.contract.files.load import CONTRACTS_FOLDER, DESK_FILE
from redmine_sla.contract.files.schema import contract_schema, desk_schema
from redmine_sla.contract.files.starting_files import CONTRACT, DESK, README, contract_on
from redmine_sla.errors import SlaError

_FOR_THE_OWNER_ALONE = 0o600
_FOR_ALL = 0o644


def write_starting_folder(folder: Path | str, profiles: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write `sla.toml`, a contract for each profile (or one example), schemas and a README.

    Returns what was written. `sla.toml` gets mode 0600, as a key may stand in it. Raises
    `SlaError`, and writes nothing, if any of the files is there already or a profile is unknown.
    """
    folder = Path(folder)
    texts = {
        folder / DESK_FILE: DESK,
        **{folder / CONTRACTS_FOLDER / name: text for name, text in _contracts(profiles).items()},
        folder / "README.md": README,
        folder / "sla.schema.json": _as_text(desk_schema()),
        folder / "contract.schema.json": _as_text(contract_schema()),
    }
    there = [path for path in texts if path.exists() or path.is_symlink()]
    if there:
        names = ", ".join(str(path.relative_to(folder)) for path in there)
        raise SlaError(
            f"{folder} holds a configuration already: {names}",
            hint="choose an empty folder, or move those files away",
        )
    try:
        (folder / CONTRACTS_FOLDER).mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            _write(path, text, _FOR_THE_OWNER_ALONE if path.name == DESK_FILE else _FOR_ALL)
    except OSError as error:
        raise SlaError(
            f"{error.filename or folder} cannot be written: {error.strerror}",
            hint="choose a folder that you may write to",
        ) from None
    return tuple(texts)


def _contracts(profiles: Iterable[str]) -> dict[str, str]:
    """The contracts by file name."""
    wanted = tuple(profiles)
    for name in wanted:
        if name not in profile_names():
            raise SlaError(f'no profile is called "{name}"', hint=near(name, profile_names()))
    return {f"{name}.toml": contract_on(name) for name in wanted} or {"example.toml": CONTRACT}


def _write(path: Path, text: str, mode: int) -> None:
    """Created with its mode, so that a secret is at no moment readable by others."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _as_text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
