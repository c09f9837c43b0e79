"""The closed lists of contract words as customers read them: `tongue.say(facts.severity)`.

Marked here so that they are collected for translation; a page says the word itself.
"""

from __future__ import annotations

from redmine_sla.language.saying import marked

CLOSED_WORDS = frozenset(
    {
        # reach of a problem
        marked("user"),
        marked("system"),
        marked("infrastructure"),
        # severity of a fault
        marked("critical"),
        marked("priority"),
        marked("function"),
        # kinds of tickets
        marked("incident"),
        marked("problem"),
        marked("request"),
        marked("change"),
        # bases of amounts
        marked("net"),
        marked("gross"),
    }
)
