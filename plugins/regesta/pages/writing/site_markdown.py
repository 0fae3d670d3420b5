"""A brief whose text the site's own Markdown extensions write: `markdown: mkdocs` in its front matter.

Names are marked in the source by characters that no text has, which become links after the extensions are done. What
they write is then sanitised like any HTML that is not ours.
"""

from __future__ import annotations

import posixpath
import re
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

import nh3

from regesta.model.link_forms import LinkForm, judge_link
from regesta.pages.html import attribute, href
from regesta.pages.sheet import Contents
from regesta.pages.writing.body_writer import BodyHtml
from regesta.pages.writing.link_writer import defanged_chip, inside_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.model.briefs import Document
    from regesta.pages.writing.brief_links import BriefLinks
    from regesta.pages.writing.link_writer import Mark, Places

__all__ = ["write_site_markdown"]

# Private-use characters: a number between the first two, the end of the name at the third.
_START, _NAME, _END = "\ue0a0", "\ue0a1", "\ue0a2"
_MARKED = re.compile(f"{_START}(\\d+){_NAME}([^{_START}{_NAME}{_END}]*){_END}")
_LEFT = re.compile(f"{_START}\\d+{_NAME}|[{_START}{_NAME}{_END}]")
_TAG = re.compile(r"(<[^>]*>)")
_ANCHOR = re.compile(r"</?a[\s>]", re.IGNORECASE)
_HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_LINK = re.compile(r'<a\b([^>]*?)\bhref="([^"]*)"')
_WHOLE_LINK = re.compile(r'<a\b[^>]*\bhref="(https?:[^"]*)"[^>]*>.*?</a>', re.DOTALL)
_NOTES = '<div class="footnote">'
"""How the extension for footnotes, which Material suggests, begins its list."""
_DEFANGED = re.compile(r'<a\b[^>]*\bdata-form="defanged"[^>]*>(.*?)</a>', re.DOTALL)
_DEAD_IMAGE = re.compile(r'<img(?![^>]*\ssrc=)(?:[^>]*?\salt="([^"]*)")?[^>]*>')

_TAGS = frozenset(nh3.ALLOWED_TAGS) | {
    "section",
    "summary",
    "details",
    "figure",
    "figcaption",
    "mark",
    "input",
    "label",
}
_THEMES_OWN = ("md-", "rg-", "js-")


def write_site_markdown(
    document: Document,
    marks: Sequence[Mark],
    places: Places,
    render: Callable[[str], str],
    *,
    brief_links: BriefLinks | None = None,
) -> BodyHtml:
    """Write a document's body with `render`, which turns Markdown into HTML as the site does.

    `brief_links` says what stands beside links; without it they stand alone.
    """
    start = document.front.body_start
    source = _with_sentinels(document.cleaned.source, start, marks)
    html = _LINK.sub(partial(_led, document.path, places), _with_links(render(source), marks))
    html = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={
            "*": {"class", "id", "title", "role", "lang", "colspan", "rowspan", "scope", "align"},
            "a": {"href", "data-form"},
            "img": {"src", "alt"},
            "ol": {"start"},
            "details": {"open"},
            "input": {"type", "disabled", "checked"},
        },
        attribute_filter=partial(_only_ours, document.path, places),
        link_rel="noopener noreferrer nofollow ugc",
        url_schemes={"http", "https", "mailto"},
    )
    chip = defanged_chip(places.language)
    html = _DEFANGED.sub(lambda found: f'<span class="rg-defanged">{found[1]}</span> {chip}', html)
    html = _DEAD_IMAGE.sub(lambda found: found[1] or "", html)
    if brief_links is not None:
        html = _with_verdicts(html, brief_links)
    html = html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    return BodyHtml(html, "", tuple(_contents(html)))


def _with_sentinels(source: bytes, start: int, marks: Sequence[Mark]) -> str:
    parts, at = [], start
    for number, mark in enumerate(marks):
        if mark.start >= at:
            parts += [source[at : mark.start], f"{_START}{number}{_NAME}".encode(), source[mark.start : mark.end]]
            parts.append(_END.encode())
            at = mark.end
    return b"".join([*parts, source[at:]]).decode("utf-8", "replace")


def _with_links(html: str, marks: Sequence[Mark]) -> str:
    """Turn marked names into links where they stand in text, and leave no mark anywhere."""
    parts = _TAG.split(html)
    in_link = False
    for index, part in enumerate(parts):
        if index % 2:
            if _ANCHOR.match(part):
                # A link holds no other: the site's extensions link what the text does not.
                in_link = part[1] != "/"
        elif _START in part and not in_link:
            parts[index] = _MARKED.sub(lambda found: _link(found, marks), part)
    return _LEFT.sub("", "".join(parts))


def _link(found: re.Match[str], marks: Sequence[Mark]) -> str:
    mark = marks[int(found[1])]
    return f"{mark.opening}{found[2]}{mark.closing}"


def _led(path: str, places: Places, found: re.Match[str]) -> str:
    """Lead links to entities to their pages, and take the address out of what must not be clicked, to be said so."""
    address = unescape(found[2])
    if address.startswith("entity:"):
        page = places.entities.get(address.removeprefix("entity:"))
        return f'<a{found[1]}href="{attribute(places.addresses.link(path, page))}"' if page else f"<a{found[1]}"
    if judge_link(address).form is LinkForm.DEFANGED:
        return f'<a{found[1]}data-form="defanged"'
    return found[0]


def _with_verdicts(html: str, brief_links: BriefLinks) -> str:
    notes = html.find(_NOTES)

    def shown(found: re.Match[str]) -> str:
        before, behind = brief_links.beside(unescape(found[1]), in_note=0 <= notes < found.start())
        return f"{before}{found[0]}{behind}"

    return _WHOLE_LINK.sub(shown, html)


def _only_ours(path: str, places: Places, tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [word for word in value.split() if not word.startswith(_THEMES_OWN) or word == "rg-entity"]
        return " ".join(kept) or None
    if name == "id":
        return f"m-{value}"
    if name == "href":
        return _address(path, places, value)
    if name == "src":
        page = posixpath.normpath(posixpath.join(posixpath.dirname(path), value))
        return places.addresses.link(path, page) if page in places.images else None
    if tag == "input" and name == "type":
        return "checkbox"
    return value


def _address(path: str, places: Places, value: str) -> str | None:
    if value.startswith("#"):
        return f"#m-{value[1:]}"
    if value.startswith(places.addresses.top(path)):
        return value  # a link of ours, to an entity
    return inside_address(value, path, places) or href(value)


def _contents(html: str) -> list[Contents]:
    found = []
    for match in _HEADING.finditer(html):
        words = unescape(re.sub("<[^>]*>", "", _HEADERLINK.sub("", match[3]))).strip()
        found.append(Contents(int(match[1]), match[2], words))
    return found
