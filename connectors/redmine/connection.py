"""Where Redmine is and how patiently it is asked: checked once, before any request."""

from __future__ import annotations

import ipaddress
import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from redmine_sla.errors import SlaError

USER_AGENT = "redmine-sla"


@dataclass(frozen=True, kw_only=True)
class Connection:
    """Address, key and patience, all times in seconds.

    `connect_timeout` holds for reaching the server, `read_timeout` for each silence in an answer,
    `deadline` for a whole call with its retries and pauses. `retries` are made for reads only; a
    server that asks for a pause longer than `longest_pause` is told of as too busy instead.
    `parallel` is the number of reads under way at once. `ca_bundle` is a file of trusted
    certificates for a server with a private one; verification cannot be switched off.

    Raises `SlaError` for an address or key that cannot be right.
    """

    url: str
    key: str = field(repr=False)
    ca_bundle: Path | None = None
    allow_http: bool = False
    connect_timeout: float = 5
    read_timeout: float = 30
    deadline: float = 120
    retries: int = 3
    longest_pause: float = 60
    parallel: int = 4
    user_agent: str = USER_AGENT

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", self.url.strip().rstrip("/"))
        _check_url(self.url, allow_http=self.allow_http)
        _check_key(self.key)
        if self.ca_bundle is not None:
            _check_bundle(self.ca_bundle)
        for name in ("connect_timeout", "read_timeout", "deadline"):
            if getattr(self, name) <= 0:
                raise SlaError(f"{name} must be more than 0 seconds, not {getattr(self, name)}")
        if self.parallel < 1:
            raise SlaError(f"parallel must be at least 1, not {self.parallel}")

    @property
    def loopback(self) -> bool:
        """Whether Redmine runs on this machine, so that nothing leaves it."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def trusted(self) -> str | bool:
        """What requests calls `verify`: a bundle, the environment's bundle, or its own."""
        if self.ca_bundle is not None:
            return str(self.ca_bundle)
        return os.environ.get("REQUESTS_CA_BUNDLE") or True


def _check_url(url: str, *, allow_http: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SlaError(
            f"Redmine's address {_without_userinfo(url)!r} is not an http(s) URL",
            hint='write it as in the browser, without a page: "https://redmine.example.com"',
        )
    if parts.username is not None or parts.password is not None:
        raise SlaError(
            f"Redmine's address {_without_userinfo(url)!r} must not carry a user or password",
            hint="give the API key as api_key or api_key_file: it goes into a header only",
        )
    if parts.query or parts.fragment:
        raise SlaError(
            "Redmine's address must not carry a query or a page's anchor",
            hint=f'without them it is "{parts.scheme}://{parts.netloc}{parts.path}"',
        )
    if parts.scheme == "http" and not allow_http and not _is_loopback(parts.hostname):
        raise SlaError(
            f"{url} is plain http: the API key would be readable on the way",
            hint=f'use "https://{parts.netloc}{parts.path}", or set allow_http = true '
            "if the way to Redmine is safe",
        )


def _check_key(key: str) -> None:
    if not key:
        raise SlaError(
            "no API key",
            hint='it stands in Redmine under "My account", right column, "API access key"',
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SlaError(
            "the API key holds a blank, a line break or a character that no key has",
            hint="copy it again; a key is usually 40 characters of 0-9 and a-f",
        )


def _check_bundle(bundle: Path) -> None:
    try:
        ssl.create_default_context(cafile=bundle)
    except OSError as error:  # ssl.SSLError is one
        what = "holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise SlaError(
            f"ca_bundle {bundle}: {what}",
            hint="give the PEM file with the certificate of your own authority",
        ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _without_userinfo(url: str) -> str:
    scheme, separator, rest = url.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"
