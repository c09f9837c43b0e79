"""Charts as people read them: every value is written, in colours and in grey, in any language."""

from __future__ import annotations

import itertools
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redmine_sla.contract import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import (
    BarChart,
    Chart,
    ColumnChart,
    LineChart,
    Series,
    Tone,
)
from redmine_sla.press.charts import png, svg
from redmine_sla.press.charts.paints import paints
from redmine_sla.press.charts.scale import around, from_zero, written
from redmine_sla.press.charts.surface import WIDTH, shortened, width_of, wrapped
from tests.page.hostile import HOSTILE
from tests.press.drawing import decimals, drawing, series

ENGLISH = tongue_for(Language.ENGLISH)

KEPT = BarChart(
    title="Promises kept",
    categories=("Response", "Resolution", "Agreed date"),
    series=(
        series("97.5", 75, 0, name="Met", tone=Tone.GOOD),
        series("2.5", 25, None, name="Missed", tone=Tone.BAD),
    ),
    unit="%",
)
WAITED = BarChart(
    title="Who waited for whom",
    categories=("Response", "Resolution"),
    series=(
        series("12.25", 640, name="With us", tone=Tone.ACCENT),
        series(0, 410, name="With you", tone=Tone.WARNING),
    ),
    unit="h",
)
ANSWERED = ColumnChart(
    title="Time to the first answer",
    categories=("to 1 h", "to 2 h", "longer"),
    series=(
        series(14, 31, None, name="In time", tone=Tone.GOOD),
        series(None, None, 3, name="Late", tone=Tone.BAD),
    ),
)
BURNT = LineChart(
    title="Budget",
    points=("Jan", "Feb", "Mar", "Apr"),
    series=(
        series(0, 450_000, 900_000, None, name="Used", tone=Tone.ACCENT),
        series(*[1_200_000] * 4, name="Limit", tone=Tone.BAD),
        Series(
            name="Expected",
            values=decimals(None, None, 900_000, 1_350_000),
            tone=Tone.ACCENT,
            forecast=True,
        ),
    ),
    unit="HUF",
)
ALL = KEPT, WAITED, ANSWERED, BURNT


def test_shares_are_written_and_all_bars_of_them_are_as_long_as_each_other() -> None:
    made = drawing(KEPT)
    for said in ("97.5 %", "2.5 %", "75 %", "25 %", "–"):
        assert said in made.texts
    bars = [box for box in made.boxes if box[3] == 19]
    (_, _, met, _, _), (_, _, missed, _, _) = bars[2:4]
    assert met / (met + missed) == pytest.approx(0.75)
    assert bars[0][2] + bars[1][2] == pytest.approx(met + missed)


def test_bars_are_as_long_as_their_hours() -> None:
    made = drawing(WAITED)
    assert {"12.3 h", "640 h", "410 h"} <= set(made.texts)
    with_us, with_you = (box for box in made.boxes[-2:])
    assert with_us[2] / with_you[2] == pytest.approx(640 / 410)


def test_a_distribution_parts_what_was_in_time_from_what_was_late() -> None:
    made = drawing(ANSWERED)
    assert {"14", "31", "3", "In time", "Late"} <= set(made.texts)
    assert made.place("to 2 h")[0] < made.place("3")[0] == made.place("longer")[0]


def test_lines_are_named_at_their_ends_and_what_is_expected_is_dashed() -> None:
    made = drawing(BURNT)
    used, expected, limit = (
        made.place(said) for said in ("Used HUF 900K", "Expected HUF 1.4M", "Limit HUF 1.2M")
    )
    assert expected[1] < limit[1] < used[1]  # from the top: 1.35, 1.2, 0.9 million
    assert [len(line) for line in made.dashed] == [2]  # the forecast


def test_names_of_lines_that_end_together_stand_apart() -> None:
    ends = [series(97, value, name=f"Line {value}") for value in ("97.9", "98", "98.1")]
    made = drawing(LineChart(title="Trend", points=("Q1", "Q2"), series=tuple(ends), unit="%"))
    heights = sorted(made.place(f"Line {each} {each} %")[1] for each in ("97.9", "98", "98.1"))
    assert min(low - high for high, low in itertools.pairwise(heights)) >= 13


