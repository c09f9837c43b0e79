"""Charts drawn: as vector for HTML and PDF, as picture for a wiki page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from redmine_sla.errors import SlaError
from redmine_sla.language import Tongue
from redmine_sla.page.chart import Chart

if TYPE_CHECKING:
    from redmine_sla.press.charts.surface import Surface


def svg(chart: Chart, tongue: Tongue) -> str:
    """The chart as vector, its words as outlines. The same chart gives the same text.

    Raises `SlaError` where matplotlib is not installed.
    """
    return chart_library()(chart, tongue).svg()


def png(chart: Chart, tongue: Tongue) -> bytes:
    """The chart as picture, 1400 dots wide. The same chart gives the same bytes.

    Raises `SlaError` where matplotlib is not installed.
    """
    return chart_library()(chart, tongue).png()


def chart_library() -> Callable[[Chart, Tongue], Surface]:
    """What draws. Raises `SlaError` where matplotlib is not installed.

    Importing that takes half a second and, where a home cannot be written to, warns that it keeps
    no cache of fonts: nobody needs to know.
    """
    log = logging.getLogger("matplotlib")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        from redmine_sla.press.charts.drawing import drawn  # noqa: PLC0415
    except ImportError as error:
        raise SlaError(
            f"charts cannot be drawn: {error}", hint="pip install 'redmine-sla[reports]'"
        ) from error
    finally:
        log.setLevel(before)
    return drawn
