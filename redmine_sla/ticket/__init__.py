"""Tickets as Redmine gives them, who acted on them, and the timeline made from both."""

from redmine_sla.ticket.happened import HappenedAt, read_instant
from redmine_sla.ticket.history import timeline_of
from redmine_sla.ticket.party import Appointment, Author, Parties, Party
from redmine_sla.ticket.ticket import (
    Detail,
    DetailKind,
    FieldValue,
    Journal,
    Ref,
    Relation,
    RelationKind,
    Ticket,
    TimeEntry,
)
from redmine_sla.ticket.timeline import (
    AddedFile,
    Attribute,
    Booking,
    Note,
    Remark,
    Span,
    Timeline,
    Track,
)
from redmine_sla.ticket.vocabulary import CustomField, Project, Status, Vocabulary

__all__ = [
    "AddedFile",
    "Appointment",
    "Attribute",
    "Author",
    "Booking",
    "CustomField",
    "Detail",
    "DetailKind",
    "FieldValue",
    "HappenedAt",
    "Journal",
    "Note",
    "Parties",
    "Party",
    "Project",
    "Ref",
    "Relation",
    "RelationKind",
    "Remark",
    "Span",
    "Status",
    "Ticket",
    "TimeEntry",
    "Timeline",
    "Track",
    "Vocabulary",
    "read_instant",
    "timeline_of",
]
