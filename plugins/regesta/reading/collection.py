"""Garbage is not looked for while all that is made is kept."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["spare_what_is_kept", "without_collection"]


def spare_what_is_kept() -> None:
    """Keep Python from looking again and again through what a program holds to its end: a fifth of a build's time."""
    gc.freeze()


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from looking for garbage while all that is made is kept: it takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
