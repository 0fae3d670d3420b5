"""U: addresses that no reader can use, and percent signs that stand for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.mending import defect_flaws, written
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Fix, Severity
from regesta.model.link_forms import LinkForm, judge_link
from regesta.model.unusable import address_within, is_of_a_browser, unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = ["broken_percent", "unusable_address"]


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

    `tel:`, `ftp:`, `doi:` and a `mailto:` with an address are fine.
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
