"""Addresses in Redmine and elsewhere: lists behind a number, and what may become a link at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

LONGEST_LIST = 1200
"""Signs of the numbers in an address: 200 tickets with five digits each. Redmine keeps the filters
of the last list in the session's cookie, and one of more than 4 kB is an internal error: numbers of
1850 signs were, seen on 5.0, 6.0 and 6.1. A third is left for what else stands in the session.
"""

_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_PLAIN = "/:?&=,%#"  # and letters, digits, `-._~`, which quote() leaves
_AT_THE_END = re.compile(r"[?&#,:.~]+$")


def tickets_address(redmine: str, numbers: Iterable[int]) -> str | None:
    """The list of exactly these tickets, open or closed, in the Redmine at that address.

    `None` where there are none, or too many for an address: their numbers have to be listed.
    """
    wanted = ",".join(str(number) for number in sorted(set(numbers)))
    filters = [
        ("set_filter", "1"),
        ("f[]", "issue_id"),
        ("op[issue_id]", "="),
        ("v[issue_id][]", wanted),
        ("sort", "id"),
    ]
    address = f"{redmine.rstrip('/')}/issues?{urlencode(filters, safe=',')}"
    return address if 0 < len(wanted) <= LONGEST_LIST else None


def leads_to_the_web(address: str) -> bool:
    """Whether it is an address of a web page; `javascript:` and its like are none."""
    return _WEB.match(address) is not None


def plain(address: str) -> str:
    """The address with every sign encoded that a markup could take for its own (RFC 3986, 2.1).

    At the end that is true of more signs than within: there they could be a sentence's.
    """
    encoded = quote(address, safe=_PLAIN)
    return _AT_THE_END.sub(lambda end: "".join(f"%{ord(sign):02X}" for sign in end[0]), encoded)
