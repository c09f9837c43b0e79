"""Scripts for `rails runner` that set Redmine up for this tool, and take that back.

What Redmine's API cannot create (fields, statuses, saved queries, roles) an administrator lets
these scripts create on the server. They are made to be read first: the wishes stand at the top.

    bundle exec rails runner -e production provision.rb
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from redmine_sla.connectors.redmine.provisioning.plan import ProvisionOptions, plan_of
from redmine_sla.contract import Contract, Desk

__all__ = ["ProvisionOptions", "api_key_in", "provision_script", "unprovision_script"]

_PARTS = ("notebook", "names", "workflow", "fields", "sign_offs", "bot", "queries", "settings")


def provision_script(
    desk: Desk, contracts: Sequence[Contract], options: ProvisionOptions | None = None
) -> str:
    """An idempotent Ruby script that creates what is missing and leaves alone what is there.

    It works as a whole or not at all, prints a line for each thing, and remembers what it made.
    It ends with status 1 and changes nothing where a project or role of the configuration does
    not exist, or where a field of that name cannot hold what is to be written.
    """
    plan = plan_of(desk, contracts, options or ProvisionOptions())
    parts = [f"provision_{part}.rb" for part in _PARTS]
    return _assembled("Sets this Redmine up for redmine-sla.", plan, [*parts, "provision.rb"])


def unprovision_script(*, rehearsal: bool = False, force: bool = False) -> str:
    """The reverse: removes what provisioning made here, whatever the configuration says today.

    Fields with values that people entered stay, unless forced; statuses and trackers that tickets
    have or had stay always; a bot that has written something is locked, so that it stays signed.
    """
    plan = {"rehearsal": rehearsal, "force": force}
    return _assembled(
        "Takes back what redmine-sla made in this Redmine.",
        plan,
        ["provision_notebook.rb", "unprovision.rb"],
    )


def api_key_in(output: str) -> str | None:
    """The key that a run of the script printed; `None` if there was one already."""
    found = re.search(r'^api_key = "(\w+)"', output, re.MULTILINE)
    return found[1] if found else None


def _assembled(purpose: str, plan: Mapping[str, Any], parts: Sequence[str]) -> str:
    """The parts as one script. The plan is JSON in a quoted heredoc: nothing in it is run."""
    folder = files("redmine_sla.connectors.redmine.provisioning")
    head = (
        f"# frozen_string_literal: true\n\n# {purpose}\n# Run as the user that Redmine runs as, in "
        "Redmine's folder:\n#   bundle exec rails runner -e production THIS_FILE\n\n"
        f"require 'json'\n\nPLAN = JSON.parse(<<'PLAN_IN_JSON')\n"
        f"{json.dumps(plan, indent=2)}\nPLAN_IN_JSON\n"
    )
    texts = [(folder / part).read_text(encoding="utf-8").rstrip() for part in parts]
    return "\n\n".join([head.rstrip(), *texts]) + "\n"
