"""Sentences: places, plural forms, and what happens where a translation is not fit to be read."""

from __future__ import annotations

from io import BytesIO

import pytest

from redmine_sla.calendar import Target
from redmine_sla.contract.words import Language
from redmine_sla.language import ENGLISH, Tongue, tongue_for
from redmine_sla.language.translations import translations_from

BROKEN = """
msgid ""
msgstr ""
"Language: hu\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "{n} left"
msgstr "maradt"

msgid "due {day}"
msgstr "{day} ({person})"

msgid "seen by {name}"
msgstr "{name.__class__}"

#, fuzzy
msgid "all is well"
msgstr "minden rossz"

msgid "{n} ticket"
msgid_plural "{n} tickets"
msgstr[0] "{n} jegy"
msgstr[1] "jegyek"

msgid "of {customer}"
msgstr "{customer}: az ügyfél"
"""


def speaking(source: str) -> Tongue:
    hungarian = tongue_for(Language.HUNGARIAN)
    words = translations_from(BytesIO(source.encode()), Language.HUNGARIAN)
    return Tongue(Language.HUNGARIAN, hungarian.locale, hungarian.customs, words)


@pytest.mark.parametrize(
    ("message", "places", "said"),
    [
        ("{n} left", {"n": "2"}, "2 left"),
        ("due {day}", {"day": "today"}, "due today"),
        ("seen by {name}", {"name": "Anna"}, "seen by Anna"),
        ("all is well", {}, "all is well"),
        ("nobody translated this", {}, "nobody translated this"),
        ("of {customer}", {"customer": "Alma"}, "Alma: az ügyfél"),
    ],
)
def test_a_translation_with_other_places_or_in_doubt_leaves_the_english_sentence(
    message: str, places: dict[str, str], said: str
) -> None:
    assert speaking(BROKEN).say(message, **places) == said


def test_a_plural_form_that_lost_its_number_leaves_the_english_one() -> None:
    assert speaking(BROKEN).count("{n} ticket", "{n} tickets", 5) == "5 tickets"


def test_english_is_what_the_code_says() -> None:
    assert ENGLISH.say("{n} left", n="2") == "2 left"
    assert ENGLISH.count("{n} ticket", "{n} tickets", 1) == "1 ticket"
    assert ENGLISH.count("{n} ticket", "{n} tickets", 1200) == "1,200 tickets"


def test_nothing_is_nothing_in_every_language() -> None:
    for language in Language:
        assert tongue_for(language).say("") == ""


def test_braces_in_a_text_from_a_contract_are_only_shown() -> None:
    assert tongue_for(Language.POLISH).say("Backup {of} {0} all") == "Backup {of} {0} all"


def test_what_stands_in_a_place_is_put_in_as_it_is() -> None:
    assert ENGLISH.say("status {status}", status="{status}") == "status {status}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1 business hour", "2 business hours", "5 business hours")),
        ("hu", ("1 munkaóra", "2 munkaóra", "5 munkaóra")),
        ("pl", ("1 godzina robocza", "2 godziny robocze", "5 godzin roboczych")),
        ("sk", ("1 pracovná hodina", "2 pracovné hodiny", "5 pracovných hodín")),
        ("ru", ("1 рабочий час", "2 рабочих часа", "5 рабочих часов")),
        ("kk", ("1 жұмыс сағаты", "2 жұмыс сағаты", "5 жұмыс сағаты")),
    ],
)
def test_a_number_takes_its_own_plural_form(language: str, said: tuple[str, ...]) -> None:
    tongue = tongue_for(Language(language))
    assert tuple(tongue.target(Target.parse(f"{n}bh")) for n in (1, 2, 5)) == said


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("pl", 12, "12 dni roboczych"),
        ("pl", 22, "22 dni robocze"),
        ("pl", 21, "21 dni roboczych"),
        ("ru", 11, "11 рабочих дней"),
        ("ru", 21, "21 рабочий день"),
        ("ru", 0, "0 рабочих дней"),
        ("sk", 21, "21 pracovných dní"),
        ("sk", 0, "0 pracovných dní"),
    ],
)
def test_the_slavic_forms_turn_where_they_should(language: str, n: int, said: str) -> None:
    assert tongue_for(Language(language)).target(Target.parse(f"{n}bd")) == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("30bm", "30 munkaperc"),
        ("24ch", "24 naptári óra"),
        ("90cm", "90 naptári perc"),
        ("3cd", "3 naptári nap"),
        ("nbd", "következő munkanap"),
        ("agreed", "az egyeztetett határidő"),
    ],
)
def test_every_target_is_told(target: str, said: str) -> None:
    assert tongue_for(Language.HUNGARIAN).target(Target.parse(target)) == said
