"""A page as one HTML file that needs nothing else: for the screen, the printer, and the PDF."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from redmine_sla.errors import SlaError
from redmine_sla.language import Tongue
from redmine_sla.page.addresses import leads_to_the_web
from redmine_sla.page.document import (
    Block,
    Figure,
    Heading,
    Imprint,
    Line,
    Link,
    Page,
    Strong,
    Text,
    WikiLink,
)
from redmine_sla.page.words import cleaned, page_title
from redmine_sla.press.masthead import Masthead

_FIGURES = re.compile(r"[\d\s.,:/–+%-]+([A-Z]{2,5}([+-]\d{2,4})?)?")
_LONG_WORD = 24
_LONG_FIGURE = 20


def html(
    page: Page,
    masthead: Masthead,
    tongue: Tongue,
    *,
    redmine: str,
    project: str,
    charts: Mapping[str, str],
) -> str:
    """The page below its masthead, in the language's `lang`, without scripts or outside resources.

    `redmine` is the server's address and `project` the identifier of the project in whose wiki the
    page stands: links lead there. `charts` are the figures' drawings as SVG by their names. A
    heading of level 1 at the top of the page and an imprint are left out: the masthead says them.

    Raises `SlaError` where a figure has no drawing.
    """
    return _template().render(
        blocks=_below_the_masthead(page),
        masthead=masthead,
        language=str(tongue.language),
        redmine=redmine.rstrip("/"),
        wiki_address=lambda link: _wiki_address(redmine.rstrip("/"), link, project),
        drawing=lambda figure: _drawing(figure, charts),
    )


def _below_the_masthead(page: Page) -> tuple[Block, ...]:
    blocks = page.blocks
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        blocks = blocks[1:]
    return tuple(block for block in blocks if not isinstance(block, Imprint))


def _wiki_address(redmine: str, link: WikiLink, project: str) -> str:
    """As Redmine writes a wiki page's address: blanks are underscores, the first letter is big."""
    title = page_title(link.title).replace(" ", "_")
    wiki = f"{redmine}/projects/{quote(link.project or project, safe='')}/wiki"
    return f"{wiki}/{quote(title[:1].upper() + title[1:], safe='')}"


def _drawing(figure: Figure, charts: Mapping[str, str]) -> str:
    if figure.name not in charts:
        raise SlaError(
            f'the page has a figure "{figure.name}" that nobody has drawn',
            hint="this is a mistake in redmine-sla: please report it",
        )
    drawn = base64.b64encode(charts[figure.name].encode()).decode()
    return f"data:image/svg+xml;base64,{drawn}"


def _standing(cell: Line) -> str:
    """The CSS class of a cell. A number, a day, a time stays in one piece; a word that is longer
    than a column can be (a digest, a file's name) may be broken anywhere; figures told in words
    are broken between them.
    """
    said = " ".join(part.text for part in cell if isinstance(part, Text | Strong | Link | WikiLink))
    if _FIGURES.fullmatch(said):
        return "figures"
    longest = max(map(len, said.split()), default=0)
    if longest > _LONG_WORD:
        return "long"
    return "told" if len(said) > _LONG_FIGURE else ""


def _css_string(text: str) -> str:
    """A string of CSS: every sign but letters and digits by its number (CSS Syntax 3, 4.3.7)."""
    written = (
        sign if sign.isalnum() and sign.isascii() else f"\\{ord(sign):x} " for sign in cleaned(text)
    )
    return f'"{"".join(written)}"'


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("redmine_sla.press"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css_string": _css_string, "shown": cleaned, "standing": _standing}
    environment.tests["for_the_web"] = leads_to_the_web
    environment.globals["kind"] = lambda value: type(value).__name__
    return environment.get_template("page.html")
