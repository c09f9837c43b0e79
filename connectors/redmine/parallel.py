"""Work on many things at once, a few ahead of whoever takes the results, in the order asked."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from redmine_sla.connectors.redmine.deadline import heed

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2  # results for each worker that may lie ready before they are taken


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], *, workers: int
) -> Generator[Result, None, None]:
    """The results of `work` in the order of `items`, made by so many threads at once.

    Never more than `workers * AHEAD` items are begun and not yet taken, however many there are.
    What `work` raises comes out here; then, or when the taker stops or is interrupted, what has
    not begun never does, and what has is cut off.
    """
    unwanted = threading.Event()
    pool = ThreadPoolExecutor(workers, "redmine-read", initializer=heed, initargs=(unwanted,))
    begun: deque[Future[Result]] = deque()
    try:
        for item in items:
            begun.append(pool.submit(work, item))
            if len(begun) >= workers * AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        unwanted.set()
        pool.shutdown(wait=True, cancel_futures=True)
