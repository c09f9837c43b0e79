"""What made the last quarter of each customer worth telling: what is handed over and signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from examples.demo.quarters import alma, biuro, delta, sapa, tatra
from examples.demo.story import Story

_TELLERS: Mapping[str, Callable[[Story], None]] = MappingProxyType(
    {
        "alma": alma.tell,
        "biuro": biuro.tell,
        "delta": delta.tell,
        "tatra": tatra.tell,
        "sapa": sapa.tell,
    }
)


def tell(story: Story) -> None:
    """Adds it to the contract's story."""
    _TELLERS[story.contract.name](story)
