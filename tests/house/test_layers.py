"""A room imports only from rooms below it, and the core does no I/O (`[importlinter]`)."""

from __future__ import annotations

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_the_order_of_the_rooms_holds() -> None:
    assert lint_imports(config_filename="setup.cfg", no_cache=True) == EXIT_STATUS_SUCCESS, (
        "run lint-imports: it names the import that goes up the stair"
    )
