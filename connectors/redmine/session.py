"""The requests session of a connection: key in one header, trust, proxies, no cookies."""

from __future__ import annotations

from http.cookiejar import DefaultCookiePolicy

import requests
from requests.utils import get_environ_proxies

from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.deadline import PunctualAdapter

HIDDEN = "***"


class KeyHeader(requests.auth.AuthBase):
    """Puts the key into its header, and nowhere else."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["X-Redmine-API-Key"] = self._key
        return request

    def __repr__(self) -> str:
        return f"KeyHeader({HIDDEN})"


def session_for(connection: Connection) -> requests.Session:
    """A session that several threads may read through at once.

    The environment is looked at here, once: its proxies (never for this very machine) and its
    bundle of certificates. A `~/.netrc` is left alone, or it would send a password along.
    """
    session = requests.Session()
    session.trust_env = False
    session.auth = KeyHeader(connection.key)
    session.verify = connection.trusted
    if not connection.loopback:
        session.proxies.update(get_environ_proxies(connection.url))
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = connection.user_agent
    session.headers["Accept"] = "application/json"
    adapter = PunctualAdapter(
        pool_connections=1,
        pool_maxsize=connection.parallel + 1,  # the readers, and whoever waits for them
        max_retries=0,  # repeated by the engine, which also sees bodies that break off
    )
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
