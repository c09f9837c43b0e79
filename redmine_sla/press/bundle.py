"""Everything that is printed of one page and its sheets, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from redmine_sla.language import Tongue
from redmine_sla.page.document import Figure, Page
from redmine_sla.press import charts
from redmine_sla.press.html import html
from redmine_sla.press.masthead import Masthead
from redmine_sla.press.pdf import pdf
from redmine_sla.press.sheet import Sheet
from redmine_sla.press.workbook import workbook


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A page with its sheets on the way into files.

    `redmine` is the server's address and `project` the identifier of the project in whose wiki the
    page stands; `zone` is whose clocks the workbook shows. Each property raises `SlaError` where
    the library it needs is not installed.
    """

    page: Page
    sheets: Sequence[Sheet]
    masthead: Masthead
    tongue: Tongue
    redmine: str
    project: str
    zone: tzinfo

    @cached_property
    def html(self) -> str:
        drawn = {figure.name: charts.svg(figure.chart, self.tongue) for figure in self._figures}
        return html(
            self.page,
            self.masthead,
            self.tongue,
            redmine=self.redmine,
            project=self.project,
            charts=drawn,
        )

    @cached_property
    def pdf(self) -> bytes:
        return pdf(self.html)

    @cached_property
    def workbook(self) -> bytes:
        return workbook(self.sheets, self.zone)

    @cached_property
    def pictures(self) -> Mapping[str, bytes]:
        """The charts as PNG by the file names under which the wiki page shows them."""
        return {figure.file: charts.png(figure.chart, self.tongue) for figure in self._figures}

    @property
    def _figures(self) -> list[Figure]:
        return [block for block in self.page.blocks if isinstance(block, Figure)]
