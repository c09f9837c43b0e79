"""Who the key belongs to: asked before anything else.

With a wrong key, a locked user or REST switched off Redmine refuses nothing that is public: it
answers lists with success, as it would to anybody without a login (seen in 5.0, 6.0, 6.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redmine_sla.connectors.redmine.asking import Parameters, object_of
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.sync.failures import Forbidden, RestDisabled
from redmine_sla.sync.ports import Row

SECRETS = {"api_key", "twofa_scheme"}


class Identity:
    """The user behind the key, and questions asked as him and never as anybody."""

    def __init__(self, engine: RedmineEngine) -> None:
        self._engine = engine
        self._me: Row | None = None

    def me(self) -> Row:
        """The user with his memberships, asked once. His key is left out."""
        return self._me or self.prove()

    def prove(self) -> Row:
        """Ask who we are, again if need be. Raises `Unauthorized`, `RestDisabled`."""
        path = "/users/current.json"
        try:
            answer = self._engine.ask(path, [("include", "memberships")])
        except Forbidden as error:  # nobody is refused himself, unless Redmine looks at no key
            raise RestDisabled(
                "the REST service is switched off",
                exchange=error.exchange,
                hint="an administrator switches it on: Administration, Settings, API, "
                '"Enable REST web service"',
            ) from error
        user = object_of(answer, "user", path)
        self._me = {key: user[key] for key in user if key not in SECRETS}
        return self._me

    def ask(self, path: str, parameters: Parameters = ()) -> Mapping[str, Any]:
        """GET `path`; its JSON object. Raises `RedmineError`."""
        self.me()
        return self._engine.ask(path, parameters)
