"""What customers read, in their language: words, plurals, numbers, money, dates."""

from redmine_sla.language.saying import Saying, marked
from redmine_sla.language.tongue import ENGLISH, Tongue, tongue_for

__all__ = ["ENGLISH", "Saying", "Tongue", "marked", "tongue_for"]
