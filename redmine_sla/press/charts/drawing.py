"""A chart, whatever its kind, on paper."""

from __future__ import annotations

from redmine_sla.language import Tongue
from redmine_sla.page.chart import BarChart, Chart, ColumnChart, LineChart
from redmine_sla.press.charts.bars import bars
from redmine_sla.press.charts.columns import columns
from redmine_sla.press.charts.heading import MARGIN, TEXT, titled
from redmine_sla.press.charts.lines import lines
from redmine_sla.press.charts.paints import SOFT_INK
from redmine_sla.press.charts.surface import Surface


def drawn(chart: Chart, tongue: Tongue) -> Surface:
    """The finished paper. A chart without a single value says so."""
    if not _says_something(chart):
        return _empty(chart.title, tongue)
    match chart:
        case BarChart():
            return bars(chart, tongue)
        case ColumnChart():
            return columns(chart, tongue)
        case LineChart():
            return lines(chart, tongue)


def _says_something(chart: Chart) -> bool:
    values = [value for each in chart.series for value in each.values if value is not None]
    return bool(values) if isinstance(chart, LineChart) else any(values)


def _empty(title: str, tongue: Tongue) -> Surface:
    heading = titled(title)
    surface = Surface(heading.height + 34)
    heading.draw(surface)
    words = tongue.say("There is nothing to show for this period.")
    surface.write((MARGIN, heading.height + 12), words, size=TEXT, colour=SOFT_INK)
    return surface
