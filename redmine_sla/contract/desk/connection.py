"""`[redmine]`, `[mirror]`, `[pull]`: reaching the server, and keeping what it said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, WithJsonSchema

from redmine_sla.contract.base import Exact, Section, Text
from redmine_sla.contract.findings import Finding, WrongValueError

API_KEY_VARIABLE = "REDMINE_SLA_API_KEY"
"""Environment variable asked for the key where sla.toml names no other place."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongValueError(
            "is not a web address", 'write it whole, e.g. "https://redmine.example.com"'
        )
    if parts.username or parts.password:
        raise WrongValueError(
            "carries a user or a password", "leave them out: the API key is all that is needed"
        )
    if parts.query or parts.fragment:
        raise WrongValueError("carries more than an address", "leave out everything after ? or #")
    return text.rstrip("/")


WebAddress = Annotated[
    Text,
    AfterValidator(_web_address),
    WithJsonSchema(
        {"type": "string", "format": "uri", "examples": ["https://redmine.example.com"]}
    ),
]


class RedmineConnection(Section):
    """`[redmine]`: the server and the key. At most one of the `api_key` keys is given."""

    url: WebAddress = Field(description="Address of Redmine, with its path if it has one")
    api_key: SecretStr | None = Field(
        default=None,
        description="API key of the bot user; then this file must be readable by you alone",
    )
    api_key_file: Text | None = Field(
        default=None, description="A file that holds the key alone, from this folder or absolute"
    )
    api_key_env: Text | None = Field(
        default=None, description=f"Environment variable; left out: {API_KEY_VARIABLE}"
    )
    allow_http: bool = Field(
        default=False,
        description="May an address without TLS be used, other than this machine's own?",
    )
    ca_bundle: Text | None = Field(
        default=None, description="PEM file of the authority that signed the server's certificate"
    )
    connect_timeout: Exact = Field(
        default=Decimal(5), gt=0, le=300, description="Seconds to reach the server"
    )
    read_timeout: Exact = Field(
        default=Decimal(60), gt=0, le=3600, description="Seconds to wait for an answer"
    )
    parallel_reads: int = Field(
        default=4, ge=1, le=32, description="Requests at a time; writes go one by one"
    )
    http_retries: int = Field(
        default=4, ge=0, le=20, description="Repeats of a safe request that failed"
    )

    def contradictions(self) -> Iterable[Finding]:
        sources = [
            name
            for name in ("api_key", "api_key_file", "api_key_env")
            if getattr(self, name) is not None
        ]
        if len(sources) > 1:
            yield Finding(
                (sources[-1],), "the key is given twice", f"keep one of {' and '.join(sources)}"
            )
        parts = urlsplit(self.url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not self.allow_http:
            yield Finding(
                ("url",),
                "the API key would travel unprotected",
                "write https://, or allow_http = true if you know the way is safe",
            )


class Mirror(Section):
    """`[mirror]`: the store. Deleting it loses nothing."""

    url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL; left out: an SQLite file in this platform's state folder",
        examples=["sqlite:////var/lib/redmine-sla/mirror.db", "postgresql+psycopg://sla@db/sla"],
    )


class Pull(Section):
    """`[pull]`: how far back, and how often what moves no `updated_on` is read again."""

    since: date | None = Field(
        default=None, description="First day read; left out: the start of the oldest contract"
    )
    slow_beat_hours: int = Field(
        default=24,
        ge=1,
        le=24 * 31,
        description="Hours between re-readings of what Redmine does not mark as changed",
    )
    every_minutes: int = Field(
        default=5, ge=1, le=24 * 60, description="Minutes between runs of `watch`"
    )
