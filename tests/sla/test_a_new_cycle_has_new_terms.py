"""A ticket that comes back after an amendment is judged by the amended terms, its level too."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

UNDER = contract(
    'tier = "basic"',
    'tiers.basic = { title = "Basic" }',
    'tiers.gold = { title = "Gold" }',
    promising("resolution", "2bh", tier="gold"),
    promising("resolution", "8bh", tier="basic"),
    """
    [[amendments]]
    from = 2026-03-10
    note = "higher service level"
    tier = "gold"
    """,
)


def test_the_level_bought_since_governs_the_new_cycle_and_not_the_old_one() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               12:00 eva  status: Resolved
    2026-03-16 09:00 anna status: New
    """
    assessment = judged(story, UNDER, at="2026-03-16 10:00")
    assert [says(one) for one in assessment.readings] == [
        "met, stopped, due Mon 17:00, used 3:00",
        "on_track, running, due Mon 11:00, used 1:00",
    ]
    assert assessment.facts is not None
    assert assessment.facts.tier == "gold"
