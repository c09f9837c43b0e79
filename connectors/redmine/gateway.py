"""The one door to a Redmine."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.engine import Attempt, RedmineEngine, log_attempt
from redmine_sla.connectors.redmine.private_notes import PrivateNotes
from redmine_sla.connectors.redmine.reading import Reader
from redmine_sla.connectors.redmine.rights import Rights
from redmine_sla.connectors.redmine.writing import Writer


class RedmineGateway(Reader, Writer):
    """Implements `redmine_sla.sync.ports.Redmine`: everything a run asks of and writes to Redmine.

    No request is made before the first question. `hook` is told of each request sent.

        with RedmineGateway(Connection(url="https://redmine.example.com", key=key)) as redmine:
            for row in redmine.issues([12, 13]):
                ...
    """

    def __init__(
        self, connection: Connection, *, hook: Callable[[Attempt], None] = log_attempt
    ) -> None:
        python_redmine = PythonRedmine(
            connection.url, engine=RedmineEngine, connection=connection, hook=hook
        )
        Reader.__init__(self, python_redmine.engine)
        self.rights = Rights(self)
        Writer.__init__(
            self, python_redmine, self, PrivateNotes(python_redmine.engine, self, self.rights)
        )

    def __repr__(self) -> str:
        return f"<RedmineGateway {self._engine.connection.url}>"

    def __enter__(self) -> RedmineGateway:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.session.close()
