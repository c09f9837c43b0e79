"""The printed page as PDF, from the very HTML that people get as a file."""

from __future__ import annotations

import hashlib
from importlib import import_module
from types import ModuleType

from redmine_sla.errors import SlaError

_FONT_FACE = """
@font-face {{ font-family: "Printed Sans"; font-weight: {weight}; src: url("{address}") }}
"""


def pdf(html: str) -> bytes:
    """The HTML on A4 sheets, with title, author and language as the HTML names them.

    The same HTML gives the same bytes: no date stands in the file, and its identifier is made from
    the HTML. The font is embedded, so it looks alike everywhere. Nothing is fetched from anywhere:
    of the addresses in the HTML only `data:` is followed.

    Raises `SlaError` where WeasyPrint or its libraries are not installed.
    """
    weasyprint = pdf_library()
    fonts = weasyprint.text.fonts.FontConfiguration()
    only_data = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    document = weasyprint.HTML(string=html, base_url="data:", url_fetcher=only_data)
    written = document.write_pdf(
        font_config=fonts,
        stylesheets=[
            weasyprint.CSS(
                string=_font_faces(),
                font_config=fonts,
                url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols={"file"}),
            )
        ],
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        pdf_tags=True,  # readers who listen to it, and searching
    )
    return bytes(written)


def _font_faces() -> str:
    from redmine_sla.press.charts.fonts import font_file  # noqa: PLC0415 - heavy

    return "".join(
        _FONT_FACE.format(weight=weight, address=font_file(bold=weight == "bold").as_uri())
        for weight in ("normal", "bold")
    )


def pdf_library() -> ModuleType:
    """WeasyPrint. Raises `SlaError` where it or a library of the system is missing."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: a library of the system is missing
        raise SlaError(
            f"PDF cannot be written: {error}",
            hint="pip install 'redmine-sla[reports]', and on Debian or Ubuntu as root: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0",
        ) from error