def test_a_gap_in_a_line_stays_a_gap() -> None:
    """Nobody knows the second quarter: no line leads through it."""
    gap = LineChart(title="Trend", points=("Q1", "Q2", "Q3"), series=(series(1, None, 3),))
    whole = LineChart(title="Trend", points=("Q1", "Q2", "Q3"), series=(series(1, 2, 3),))
    assert svg(gap, ENGLISH).count("stroke-width: 2.4") == 0
    assert svg(whole, ENGLISH).count("stroke-width: 2.4") == 1


@pytest.mark.parametrize(
    "chart",
    [
        BarChart(title="None", categories=(), series=()),
        BarChart(title="Zero", categories=("a",), series=(series(0),)),
        BarChart(title="Unknown", categories=("a",), series=(series(None),)),
        ColumnChart(title="Zero", categories=("a",), series=(series(0), series(None))),
        LineChart(title="Unknown", points=("a", "b"), series=(series(None, None),)),
    ],
)
def test_a_chart_without_a_value_says_so(chart: Chart) -> None:
    assert drawing(chart).texts == [chart.title, "There is nothing to show for this period."]


def test_a_line_at_zero_is_something_to_show() -> None:
    flat = LineChart(title="Breaches", points=("Q1", "Q2"), series=(series(0, 0),))
    assert "all 0" in drawing(flat).texts


def test_more_bars_than_a_reader_takes_in_end_in_one_for_the_others() -> None:
    """Of 30 with one ticket each, 19 are named and 11 summed."""
    names = tuple(f"Person {n}" for n in range(30))
    made = drawing(BarChart(title="Load", categories=names, series=(series(*[1] * 30),)))
    assert "Person 18" in made.texts
    assert "Person 19" not in made.texts
    assert made.place("11 others")[1] == made.place("11")[1]


@pytest.mark.slow
def test_no_word_leaves_the_paper() -> None:
    long = "An extraordinarily long name of a class of problems that nobody foresaw" * 3
    chart = BarChart(
        title=long,
        categories=(long, "b"),
        series=(series(1, 2, name=long), series(3, 4, name=long)),
    )
    for text, (across, _) in drawing(chart).words:
        assert width_of(text, 10.5) <= WIDTH
        assert 0 <= across <= WIDTH


@pytest.mark.parametrize("language", list(Language))
def test_the_name_of_the_first_point_is_not_cut_off(language: Language) -> None:
    tongue = tongue_for(language)
    quarters = tuple(tongue.quarter(2026, number) for number in (1, 2, 3))
    made = drawing(LineChart(title="Trend", points=quarters, series=(series(1, 2, 3),)), language)
    for quarter in quarters:
        across, _ = made.place(quarter.replace("\u00a0", " "))
        assert width_of(quarter, 10.5) / 2 <= across


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["$x^2$", r"\frac{1}{2}", "日本 🙂", "<script>", "a\nb\x00", "", *HOSTILE]
)
def test_words_are_drawn_as_they_are(words: str) -> None:
    """No formulas of matplotlib, no warnings about missing signs (which would fail the test)."""
    for chart in (
        BarChart(title=words, categories=(words,), series=(series(1, name=words),)),
        LineChart(title=words, points=(words, "b"), series=(series(1, 2, name=words),)),
    ):
        assert "<script" not in svg(chart, ENGLISH)


@pytest.mark.parametrize("language", list(Language))
def test_every_letter_of_the_language_can_be_drawn(language: Language) -> None:
    letters = "őűŐŰłŁśźżąęćńľĽšťďôŕĺъыэёЖәғқңөұүһіӘҒҚҢӨҰҮҺІ€₸₽–“”„»«…№"
    assert wrapped(letters, 10, 10_000) == (letters,)
    assert all(width_of(letter, 100) != width_of("□", 100) for letter in letters)


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.title)
def test_the_same_chart_gives_the_same_file_without_a_date(chart: Chart) -> None:
    assert png(chart, ENGLISH) == png(chart, ENGLISH)
    drawn = svg(chart, ENGLISH)
    assert drawn == svg(chart, ENGLISH)
    assert "<dc:date" not in drawn


def test_a_picture_is_1400_dots_wide() -> None:
    assert struct.unpack(">I", png(KEPT, ENGLISH)[16:20]) == (1400,)


def test_a_vector_needs_nothing_from_outside() -> None:
    made = svg(KEPT, ENGLISH)
    assert "<image" not in made
    assert "<script" not in made
    assert "font-family" not in made


