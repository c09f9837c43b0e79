"""A page on its way to print, as the tests need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser

from redmine_sla.contract import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import BarChart, Block, Figure, Page, Series, Tone
from redmine_sla.press.html import html
from redmine_sla.press.masthead import Masthead

REDMINE = "https://redmine.example"
MASTHEAD = Masthead(
    title="Quarterly report",
    subject="Acme – Support 2026",
    period="2026 Q3",
    author="Provider",
    facts=(("Judged at", "2026-10-05 08:00 CEST"),),
    mark="Draft",
)
CHART = BarChart(
    title="Tickets",
    categories=("Acme",),
    series=(Series(name="all", values=(Decimal(3),), tone=Tone.NEUTRAL),),
)
DRAWN = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def figure(name: str = "load", told: str = "Acme has three.") -> Figure:
    return Figure(name, CHART, told)


def printed_html(
    *blocks: Block,
    language: Language = Language.ENGLISH,
    masthead: Masthead = MASTHEAD,
    charts: Mapping[str, str] | None = None,
) -> str:
    """The blocks below the masthead, with a small drawing for a figure named "load"."""
    return html(
        Page(blocks),
        masthead,
        tongue_for(language),
        redmine=REDMINE,
        project="acme",
        charts={"load": DRAWN} if charts is None else charts,
    )


@dataclass
class Read(HTMLParser):
    """What a browser makes of the file: elements with their attributes, and words."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    in_style: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.in_style = tag == "style"

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.in_style = False
        elif data.strip():
            self.words.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(text: str) -> Read:
    seen = Read()
    seen.feed(text)
    return seen
