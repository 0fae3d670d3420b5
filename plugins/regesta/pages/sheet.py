"""A page before it meets the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from regesta.model.archive import Entry

__all__ = ["Contents", "Sheet", "Written"]


class Contents(NamedTuple):
    """One line of a page's table of contents."""

    level: int
    id: str
    title: str
    """Plain text."""


class Written(NamedTuple):
    """What a page says."""

    html: str
    """With its one `<h1>`."""
    contents: tuple[Contents, ...] = ()
    head: str = ""
    """What stands in the head of the page besides the theme's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the site: where it lies, what it is called, and how it is written."""

    path: str
    """`briefs/2020/a.md`: its address mirrors it."""
    title: str
    """Plain text."""
    write: Callable[[], Written]
    """Makes the page's HTML. Called when the page is due, so that no two pages need be in memory."""
    description: str = ""
    author: str = ""
    hub: str = ""
    """Path of the index page in the navigation under which it belongs."""
    source: str = ""
    """Path of the file it is made from, from the archive's source folder; empty for pages made from many."""
    date: str = ""
    """ISO day of what it shows, for the sitemap; empty for the newest day of the archive."""
    published: dt.date | None = None
    """Day on which a brief was published, where it is known; none for all other pages."""
    lists: Callable[[], Iterable[Entry]] | None = None
    """Gives the briefs that it shows or lists, where their references can be taken away beside it."""
    made_of: Callable[[], Iterable[Entry | str]] | None = None
    """Gives the briefs whose text it shows, and words for all else on which it depends, beyond what any page may show:
    what briefs say above their text, records, what is known of links, settings. While none of this changes the page
    need not be written again. Absent where it is too much to say."""
    without_abstracts: bool = False
    """Whether these references leave out abstracts, since a brief stands in many such lists."""
