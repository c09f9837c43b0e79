"""The words of one Redmine: which id is which status, tracker, role, field and user.

Names serve people and configuration, ids serve history. What has been deleted from Redmine, or
what the key may not read, has no name: it is called by its number (`#7`), never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Status:
    """An issue status and whether Redmine counts it as closed."""

    id: int
    name: str
    closed: bool


@dataclass(frozen=True, slots=True)
class CustomField:
    """A custom field. `default` is `None` where there is none *or* where it may not be read."""

    id: int
    name: str
    format: str = "string"
    default: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def label(self, value: str) -> str:
        """What a person sees for a stored value (enumerations store ids)."""
        return self.options.get(value, value)


@dataclass(frozen=True, slots=True)
class Project:
    """A project; `parent` is the id of the project above it.

    `status` is Redmine's: 1 open, 5 closed, 9 archived. A public one is for everybody to read;
    `None` where Redmine does not tell.
    """

    id: int
    identifier: str
    name: str
    parent: int | None = None
    status: int = 1
    is_public: bool | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by id. Built by a connector; empty parts mean "not known", not "none"."""

    statuses: Mapping[int, Status] = field(default_factory=dict)
    trackers: Mapping[int, str] = field(default_factory=dict)
    priorities: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)
    activities: Mapping[int, str] = field(default_factory=dict)
    versions: Mapping[int, str] = field(default_factory=dict)
    fields: Mapping[int, CustomField] = field(default_factory=dict)
    users: Mapping[int, str] = field(default_factory=dict)
    projects: Mapping[int, Project] = field(default_factory=dict)

    def status_name(self, status: int) -> str:
        """The status's name, or `#id` for a deleted one."""
        known = self.statuses.get(status)
        return known.name if known else f"#{status}"

    def field_named(self, name: str) -> CustomField | None:
        """The custom field of that exact name."""
        return next((known for known in self.fields.values() if known.name == name), None)
