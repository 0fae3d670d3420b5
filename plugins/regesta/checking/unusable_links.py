"""U: addresses that no reader can use, and percent signs that stand for nothing."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from regesta.checking.mending import defect_flaws, written
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Fix, Severity
from regesta.model.link_forms import LinkForm, defects_of, judge_link
from regesta.model.unusable import address_within, is_of_a_browser, unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = ["broken_percent", "unlinked_address", "unusable_address"]


@rule(
    "U118",
    "unusable-address",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    A script, a file on the disk of whoever wrote the text, a page of an extension or a reader within a browser
    (`chrome-extension://…/https://…`, `view-source:`, `about:reader?url=`), a `mailto:` without an address: the link
    works on one computer or on none, and the source that the note should name is lost. They come from pages and
    documents that were copied with their links.

    A `mailto:` with an address is fine. For `tel:`, `ftp:`, `doi:` and others see U124.
    """,
    example="[^2]: [the minutes](file:///C:/Users/ada/minutes.pdf)",
    fix="Write the address under which readers find the source, or take the link away and leave its words.",
)
def unusable_address(text: Text) -> Iterator[Flaw]:
    """An address leads no reader anywhere."""
    if text.is_withdrawn:
        return
    for link in text.document.links:
        # Raw HTML with a script in it is reported as such.
        if (
            (link.style not in {"reference", "html"} or (link.style == "html" and address_within(link.text)))
            and ":" in link.text
            and (why := unusable(link.text))
        ):
            within = address_within(link.text)
            if not within and link.style == "bare" and link.note is None and is_of_a_browser(link.text):
                continue  # talk about a browser: "look at chrome://version"
            if within and judge_link(within).form is not LinkForm.OK:
                within = ""
            replacement = written(within, link.style) if within else None
            yield Flaw(
                link.span,
                f"{link.raw!r} leads no reader anywhere: {why}",
                f"Write {within!r}." if within else "Write where readers find the source, or take the link away.",
                raw=link.raw,
                note=link.note,
                fix=Fix(replacement=replacement, safe=True) if replacement else None,
            )


@rule(
    "U119",
    "broken-percent",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    In an address a percent sign begins a character that is written as two digits: `%20` is a blank. Without them
    servers answer as they please. An address that was encoded twice (`%2520`) asks for another page than the one that
    is meant.

    In a query an address within the address is encoded twice with good reason, and is not reported.
    """,
    example="[^2]: <https://halvern.example/minutes%zz>",
    fix="Copy the address anew from the browser. If it opens as it stands, leave it and make an exception.",
)
def broken_percent(text: Text) -> Iterator[Flaw]:
    """A percent sign in an address stands for nothing, or was itself encoded."""
    yield from defect_flaws(text, "U119", hint="Copy the address anew, and see whether it opens.")


@rule(
    "U124",
    "unlinked-address",
    Severity.WARNING,
    Subject.RECORD,
    why="""
    The site links addresses of `http`, `https` and `mailto`, and none that a browser hands to another program or
    completes from where it stands: `doi:`, `ftp:`, `tel:`, `feed:`, `ms-word:`, `//host/…`. Of such a link the page
    shows the words alone, so that the reader loses the address.
    """,
    example="[^2]: [The study](doi:10.1000/ferries.7), [the form](//halvern.example/form)",
    fix="Write the `https` address that is meant, or write the number or address into the words.",
)
def unlinked_address(text: Text) -> Iterator[Flaw]:
    """An address is of a kind that the site does not link."""
    if text.is_withdrawn:
        return
    for link in text.document.links:
        address = link.text.strip()
        if (
            link.style in _MARKED
            and _OTHER_KIND.match(address)
            and judge_link(address).form is LinkForm.NOT_HTTP
            and not unusable(address)
            and not defects_of(address)
        ):
            meant = _for_web(address, text)
            if link.style == "autolink" and not meant:
                continue  # its words are the address
            fix = written(meant, link.style) if meant.startswith("https://doi.org/") else None
            yield Flaw(
                link.span,
                f"The site makes no link of {link.raw!r}: the page shows the words alone.",
                f"Write {meant!r}." if meant else "Write the address into the words as well.",
                raw=link.raw,
                note=link.note,
                fix=Fix(replacement=fix, safe=True) if fix else None,
            )


_MARKED = frozenset({"inline", "autolink", "image", "definition"})
_OTHER_KIND = re.compile(r"(?!(?:https?|mailto|entity):)(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_REGISTERED = re.compile(r"(?:doi:\s*(?=10\.)|(?P<handle>hdl:)|(?P<arxiv>arxiv:))(?P<number>\S+)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


def _for_web(address: str, text: Text) -> str:
    """Give the address for the web that is meant, or the file beside the text; empty where none is certain."""
    if address[:2] in {"//", "\\\\"}:
        name = address[2:].partition("#")[0].partition("?")[0].strip("/")
        if posixpath.join(posixpath.dirname(text.document.path), name) in text.context.paths:
            return address[2:]
        meant = f"https://{address[2:]}" if "." in name.partition("/")[0] else ""
    elif found := _REGISTERED.fullmatch(address):
        host = "hdl.handle.net/" if found["handle"] else "arxiv.org/abs/" if found["arxiv"] else "doi.org/"
        meant = f"https://{host}{found['number']}"
    else:
        within = _WEB.search(address)
        meant = within[0] if within else ""
    return meant if meant and judge_link(meant).form is LinkForm.OK else ""
