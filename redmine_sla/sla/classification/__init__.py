"""Classification: how far a problem reaches, how bad it is, what a ticket asks for.

Pure functions on plain data. `classify` weighs all evidence under a contract's policy,
`read_text` reads the words alone, `count_alike` finds bursts, `judge_severity` gives the
severity, `intake_hints` says what must come first, `evaluate` measures it all against classes
set by people.
"""

from redmine_sla.sla.classification.bursts import AlikeReport, count_alike
from redmine_sla.sla.classification.classifier import classify
from redmine_sla.sla.classification.evaluation import (
    Evaluation,
    LabelledFileError,
    LabelledTicket,
    evaluate,
    read_labelled,
    render_evaluation,
)
from redmine_sla.sla.classification.intake_hints import Hint, IntakeHint, intake_hints
from redmine_sla.sla.classification.policy import ClassificationPolicy
from redmine_sla.sla.classification.reading import TextReading, read_text
from redmine_sla.sla.classification.severity import judge_severity
from redmine_sla.sla.classification.values import (
    Choice,
    Classification,
    Evidence,
    EvidenceSource,
    SeverityJudgement,
    Special,
    TicketFacts,
    TicketKind,
)

__all__ = [
    "AlikeReport",
    "Choice",
    "Classification",
    "ClassificationPolicy",
    "Evaluation",
    "Evidence",
    "EvidenceSource",
    "Hint",
    "IntakeHint",
    "LabelledFileError",
    "LabelledTicket",
    "SeverityJudgement",
    "Special",
    "TextReading",
    "TicketFacts",
    "TicketKind",
    "classify",
    "count_alike",
    "evaluate",
    "intake_hints",
    "judge_severity",
    "read_labelled",
    "read_text",
    "render_evaluation",
]
