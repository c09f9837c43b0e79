"""The "judged at" line at the foot of a page, and how pages are compared without it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from redmine_sla.language import ENGLISH, Tongue
from redmine_sla.page import Block, Paragraph, line, local_text

_OURS = "redmine-sla"
_STAMP = re.compile(
    rf"\n(?=[^\n]*{_OURS})[^\n]*?(\d{{4}}-\d{{2}}-\d{{2}} \d{{2}}:\d{{2}})[^\n]*\s*\Z"
)
"""The last line, if it names this tool and an instant; so a stamp in any language is found."""


def stamp(as_of: datetime, zone: tzinfo, tongue: Tongue = ENGLISH) -> Block:
    """The last paragraph of a page. Its instant reads the same in every language."""
    return Paragraph(
        line(
            tongue.say(
                "Judged at {moment} by {tool}, from what Redmine says. "
                "It writes this page anew: what is changed here by hand is lost.",
                moment=local_text(as_of, zone),
                tool=_OURS,
            )
        )
    )


def without_stamp(source: str) -> str:
    """The source of a page as far as it tells something."""
    return _STAMP.sub("", _plain(source)).rstrip()


def is_due(source: str, as_of: datetime, zone: tzinfo, every: timedelta) -> bool:
    """Whether the page's stamp is older than that, or not to be found."""
    found = _STAMP.search(_plain(source))
    if found is None:
        return True
    judged = datetime.strptime(found[1], "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    return as_of.timestamp() - judged.timestamp() >= every.total_seconds()


def _plain(source: str) -> str:
    """Browsers send other line ends than REST does."""
    return source.replace("\r\n", "\n")
