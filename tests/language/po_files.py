"""The files of translations: brought up to date with the messages, translations kept."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from redmine_sla.contract.words import Language
from redmine_sla.language.translations import Wording
from tests.language.messages import PACKAGE, Message

WORDS = PACKAGE / "language" / "words"
TRANSLATED = tuple(language for language in Language if language is not Language.ENGLISH)
_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_PLURALS = {
    Language.HUNGARIAN: _TWO_FORMS,
    Language.POLISH: (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
    Language.SLOVAK: "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
    Language.RUSSIAN: (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
    Language.KAZAKH: _TWO_FORMS,
}
_HEADER = """# Words of redmine-sla. The terms are in GLOSSARY.md.
# `python -m tests.language update` keeps the messages as they stand in the code.
#
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


def path_of(language: Language) -> Path:
    return WORDS / f"{language}.po"


def read(language: Language) -> Catalog:
    """A language's file; an empty one, with its rule of plurals, where there is none."""
    path = path_of(language)
    if path.exists():
        with path.open("rb") as source:
            return read_po(source, locale=str(language))
    return _empty(language)


def _empty(language: Language) -> Catalog:
    return read_po(BytesIO(_header(language).encode()), locale=str(language))


def updated(language: Language, messages: Iterable[Message]) -> bytes:
    """The file with exactly these messages, and every translation it had for them.

    What no message asks for any longer is kept as obsolete: code may be half-way between two
    commits. `pruned` drops it.
    """
    old = read(language)
    known = {entry.id: entry.string for entry in (*old.obsolete.values(), *old) if entry.id}
    fresh = _empty(language)
    for message in messages:
        key: Wording = (message.one, message.many) if message.many else message.one
        standing = fresh.get(message.one)
        if standing is not None and message.many and isinstance(standing.id, str):
            fresh.delete(message.one)
        elif standing is not None:
            key = standing.id
        fresh.add(key, known.get(key), locations=[(message.where, 0)])
    for key, string in known.items():
        name = key[0] if isinstance(key, tuple | list) else key
        if fresh.get(name) is None and (string if isinstance(string, str) else any(string)):
            fresh.obsolete[name] = Entry(key, string)
    return _written(fresh, language)


def pruned(language: Language) -> bytes:
    """The file without what no message asks for."""
    catalogue = read(language)
    catalogue.obsolete.clear()
    return _written(catalogue, language)


def _written(catalogue: Catalog, language: Language) -> bytes:
    """The file under our own header: Babel's tells of dates and people, and changes each time."""
    for entry in catalogue:
        # "15 % of" looks to Babel like a place of Python's old formatting.
        entry.flags.discard("python-format")
        entry.flags.discard("python-brace-format")
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, include_lineno=False)
    return f"{_header(language)}\n".encode() + written.getvalue()


def _header(language: Language) -> str:
    return _HEADER.format(language=language, plurals=_PLURALS[language])
