"""A server on loopback that answers as told: for what a real Redmine will not do on demand."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from types import TracebackType
from typing import Any

KEY = "5ec7e7" * 6 + "abcd"
ME = {"user": {"id": 5, "login": "sla-bot", "api_key": KEY, "memberships": []}}


@dataclass(frozen=True)
class Received:
    """A request as the server saw it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    peer: int  # the port it came from: one for each connection

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What to send back: after `silence` seconds, with `drip` seconds before each byte.

    `cut` bytes at the end of the body are promised by Content-Length and never sent.
    """

    body: str | bytes = "{}"
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    silence: float = 0
    drip: float = 0
    cut: int = 0


def refusal(status: int, **headers: str) -> Answer:
    """A refusal as Redmine's API sends it: JSON by type, and empty."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer("", status, headers=named)


def page(title: str, status: int = 200) -> Answer:
    """A page for people, as proxies and login forms send it."""
    text = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>…</body></html>"
    return Answer(text, status, "text/html; charset=utf-8")


class Loopback:
    """Gives the answers in order, the last one again and again; `received` is what was asked.

    `ME` is answered to whoever asks who he is, and not counted as an answer.
    """

    def __init__(
        self,
        *answers: Answer,
        choose: Callable[[Received], Answer] | None = None,
        tls: SSLContext | None = None,
    ) -> None:
        self.received: list[Received] = []
        self.busiest = 0
        self._answers = list(answers)
        self._choose = choose or self._next
        self._busy = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "http" if tls is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Loopback:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def asked(self) -> list[Received]:
        """What was asked apart from who we are."""
        return [r for r in self.received if not r.path.startswith("/users/current.json")]

    def _next(self, request: Received) -> Answer:
        if request.path.startswith("/users/current.json"):
            return Answer(json.dumps(ME))
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def _answer_to(self, request: Received) -> Answer:
        with self._lock:
            self.received.append(request)
            return self._choose(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                port = self.client_address[1]
                request = Received(self.command, self.path, dict(self.headers), body, port)
                with loopback._lock:
                    loopback._busy += 1
                    loopback.busiest = max(loopback.busiest, loopback._busy)
                answer = loopback._answer_to(request)
                time.sleep(answer.silence)
                # Before the last byte: a client that has it may already ask again.
                with loopback._lock:
                    loopback._busy -= 1
                with contextlib.suppress(OSError):  # the client may have gone away
                    self.send(answer)

            do_GET = do_POST = do_PUT = answer  # noqa: N815 - names of BaseHTTPRequestHandler

            def send(self, answer: Answer) -> None:
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response_only(answer.status)  # no Date of its own: Puma sends none either
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if answer.drip:
                    for byte in body:
                        time.sleep(answer.drip)
                        self.wfile.write(bytes([byte]))
                else:
                    self.wfile.write(body[: len(body) - answer.cut])
                if answer.cut:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        return Handler
