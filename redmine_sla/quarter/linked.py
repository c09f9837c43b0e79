"""Numbers that lead to the tickets behind them."""

from __future__ import annotations

from collections.abc import Collection

from redmine_sla.page import Line, Link, line
from redmine_sla.page.addresses import tickets_address
from redmine_sla.quarter.frame import Frame


def linked(number: int, visible: Collection[int], frame: Frame) -> Line:
    """The number, leading to its tickets; plain where these are too many for an address.

    `visible` are those of them that every reader may see.
    """
    said = frame.tongue.number(number)
    address = tickets_address(frame.redmine, visible)
    return line(said if address is None else Link(address, said))
