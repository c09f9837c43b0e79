"""What customers read, in their language: words, plurals, numbers, money, dates."""

from redmine_sla.language.tongue import Tongue, tongue_for

__all__ = ["Tongue", "tongue_for"]
