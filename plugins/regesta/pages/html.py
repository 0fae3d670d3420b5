"""HTML that is safe by construction: escaped text, and one place that decides what may be an address."""

from __future__ import annotations

from html import escape as _escape
from typing import TYPE_CHECKING

from ada_url import URL

from regesta.model.link_forms import LinkForm, judge_link

if TYPE_CHECKING:
    from regesta.model.urls import Url

__all__ = ["EXTERNAL", "attribute", "href", "text"]

EXTERNAL = 'rel="noopener noreferrer nofollow ugc"'
"""What every link to another site carries: its address was written by somebody else."""


def text(value: str) -> str:
    """Escape text for an element's content.

    >>> text("a < b & c")
    'a &lt; b &amp; c'
    """
    return _escape(value, quote=False)


def attribute(value: str) -> str:
    """Escape text for an attribute in double quotes.

    >>> attribute('say "no"')
    'say &quot;no&quot;'
    """
    return _escape(value)


def href(address: str) -> Url | str | None:
    """Give the address that may stand in an `href`, or None. Every outside address of every page comes through here.

    http, https and mailto pass, as the WHATWG parser writes them. What is defanged never does.

    >>> href("https://kodeksy-by(.)com/") is None, href("javascript:alert(1)") is None
    (True, True)
    """
    judged = judge_link(address)
    if judged.form in {LinkForm.OK, LinkForm.DAMAGED}:
        return judged.url
    if address[:7].lower() == "mailto:":
        try:
            return URL(address).href
        except ValueError:
            return None
    return None
