"""The desk that is measured: one contract over three projects, shown in fields of the tickets."""

from __future__ import annotations

from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import loads_contract, loads_desk

DESK = """
redmine.url = "{url}"
surfaces = {{ mode = "fields", wiki_markup = "common_mark" }}
[roles]
provider = ["Manager", "Developer"]
customer = "Reporter"
third_party = "Vendor"
[statuses]
working = "In Progress"
waiting_customer = "Waiting for customer"
waiting_third_party = "Waiting for vendor"
resolved = ["Resolved", "Closed"]
rejected = "Rejected"
[fields]
sla_class = "SLA class"
sla_status = "SLA status"
response_due = "Response due"
resolution_due = "Resolution due"
sla_key = "SLA key"
"""

CONTRACT = """
extends = "help-desk"
title = "Help desk"
customer = "Delta"
provider = "We"
projects = ["desk1", "desk2", "desk3"]
starts = 2024-01-01
[[targets]]
clock = "response"
within = "4bh"
clause = "response"
[[targets]]
clock = "resolution"
within = "5bd"
clause = "resolution"
"""


def configuration(url: str) -> Configuration:
    """The desk at that Redmine. Its words are those of `tests.harness.desk.support_desk`."""
    contract = loads_contract(CONTRACT, "delta")
    return Configuration(desk=loads_desk(DESK.format(url=url)), contracts=(contract,))
