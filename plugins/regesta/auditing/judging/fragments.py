"""Whether the place on a page that a link points to is there."""

from __future__ import annotations

import re
from urllib.parse import unquote

from regesta.auditing.judging.charsets import decode
from regesta.auditing.judging.page_facts import is_html, read_page
from regesta.auditing.judging.tags import attributes, opening_tags

__all__ = ["has_fragment"]

_DIRECTIVE = ":~:"
"""What follows is for the browser alone: words to find on the page."""
_FOR_SCRIPTS = re.compile(
    r"[/!?]"  # a route of an application
    r"|[^=]{1,60}=|_=_$"  # a state or a tracking mark: `page=5`, `gid=0`, `utm_source=…`, `xtor=…`, `t=30`
    r"|\.[\w-]{5,}$|i?xzz|axzz|close$|disqus_thread|comments?(?:[-_/]|$)|respond$"  # marks of sharing; late comments
    r"|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$|issuecomment-|discussion_r|diff-"  # lines of a file, written by a script
)
_LITTLE_TEXT = 200
"""Characters. A page of scripts with less is an application that has not been run."""
_PREFIX = "user-content-"
"""What GitHub and others put before the ids of a text; their script finds them without it."""


def has_fragment(body: bytes, content_type: str, fragment: str, *, is_whole: bool = True) -> bool | None:
    """Tell whether a page has the place that a `#fragment` means; None where nobody can say without running it.

    >>> has_fragment(b"<h2 id=results>", "text/html", "results"), has_fragment(b"<p>", "text/html", "results")
    (True, False)
    >>> has_fragment(b"%PDF-1.7", "application/pdf", "page=5") is None
    True
    """
    fragment = fragment.partition(_DIRECTIVE)[0]
    if not is_html(body, content_type):
        return None
    if not fragment or fragment.lower() == "top":
        return True
    names = {fragment, unquote(fragment)}
    names |= {_PREFIX + name for name in names}
    if _names_place(body, content_type, names):
        return True
    if not is_whole or _FOR_SCRIPTS.match(fragment):
        return None
    page = read_page(body, content_type)
    return None if page is not None and page.has_script and page.text_length < _LITTLE_TEXT else False


def _names_place(body: bytes, content_type: str, names: set[str]) -> bool:
    is_plain = b"&" not in body and b"\0" not in body and all(map(str.isascii, names))
    if is_plain and not any(name.encode() in body for name in names):
        # What is nowhere on the page is the place of nothing: such a page needs no reading.
        return False
    for name, written in opening_tags(decode(body, content_type)):
        if written:
            told = attributes(written)
            if told.get("id") in names or (name == "a" and told.get("name") in names):
                return True
    return False
