"""The keys of figures and their version go together: an upgrade restates nobody's quarter."""

from __future__ import annotations

from tests.quarter.figures_version import LIST, listed

HOW = """

The keys of the frozen figures are not those listed for this FIGURES_VERSION. Quarters published
with the keys of before would be compared with these, and restated for every customer. So:
  1. raise FIGURES_VERSION in redmine_sla/quarter/section.py by one, unless it was raised since the
     last release already: figures of another version are not compared;
  2. write the list anew: python -m tests.quarter.figures_version
(A key that keeps its name and gets another meaning needs the same, and no test can see that.)"""


def test_the_keys_are_those_listed_for_their_version() -> None:
    version, *ways = LIST.read_text(encoding="utf-8").splitlines()
    now, *made = listed()
    came, went = sorted(set(made) - set(ways)), sorted(set(ways) - set(made))
    assert (version, came, went) == (now, [], []), HOW
