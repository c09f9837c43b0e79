"""A deadline that holds: also against a server that sends one byte now and then.

A timeout of requests bounds each silence, not the whole answer. Here each read from the socket
looks at the deadline of the call, and at whether the call is still wanted.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from urllib3 import PoolManager, ProxyManager

GLANCE = 0.25  # seconds between two looks at whether the call is still wanted

_here = threading.local()


def heed(unwanted: threading.Event) -> None:
    """Let the calls of this thread end soon after `unwanted` is set."""
    _here.unwanted = unwanted


class Deadline:
    """The end of one call. Inside `with`, all reads of this thread keep to it."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._unwanted: threading.Event = getattr(_here, "unwanted", None) or threading.Event()

    def __enter__(self) -> Deadline:
        _here.deadline = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _here.deadline = None

    @property
    def left(self) -> float:
        """Seconds left, never negative; none where the call is no longer wanted."""
        return 0 if self._unwanted.is_set() else max(0, self._end - time.monotonic())

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the call is wanted."""
        self._unwanted.wait(min(seconds, self.left))


class _PunctualReader(io.RawIOBase):
    """Reads a socket with its own timeout for each silence and the deadline for the whole."""

    def __init__(self, sock: socket.socket, kept_open: io.RawIOBase) -> None:
        self._sock = sock
        self._kept_open = kept_open
        self._silence = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        deadline: Deadline | None = getattr(_here, "deadline", None)
        silence_ends = None if self._silence is None else time.monotonic() + self._silence
        while True:
            waits = [GLANCE]
            if silence_ends is not None:
                waits.append(silence_ends - time.monotonic())
            if deadline is not None:
                waits.append(deadline.left)
            if min(waits) <= 0:
                raise TimeoutError("timed out")
            self._sock.settimeout(min(waits))
            try:
                return self._sock.recv_into(buffer)
            except TimeoutError:
                continue

    def close(self) -> None:
        self._kept_open.close()
        super().close()


class _PunctualResponse(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_PunctualReader(sock, self.fp.detach()))


class _Http(HTTPConnection):
    response_class = _PunctualResponse


class _Https(HTTPSConnection):
    response_class = _PunctualResponse


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class PunctualAdapter(HTTPAdapter):
    """An adapter of requests whose answers keep to the `Deadline` of their thread."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _make_punctual(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        _make_punctual(manager)
        return manager


def _make_punctual(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
