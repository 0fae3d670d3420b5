"""U: links that a space or a line end has torn, so that Markdown reads none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.link_forms import LinkForm, judge_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = ["torn_link"]


@rule(
    "U117",
    "torn-link",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Markdown ends an address at a space or a line end. What was meant as a link is then plain text, with its brackets
    and all, or a link to half of the address. The space mostly comes from a line end in the document.
    """,
    example="[^2]: [The water report](https://example.org/water report.pdf)",
    fix="Take the space out, when a line end left it there. Write `%20` for it, when it belongs to the address.",
)
def torn_link(text: Text) -> Iterator[Flaw]:
    """A space or a line end stands in an address, so that Markdown reads no link."""
    if text.is_withdrawn:
        return
    for link in text.document.links:
        # An address that is wrong without its space, too, is reported for that.
        if link.style == "broken" and _SPACE.search(link.text) and judge_link(link.text).form is LinkForm.OK:
            yield Flaw(
                link.span,
                f"A space or a line end tears {link.raw!r}: it is no link.",
                "Take it out, or write '%20' for it.",
                raw=link.raw,
                note=link.note,
            )


_SPACE = re.compile(r"(?<!\{)\s(?![^{}]*\}\})")
