"""Measured time, as steady as a busy machine allows."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def cpu_seconds(work: Callable[[], object], *, runs: int = 1) -> float:
    """Return the least CPU time, in seconds, of some runs of `work`.

    The garbage collector is off meanwhile: it runs when it likes, and takes long where a large test run holds much.
    """
    least = float("inf")
    for _ in range(runs):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            work()
            least = min(least, time.process_time() - start)
        finally:
            gc.enable()
    return least
