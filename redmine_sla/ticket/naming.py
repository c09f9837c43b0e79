"""The raw values of a ticket's history as people know them. What is gone keeps its number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from redmine_sla.ticket.ticket import Detail, DetailKind, FieldValue
from redmine_sla.ticket.timeline import Attribute
from redmine_sla.ticket.vocabulary import Vocabulary

_ATTRIBUTE_OF = MappingProxyType(
    {
        "status_id": Attribute.STATUS,
        "priority_id": Attribute.PRIORITY,
        "tracker_id": Attribute.TRACKER,
        "project_id": Attribute.PROJECT,
        "assigned_to_id": Attribute.ASSIGNEE,
        "category_id": Attribute.CATEGORY,
        "fixed_version_id": Attribute.VERSION,
        "due_date": Attribute.DUE_DATE,
        "estimated_hours": Attribute.ESTIMATE,
        "parent_id": Attribute.PARENT,
        "subject": Attribute.SUBJECT,
        "description": Attribute.DESCRIPTION,
    }
)
_WRITTEN_OUT = frozenset(
    {
        Attribute.DUE_DATE,
        Attribute.ESTIMATE,
        Attribute.PARENT,
        Attribute.SUBJECT,
        Attribute.DESCRIPTION,
    }
)
Key = Attribute | int
"""What changes on a ticket: one of its attributes, or a custom field by its number."""


def key_of(detail: Detail) -> Key | None:
    """What a journal's detail changes; `None` for what is not followed."""
    if detail.kind is DetailKind.FIELD:
        return int(detail.name)
    if detail.kind is DetailKind.ATTRIBUTE:
        return _ATTRIBUTE_OF.get(detail.name)
    return None


def name_of(key: Key, words: Vocabulary) -> str:
    """How people call the attribute or field."""
    if isinstance(key, Attribute):
        return key.value
    known = words.fields.get(key)
    return known.name if known else f"#{key}"


def shown(key: Key, value: FieldValue, words: Vocabulary) -> str | None:
    """A raw value (Redmine's strings, ids as digits) as people see it; `None` for nothing."""
    if value is None or value in ("", ()):
        return None
    if isinstance(key, int):
        known = words.fields.get(key)
        if known and known.format == "bool" and value == "0":
            return None
        parts = value if isinstance(value, tuple) else (value,)
        return ", ".join(known.label(part) if known else part for part in parts)
    text = str(value)
    if key in _WRITTEN_OUT:
        return text
    return _name(key, int(text), words) or f"#{text}"


def _name(attribute: Attribute, number: int, words: Vocabulary) -> str | None:
    if attribute is Attribute.STATUS:
        status = words.statuses.get(number)
        return status.name if status else None
    if attribute is Attribute.PROJECT:
        project = words.projects.get(number)
        return project.identifier if project else None
    names: Mapping[Attribute, Mapping[int, str]] = {
        Attribute.PRIORITY: words.priorities,
        Attribute.TRACKER: words.trackers,
        Attribute.ASSIGNEE: words.users,
        Attribute.CATEGORY: words.categories,
        Attribute.VERSION: words.versions,
    }
    return names[attribute].get(number)
