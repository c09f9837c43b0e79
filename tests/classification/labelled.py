"""The labelled tickets the rules are made and measured with.

`dev` is the project's own set of 150. `own` was written for this purpose in four batches, each
before the rules were next changed; `heldout` was never used to make or weigh them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redmine_sla.sla.classification import LabelledTicket, read_labelled

DATA = Path(__file__).parent.parent / "data"
QUESTIONS = ("problem_class", "kind", "special", "outage")
_OUTAGE = {"true": "stopped", "false": "going_on"}


@cache
def tickets(name: str) -> tuple[LabelledTicket, ...]:
    """The tickets of `dev`, `own` or `heldout`."""
    path = DATA / f"tickets_{name}.jsonl"
    return tuple(read_labelled(path.read_text("utf-8").splitlines(), name=path.name))


def truth(ticket: LabelledTicket, question: str) -> str:
    """What a person answered to a question."""
    label = ticket.labels[question]
    return _OUTAGE[label] if question == "outage" else label
