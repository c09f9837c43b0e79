"""The translations, from `words/*.po`: read by Babel, compiled in memory for gettext."""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO
from typing import IO

from redmine_sla.contract.words import Language

Wording = str | tuple[str, ...] | list[str]
"""A message or its translation: one text, or the forms by number."""

PLACE = re.compile(r"\{([a-z_]+)\}")
"""A named place. Nothing else may stand in braces: no index, no attribute, no format."""


@cache
def translations_of(language: Language) -> NullTranslations:
    """The translations into a language; English is what the code says, and reads nothing.

    A translation that is not finished, or whose places are not those of its message, is left out:
    the reader gets the English sentence, never one with a figure missing.
    """
    if language is Language.ENGLISH:
        return NullTranslations()
    with resources.files(__package__).joinpath("words", f"{language}.po").open("rb") as source:
        return translations_from(source, language)


def translations_from(source: IO[bytes], language: Language) -> NullTranslations:
    """The sound translations of a `.po` file."""
    # Not imported for English: a translation takes some 20 ms of a run, its absence nothing.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    catalogue = read_po(source, locale=str(language), ignore_obsolete=True)
    for message in list(catalogue):
        if message.id and (message.fuzzy or not is_sound(message.id, message.string)):
            catalogue.delete(message.id)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def places_of(text: str) -> frozenset[str] | None:
    """The places in a text; `None` where braces hold something else."""
    if re.search(r"[{}]", PLACE.sub("", text)):
        return None
    return frozenset(PLACE.findall(text))


def is_sound(message: Wording, translation: Wording | None) -> bool:
    """Does the translation have the places of the message, all of them and no others?"""
    if isinstance(message, str):
        return isinstance(translation, str) and _fits(message, translation)
    forms = () if isinstance(translation, str) or translation is None else translation
    return bool(forms) and all(_fits(message[-1], form) for form in forms)


def _fits(message: str, translation: str) -> bool:
    if not translation:
        return False
    if "{" not in message and "{" not in translation:
        return True
    places = places_of(message)
    return places is not None and places == places_of(translation)
