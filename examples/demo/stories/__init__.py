"""What happened at each of the five customers, told back from now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from examples.demo.stories import alma, biuro, delta, sapa, tatra
from examples.demo.story import Story

TELLERS: Mapping[str, tuple[str, Callable[[Story], None]]] = MappingProxyType(
    {
        "alma": ("5x8", alma.tell),
        "biuro": ("hot-line", biuro.tell),
        "delta": ("office", delta.tell),
        "tatra": ("phone", tatra.tell),
        "sapa": ("office", sapa.tell),
    }
)
"""By contract: the calendar of its working days, and who tells its story."""
