"""Messages are found where they are said: in calls of the code, and in what the profiles tell."""

from __future__ import annotations

import ast

from tests.language.messages import Message, _of_call, messages_of_catalogue, messages_of_code


def found(code: str) -> list[Message]:
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    return [message for call in calls for message in _of_call(call, "here.py")]


def test_what_a_tongue_says_is_a_message_with_the_places_it_fills() -> None:
    (message,) = found("tongue.say('of {n}', n=number)")
    assert (message.one, message.many, message.filled) == ("of {n}", "", frozenset({"n"}))


def test_what_it_counts_has_two_forms() -> None:
    (message,) = found("frame.tongue.count('{n} day', '{n} days', 3)")
    assert message.forms == ("{n} day", "{n} days")
    assert message.filled == frozenset({"n"})


def test_sayings_and_marked_words_are_messages() -> None:
    assert [one.one for one in found("Saying('status {status}', status=s); marked('met')")] == [
        "status {status}",
        "met",
    ]


def test_what_is_only_known_at_run_time_is_none() -> None:
    assert found("tongue.say(duty.title); tongue.say(_WORDS[verdict]); Saying(title)") == []


def test_a_sentence_over_several_lines_is_one_message() -> None:
    assert [
        one.one for one in found("tongue.say('Judged at {moment}, '\n 'from what is known.')")
    ] == ["Judged at {moment}, from what is known."]


def test_the_code_and_the_profiles_are_both_read() -> None:
    code = {message.one for message in messages_of_code()}
    assert {"at risk", "cancelled: {status}", "Open tickets", "on the last Friday"} <= code
    profiles = {message.one for message in messages_of_catalogue()}
    assert {
        "Resolution",
        "Review of the log files",
        "service level 7x24x4, early fault detection",
        "Missed updates are installed by hand",
        "deployment fee",
    } <= profiles
    assert "crm-support" not in profiles
    assert "FREQ=DAILY" not in profiles
