"""The command line: one module for each command. Heavy libraries are imported when they run."""

from redmine_sla.cli.main import main

__all__ = ["main"]
