"""A small REST client for tests: what a person with a key would send with curl."""

from __future__ import annotations

from typing import Any

import requests

TIMEOUT = 60.0


class Refused(AssertionError):  # noqa: N818 - in a test, an answer that was not expected
    """Redmine answered with an error."""

    def __init__(self, response: requests.Response) -> None:
        request = response.request
        super().__init__(
            f"{request.method} {request.url} answered {response.status_code}: {response.text[:500]}"
        )
        self.status = response.status_code
        self.response = response


class Rest:
    """Requests to one server as the owner of one key."""

    def __init__(self, url: str, key: str) -> None:
        self.url = url
        self.key = key
        self._session = requests.Session()
        self._session.headers["X-Redmine-API-Key"] = key
        self._session.trust_env = False  # a proxy has no business on loopback

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """The answer as it comes, whatever its status. `path` starts with a slash."""
        return self._session.request(method, self.url + path, timeout=TIMEOUT, **options)

    def get(self, path: str, **parameters: Any) -> Any:
        return self._checked("GET", path, params=parameters).json()

    def post(self, path: str, body: Any) -> Any:
        response = self._checked("POST", path, json=body)
        return response.json() if response.content.strip() else None

    def put(self, path: str, body: Any) -> None:
        self._checked("PUT", path, json=body)

    def delete(self, path: str) -> None:
        self._checked("DELETE", path)

    def upload(self, content: bytes, filename: str) -> str:
        """Sends a file; the token goes into the `uploads` of what it belongs to."""
        response = self._checked(
            "POST",
            "/uploads.json",
            params={"filename": filename},
            data=content,
            headers={"Content-Type": "application/octet-stream"},
        )
        token: str = response.json()["upload"]["token"]
        return token

    def close(self) -> None:
        self._session.close()

    def _checked(self, method: str, path: str, **options: Any) -> requests.Response:
        response = self.request(method, path, **options)
        if not response.ok:
            raise Refused(response)
        return response
