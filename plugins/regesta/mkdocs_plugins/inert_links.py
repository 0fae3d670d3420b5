"""Links of hand-written pages that nobody is to click, and those that would break a build.

Two extensions of Python-Markdown: what it makes of a page is looked at where it is made, whichever extension made it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from regesta.model.bare_addresses import find_addresses
from regesta.model.link_forms import LinkForm, judge_link

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["InertLinks", "MendedBackLinks"]

_CHIPS = {
    LinkForm.DEFANGED: "not linked: defanged",
    LinkForm.MALFORMED: "not linked: not a valid address",
}


def _chip(address: str) -> str | None:
    """Say why an address must not be a link, or give None for one that may be."""
    if chip := _CHIPS.get(judge_link(address).form):
        return chip
    try:
        # MkDocs takes every address apart so, and a build ends where that fails.
        urlsplit(address)
    except ValueError:
        return _CHIPS[LinkForm.MALFORMED]
    return None


class InertLinks(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Shows the words of a defanged or malformed link as text, with a remark."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Add what changes links, after all others that make or read them and before MkDocs does."""
        md.inlinePatterns.register(_Angled(r"<([^<>\s]+)>", md), "regesta_angled", 125)
        md.treeprocessors.register(_Inert(md), "regesta_inert", 0.5)
        md.postprocessors.register(_InertHtml(md), "regesta_inert_html", 5)


class _Angled(InlineProcessor):  # type: ignore[misc]
    """`<hxxps://example[.]org>`, which a browser would take for a tag and hide."""

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        del data
        if judge_link(m[1]).form is not LinkForm.DEFANGED:
            return None, None, None
        link = Element("a", {"href": m[1]})
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")


class _Inert(Treeprocessor):  # type: ignore[misc]
    """Takes the address out of the links that Markdown has made."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for link in list(parent):
                key = {"a": "href", "img": "src"}.get(link.tag)
                address = link.get(key) if key else None
                if address and (chip := _chip(_plain(address))):
                    _replace(parent, link, chip)


def _plain(address: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1])), address).replace(AMP_SUBSTITUTE, "&")


def _replace(parent: Element, link: Element, chip: str) -> None:
    if link.tag == "img":
        link.text = AtomicString(link.get("alt") or link.get("src") or "")
    link.tag = "span"
    link.attrib.clear()
    link.set("class", "rg-defanged")
    remark = SubElement(parent, "span", {"class": "rg-chip"})
    remark.text = AtomicString(chip)
    parent.remove(remark)
    remark.tail, link.tail = link.tail, " "
    parent.insert(list(parent).index(link) + 1, remark)


_ATTRIBUTE = r"=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'>]+))"
_ANCHOR = re.compile(rf"<a\s(?:[^>]*?\s)?href\s*{_ATTRIBUTE}[^>]*>(?P<words>.*?)</a>", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(rf"<img\s(?:[^>]*?\s)?src\s*{_ATTRIBUTE}[^>]*>", re.DOTALL | re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


class _InertHtml(Postprocessor):  # type: ignore[misc]
    """Does the same to the raw HTML of a page."""

    def run(self, text: str) -> str:
        return _IMAGE.sub(_without_image, _ANCHOR.sub(_without_link, text))


def _without_link(found: re.Match[str]) -> str:
    chip = _chip(_address(found))
    return _html(found["words"], chip) if chip else found[0]


def _without_image(found: re.Match[str]) -> str:
    address = _address(found)
    if chip := _chip(address):
        alt = _ALT.search(found[0])
        return _html((alt[1] or alt[2] or "") if alt else escape(address), chip)
    return found[0]


def _address(found: re.Match[str]) -> str:
    return unescape(found["double"] or found["single"] or found["plain"] or "")


def _html(words: str, chip: str) -> str:
    return f'<span class="rg-defanged">{words}</span> <span class="rg-chip">{chip}</span>'


class MendedBackLinks(Extension):  # type: ignore[misc]
    """Gives a link at the end of a footnote its own end back.

    The footnotes' extension puts a no-break space behind it, before the way back to the text; extensions that link bare
    addresses take that for a part of the address.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Look at links as soon as they are made."""
        md.treeprocessors.register(_Mended(md), "regesta_mended", 14)


class _Mended(Treeprocessor):  # type: ignore[misc]
    """Moves what was swallowed behind the link."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            address, swallowed, after = (link.get("href") or "").partition(NBSP_PLACEHOLDER)
            if swallowed:
                found = find_addresses(address)
                end = found[0].end if found and found[0].start == 0 else len(address)
                rest = address[end:]
                words = (link.text or "").partition(NBSP_PLACEHOLDER)[0]
                link.set("href", address[:end])
                link.text = AtomicString(words.removesuffix(rest))
                link.tail = f"{rest}{NBSP_PLACEHOLDER}{after}{link.tail or ''}"