def test_tones_differ_in_grey_or_in_texture() -> None:
    found = paints(Series(name=tone, values=(), tone=tone) for tone in Tone)
    for one, other in itertools.combinations(found, 2):
        assert one.hatched != other.hatched or abs(_grey(one.fill) - _grey(other.fill)) > 8


def test_good_and_bad_and_a_second_of_each_are_apart_in_grey() -> None:
    tones = Tone.GOOD, Tone.GOOD, Tone.NEUTRAL, Tone.NEUTRAL
    good, second, other, again = paints(Series(name="", values=(), tone=tone) for tone in tones)
    assert _grey(second.fill) - _grey(good.fill) > 30
    assert _grey(again.fill) - _grey(other.fill) > 30


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize(
    ("value", "unit", "language", "said"),
    [
        ("99.96", "%", Language.ENGLISH, "99.9 %"),  # cut: it is not 100
        ("97.5", "%", Language.HUNGARIAN, "97,5%"),
        ("95.75", "h", Language.ENGLISH, "95.8 h"),
        ("640.4", "h", Language.HUNGARIAN, "640 óra"),
        ("1234", "", Language.ENGLISH, "1,234"),
        ("5400000", "HUF", Language.HUNGARIAN, "5,4 M Ft"),
        ("0", "HUF", Language.HUNGARIAN, "0 Ft"),
        ("5400000", "KZT", Language.KAZAKH, "5,4 млн ₸"),
        ("-1500", "EUR", Language.ENGLISH, "-EUR 1.5K"),
        ("3", "MB", Language.ENGLISH, "3 MB"),
    ],
)
def test_values_are_written_short(value: str, unit: str, language: Language, said: str) -> None:
    assert written(Decimal(value), unit, tongue_for(language)).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("values", "unit", "ticks"),
    [
        (["52"], "", [0, 20, 40, 60]),
        (["3"], "", [0, 1, 2, 3]),  # no half tickets
        (["0"], "", [0, 1]),
        ([], "h", [0, 1]),
        (["100"], "%", [0, 20, 40, 60, 80, 100]),
        (["0.3"], "h", ["0", "0.1", "0.2", "0.3"]),
    ],
)
def test_bars_begin_at_zero(values: list[str], unit: str, ticks: list[int | str]) -> None:
    scale = from_zero(map(Decimal, values), unit, ENGLISH)
    assert scale.ticks == tuple(map(Decimal, ticks))


def test_lines_close_together_far_above_zero_do_not_begin_there() -> None:
    scale = around(map(Decimal, ("91.5", "99.1", "97.5")), "%", ENGLISH)
    assert (scale.low, scale.high) == (Decimal(90), Decimal(100))


@settings(max_examples=200)
@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), max_size=6))
def test_every_value_lies_within_its_scale(values: list[Decimal]) -> None:
    scale = around(values, "h", ENGLISH)
    assert all(0 <= scale.share(value) <= 1 for value in values)
    assert 2 <= len(scale.ticks) <= 9


@given(st.text(max_size=80), st.floats(min_value=20, max_value=400))
def test_words_keep_to_their_room(words: str, room: float) -> None:
    assert width_of(shortened(words, 11, room), 11) <= room
    rows = wrapped(words, 11, room)
    assert len(rows) <= 2
    assert all(width_of(row, 11) <= room for row in rows)


def test_a_figure_is_not_parted_from_its_unit() -> None:
    assert wrapped("late, up to 200\u00a0%", 8, width_of("late, up to 200", 8)) == (
        "late, up to",
        "200\u00a0%",
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda: BarChart(title="", categories=("a",), series=(series(1, 2),)), "2 values for 1"),
        (lambda: BarChart(title="", categories=("a",), series=(series(-1),)), "below zero"),
        (lambda: ColumnChart(title="", categories=("a",), series=(series(-1),)), "below zero"),
        (lambda: LineChart(title="", points=("a",), series=(series(),)), "0 values for 1"),
    ],
)
def test_values_that_do_not_fit_together_are_refused(wrong: Callable[[], Chart], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        wrong()


@pytest.mark.slow
def test_it_is_quiet_where_no_home_can_be_written_to() -> None:
    script = (
        "from tests.press.test_charts import ENGLISH, KEPT\n"
        "from redmine_sla.press.charts import png\n"
        "import logging; logging.basicConfig(level=logging.WARNING)\n"
        "png(KEPT, ENGLISH)"
    )
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={**kept, "HOME": "/nonexistent"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
