"""What every test may ask for."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["tests.harness.fixtures"]

# How long an example may take says nothing on a machine that does other things too.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
