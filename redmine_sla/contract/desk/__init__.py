"""`sla.toml`: one Redmine, how to reach it, what its names mean, where results are shown."""

from redmine_sla.contract.desk.desk import STATUS_ROLES, Desk, RequiredFields, Statuses

__all__ = ["STATUS_ROLES", "Desk", "RequiredFields", "Statuses"]
