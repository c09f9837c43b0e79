"""Subject and description count as they read then: who edits them later changes no past."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

UNDER = contract(
    promising("resolution", "2bh", **{"class": "infrastructure"}), promising("resolution", "8bh")
)
SMALL = "2026-03-02 09:00 anna describes: My printer prints blanks; opens: Printer\n"
LARGE = "describes: Nobody in the whole company can work, the network is down everywhere"


def resolution(story: str, at: str) -> str:
    return says(judged(story, UNDER, at=at).reading("resolution"))


def test_what_is_added_after_the_repair_does_not_make_it_late() -> None:
    story = SMALL + f"12:00 eva status: Resolved\n2026-03-03 09:00 eva {LARGE}"
    assert resolution(story, "2026-03-04 12:00") == "met, stopped, due Mon 17:00, used 3:00"


def test_what_is_added_on_the_way_governs_from_then_on() -> None:
    story = SMALL + f"10:30 anna {LARGE}"
    assert resolution(story, "2026-03-02 10:15") == "on_track, running, due Mon 17:00, used 1:15"
    assert resolution(story, "2026-03-02 10:45") == "at_risk, running, due Mon 11:00, used 1:45"


def test_a_subject_is_words_too() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:30 anna subject: The network is down everywhere, nobody in the company can work
    """
    assert resolution(story, "2026-03-02 10:45") == "at_risk, running, due Mon 11:00, used 1:45"
