"""The server must be the one that was meant; when it cannot be reached, the error says why."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.sync.failures import Unreachable
from tests.connectors.loopback import KEY, Answer, Loopback

CERTIFICATES = Path(__file__).parent / "certificates"
GOOD = Answer('{"issues": []}')


def tls_server(name: str) -> Loopback:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem", CERTIFICATES / f"{name}-key.pem")
    return Loopback(GOOD, tls=context)


def ask(url: str, bundle: str | None = None) -> object:
    trusted = None if bundle is None else CERTIFICATES / f"{bundle}.pem"
    connection = Connection(url=url, key=KEY, ca_bundle=trusted, retries=1)
    return RedmineEngine(connection=connection).ask("/issues.json")


def test_a_certificate_of_an_authority_of_ones_own_is_trusted_by_its_bundle() -> None:
    with tls_server("loopback") as server:
        assert ask(server.url, bundle="loopback") == {"issues": []}


def test_a_certificate_nobody_vouches_for_is_refused_and_asked_once() -> None:
    with tls_server("loopback") as server:
        with pytest.raises(Unreachable, match=r"certificate of .* is not trusted") as e:
            ask(server.url)
        assert not server.received
    assert "ca_bundle" in e.value.hint
    assert not e.value.passing


def test_a_certificate_for_another_name_is_refused() -> None:
    with tls_server("other-name") as server:
        with pytest.raises(Unreachable, match="is not trusted") as e:
            ask(server.url, bundle="other-name")
        assert not server.received
    assert "name that stands in the certificate" in e.value.hint


def test_the_environments_bundle_counts_where_none_is_configured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATES / "loopback.pem"))
    with tls_server("loopback") as server:
        assert ask(server.url) == {"issues": []}


def test_the_environments_bundle_does_not_replace_the_one_configured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATES / "other-name.pem"))
    with tls_server("loopback") as server:
        assert ask(server.url, bundle="loopback") == {"issues": []}


def test_https_to_a_port_that_speaks_http() -> None:
    with (
        Loopback(GOOD) as server,
        pytest.raises(Unreachable, match="no encrypted connection") as e,
    ):
        ask(server.url.replace("http:", "https:"))
    assert "https" in e.value.hint


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(Unreachable, match=r"redmine\.invalid is not known") as e:
        ask("https://redmine.invalid")
    assert "DNS" in e.value.hint


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(Unreachable, match="the proxy on the way to redmine") as e:
        ask("https://redmine.example.com")
    assert "https_proxy" in e.value.hint
