"""Live links of which an archive has no copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.briefs import Status
from regesta.model.cited_links import cited_links
from regesta.model.hosts import is_private_host
from regesta.model.ledger import NO_MEMENTO
from regesta.model.link_forms import LinkForm, rules_of
from regesta.model.memento_days import memento_day
from regesta.model.mementos import read_memento
from regesta.model.urls import host_of
from regesta.model.verdicts import Verdict
from regesta.reading.archive import read_archive
from regesta.reading.folder import list_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from regesta.model.archive import Entry
    from regesta.model.briefs import Document
    from regesta.model.ledger import Ledger
    from regesta.model.urls import Url
    from regesta.reading.folder import Unreadable

__all__ = ["Unsaved", "unsaved"]


class Unsaved(NamedTuple):
    """A page that may be submitted."""

    url: Url
    days: tuple[str, ...]
    """Of the briefs that cite it, as the record has them, the newest first."""


_TELLING = frozenset({"U112", "U113"})
"""A password in the address, or a private host: such an address is told to nobody."""


def unsaved(root: Path, ledger: Ledger, *, on_unreadable: Callable[[Unreadable], None]) -> list[Unsaved]:
    """List what may be submitted, the pages of the newest briefs first.

    That is what published briefs cite in sound form, what was live when it was last visited, and of which an archive
    was asked for a copy and had none.
    """
    days: dict[Url, set[str]] = {}

    def on_brief(document: Document, entry: Entry) -> None:
        if entry.brief.status is not Status.PUBLISHED:
            return
        day = memento_day(entry.brief.date).isoformat()
        for link in cited_links(document):
            if link.url and link.form in {LinkForm.OK, LinkForm.DAMAGED} and may_be_told(link.url):
                days.setdefault(link.url, set()).add(day)

    read = read_archive(list_folder(root, on_unreadable=on_unreadable), on_brief=on_brief)
    for why in read.unreadable:
        on_unreadable(why)
    found = []
    for url, cited in days.items():
        record = ledger.get(url)
        if record is None or record.verdict is not Verdict.LIVE:
            continue
        without = sorted((day for day in cited if record.mementos.get(day) == NO_MEMENTO), reverse=True)
        if without:
            found.append(Unsaved(url, tuple(without)))
    found.sort(key=lambda one: one.url)
    found.sort(key=lambda one: one.days[0], reverse=True)
    return found


def may_be_told(url: Url) -> bool:
    """Say whether an archive may be told of an address.

    >>> from regesta.model.urls import Url
    >>> [may_be_told(Url(url)) for url in ("https://ferry.example/", "http://10.0.0.1/", "https://a:b@ferry.example/")]
    [True, False, False]
    """
    return not (is_private_host(host_of(url)) or _TELLING & set(rules_of(url)) or read_memento(url))
