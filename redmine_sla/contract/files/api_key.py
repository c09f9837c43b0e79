"""Where the API key comes from, and whether others on this machine could read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from redmine_sla.contract.desk import Desk
from redmine_sla.contract.desk.connection import API_KEY_VARIABLE, RedmineConnection
from redmine_sla.contract.problems import Problem
from redmine_sla.errors import SlaError


def api_key(
    connection: RedmineConnection, folder: Path, environment: Mapping[str, str] = os.environ
) -> SecretStr:
    """The key, from where `sla.toml` says it is. Raises `SlaError` if it is not there."""
    if connection.api_key is not None:
        return connection.api_key
    if connection.api_key_file is not None:
        path = folder / connection.api_key_file
        try:
            key = path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SlaError(
                f"the API key cannot be read from {path}: {error.strerror}",
                hint="write the key alone into that file, readable by you alone (chmod 600)",
            ) from None
        source = str(path)
    else:
        source = f"environment variable {connection.api_key_env or API_KEY_VARIABLE}"
        key = environment.get(connection.api_key_env or API_KEY_VARIABLE, "").strip()
    if not key:
        raise SlaError(
            f"there is no API key in {source}",
            hint="Redmine shows it on the right of My account, under API access key",
        )
    return SecretStr(key)


def readable_secrets(desk: Desk, folder: Path, desk_file: str) -> tuple[Problem, ...]:
    """Files with secrets in them that others on this machine can read, as warnings."""
    secret_files = [folder / desk_file] if _holds_a_secret(desk) else []
    if desk.redmine.api_key_file:
        secret_files.append(folder / desk.redmine.api_key_file)
    return tuple(
        Problem(
            path.name, 0, "", "others can read the secret in it", f"chmod 600 {path}", "open-secret"
        )
        for path in secret_files
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    )


def _holds_a_secret(desk: Desk) -> bool:
    told = (desk.redmine.api_key, desk.notifications.smtp_url, *desk.notifications.chat.values())
    return any(secret is not None for secret in told)
