"""The texts of a starting folder. Everything a desk must decide is there; the rest is commented."""

from __future__ import annotations

DESK = """\
#:schema ./sla.schema.json
# One Redmine: how to reach it, and what its names mean. Check with: redmine-sla check

[redmine]
url = "http://127.0.0.1:3000"
# The API key of the bot user, from one of three places. Without any of them it is read from the
# environment variable REDMINE_SLA_API_KEY.
# api_key = "…"                    # in this file: keep it readable by you alone (chmod 600)
# api_key_file = "api.key"         # a file that holds the key alone
# api_key_env = "MY_VARIABLE"
# ca_bundle = "/etc/ssl/own-ca.pem"
# parallel_reads = 4

# [mirror]
# url = "postgresql+psycopg://sla@localhost/sla"   # left out: SQLite in the platform's state folder

# Which roles act for whom.
[roles]
provider = ["Manager", "Developer"]
customer = "Reporter"
# third_party = "Vendor"

# People whose role does not tell their side, or did not always.
# [[parties]]
# user = "jkovacs"                 # number, login or name
# party = "third_party"
# role = "Developer"               # held in these days, for rates by role: write it when he leaves
# from = 2026-03-01
# to = 2026-08-31

# [bots]
# users = ["monitoring"]

# What the statuses mean. [] says openly that Redmine has none.
[statuses]
working = "In Progress"
waiting_customer = "Feedback"
waiting_third_party = []
confirmed = []
resolved = ["Resolved", "Closed"]
rejected = "Rejected"
duplicate = []

# Custom fields by what they mean. `redmine-sla provision` makes them; all are optional.
[fields]
# What the tool writes:
# sla_class = "SLA class"
# sla_status = "SLA status"
# response_due = "Response due"
# resolution_due = "Resolution due"
# sla_key = "SLA key"               # marks tickets the tool makes: obligations, sign-offs
# budget = "Development budget"
# What people fill in:
# class = "Problem class"
# severity = "Severity"
# kind = "Kind"
# channel = "Channel"
# customer = "Customer"
# happened_at = "Happened at"
# work_started_at = "Work started at"
# outage_began_at = "Outage began at"
# outage_ended_at = "Outage ended at"
# failure_cause = "Failure cause"
# failure_measures = "Failure measures"
# accepted = "Accepted"

[surfaces]
mode = "wiki"                      # "fields" as soon as the fields above are there
wiki_markup = "common_mark"        # or "textile": `redmine-sla provision` prints which

# Tickets that we create: obligations and sign-offs, as soon as sla_key is there.
# [required_fields]
# tracker = "Support"
# [required_fields.fields]         # values Redmine wants on each
# Department = "Support"
# [obligations]
# tickets_from = 2026-11-01        # the first day whose obligations get tickets

# [notifications]
# ping_url = "https://hc-ping.example.com/…"       # called after each good run
"""

CONTRACT = """\
#:schema ../contract.schema.json
# One contract. It extends a profile of the catalogue and says what is different.
# The profiles: crm-support, outsourced-it, help-desk, cloud-erp, information-system.

extends = "help-desk"
title = "Help desk for Example Ltd."
customer = "Example Ltd."
provider = "Our Company"
projects = "example"               # identifiers, as in the projects' addresses
starts = 2026-01-01
# ends = 2027-12-31                # last day, included
language = "en"                    # en, hu, pl, sk, ru, kk
timezone = "Europe/Budapest"
currency = "HUF"

[calendars.office]
hours = "Mo-Fr 08:00-17:00"        # OpenStreetMap opening_hours
holidays = "HU"                    # a country, a part of one ("DE-BY"), a list of dates, or []
# special_days = { 2026-12-24 = "off", 2026-12-31 = "08:00-12:00" }

# A rule of the profile is changed by its name; a rule without one stands before them all.
[[targets]]
name = "start-infrastructure"
within = "2bh"                     # 2 business hours; 2ch would run day and night
clause = "Contract 3.1"

# [[contacts]]
# name = "Jane Doe"
# user = 17          # her number in Redmine, told by `redmine-sla doctor`: names can be changed
# may = ["approve", "sign_off"]

# From a day on, other terms. Running tickets keep theirs.
# [[amendments]]
# from = 2026-07-01
# note = "On-call duty"
# tier = "on-call"
"""

README = """\
# The configuration of redmine-sla

- `sla.toml`: how to reach Redmine, and what its names mean there.
- `contracts/`: one file for each contract. The file's name is the contract's short name.
- `profiles/` (if you like): your own profiles, which contracts can extend.
- `*.schema.json`: for editors that know JSON Schema (taplo, Even Better TOML).

1. Write Redmine's address into `sla.toml`, and put the bot's API key into REDMINE_SLA_API_KEY.
2. `redmine-sla check` reads everything and tells every mistake with its file and line.
3. `redmine-sla doctor` looks at Redmine and tells the step for whatever is missing there.
4. `redmine-sla sync --dry-run` shows what would be written; `redmine-sla sync` writes it.
"""

_CONTRACT_ON = """\
#:schema ../contract.schema.json
# One contract. It extends the profile {profile} of the catalogue and says what is different.

extends = "{profile}"
title = "Support for Example Ltd."
customer = "Example Ltd."
provider = "Our Company"
projects = "example-{profile}"  # identifiers, as in the projects' addresses
starts = 2026-01-01
# ends = 2027-12-31  # last day, included
# language = "en"  # en, hu, pl, sk, ru, kk
{figures}
# [[contacts]]
# name = "Jane Doe"
# user = 17  # her number in Redmine, told by `redmine-sla doctor`: names can be changed
# may = ["approve", "sign_off"]

# A rule of the profile is changed by its name; a rule without one stands before them all.
# [[targets]]
# clock = "resolution"
# within = "16bh"  # 16 business hours; 16ch would run day and night
# clause = "Contract 3.1"

# From a day on, other terms. Running tickets keep theirs.
# [[amendments]]
# from = 2026-07-01
# note = "What was agreed"
"""

_FIGURES = {
    "crm-support": """
tier = "5x8xNBD"  # or "5x12x12", "7x24x4"
term_months = 24  # or 12
vat = "net"

[fees]
base = "10 000 000 HUF"  # the deployment fee
""",
    "information-system": """
contract_sum = "48 000 000 KZT"
vat = "net"

[[development.rates]]
per_hour = "15 000 KZT"
""",
}
"""What a profile leaves to each contract, by profile."""


def contract_on(profile: str) -> str:
    """A contract to start from that extends the profile."""
    return _CONTRACT_ON.format(profile=profile, figures=_FIGURES.get(profile, ""))
