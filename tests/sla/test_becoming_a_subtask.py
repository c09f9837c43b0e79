"""Put under another ticket later on, a ticket leaves its promises to that one from then on."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

UNDER = contract(promising("response", "4bh"), promising("resolution", "8bh"))
STORY = """
2026-03-02 09:00 anna opens: Printer
           10:00 eva  says: On it
           12:00 eva  under #7
"""


def test_what_was_kept_before_stays_kept_and_the_rest_is_left_to_the_parent() -> None:
    assessment = judged(STORY, UNDER, at="2026-04-01 12:00")
    assert assessment.silent == ""
    assert [says(one) for one in assessment.readings] == [
        "met, stopped, due Mon 13:00, used 1:00",
        "cancelled, stopped, due Mon 17:00, used 3:00, cancelled: subtask of #7",
    ]


def test_a_breach_cannot_be_put_away_without_a_word() -> None:
    late = STORY.replace("           12:00 eva", "2026-03-03 09:01 eva")
    found = judged(late, UNDER, at="2026-04-01 12:00").reading("resolution")
    assert says(found) == (
        "missed, stopped, due Mon 17:00, used 8:01, cancelled: subtask of #7, after it was due"
    )


def test_taken_out_again_it_runs_as_if_it_had_never_been_there() -> None:
    story = STORY + "13:00 eva under #"
    found = judged(story, UNDER, at="2026-03-02 14:00").reading("resolution")
    assert says(found) == "on_track, running, due Mon 17:00, used 5:00"


def test_where_each_subtask_has_clocks_of_its_own_nothing_changes() -> None:
    under = contract('subtasks = "each"', promising("resolution", "8bh"))
    found = judged(STORY, under, at="2026-03-02 14:00").reading("resolution")
    assert says(found).startswith("on_track, running")
