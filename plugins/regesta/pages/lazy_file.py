"""A file of the site that is no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["LazyFile"]


class LazyFile(NamedTuple):
    """A file that is written when it is due, so that no two need be in memory."""

    path: str
    """In the site, with forward slashes."""
    write: Callable[[], str | bytes | Iterable[bytes]]
    """Makes what it holds: text, bytes, or one piece after another where all of it is too much at once."""

    def pieces(self) -> Iterator[bytes]:
        """Give what it holds, text as UTF-8."""
        written = self.write()
        if isinstance(written, str):
            yield written.encode("utf-8")
        elif isinstance(written, bytes):
            yield written
        else:
            yield from written
