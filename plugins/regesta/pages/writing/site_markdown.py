"""A brief whose text the site's own Markdown extensions write: `markdown: mkdocs` in its front matter.

Names are marked in the source by characters that the text has not, which become links after the extensions are done.
What they write is then sanitised like any HTML that is not ours.
"""

from __future__ import annotations

import re
import secrets
from functools import partial
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

import nh3

from regesta.model.footnotes import shown_labels
from regesta.model.link_forms import LinkForm, judge_link
from regesta.pages.html import href, text
from regesta.pages.sheet import Contents
from regesta.pages.writing.body_writer import BodyHtml
from regesta.pages.writing.link_writer import defanged_chip, image_address, inside_address
from regesta.pages.writing.notes_writer import is_number, label_html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.model.briefs import Document
    from regesta.pages.writing.brief_links import BriefLinks
    from regesta.pages.writing.link_writer import Mark, Places

__all__ = ["write_site_markdown"]

_PRIVATE = range(0xF0000, 0xFFFFE)
"""Private-use characters, of which those are taken that a text does not have itself."""


class _Signs:
    """Characters that the text has nowhere, chosen anew for each: one opens each mark, one closes all.

    Nobody can guess them, and none is in what is written: the same text gives the same page.
    """

    def __init__(self, source: str, marks: Sequence[Mark]) -> None:
        """Choose them."""
        taken = {ord(char) for char in source if ord(char) >= _PRIVATE.start}
        wanted = min(len(marks), _MOST_MARKS) + 2
        free = [code for code in secrets.SystemRandom().sample(_PRIVATE, len(taken) + wanted) if code not in taken]
        self.ours, self.end, *self.openings = map(chr, free[:wanted])
        self.marks = dict(zip(self.openings, marks, strict=False))
        self._all = re.compile(f"[{''.join(map(chr, free[:wanted]))}]")
        opening = f"([{''.join(self.openings)}])" if marks else "(?!)()"
        self.marked = re.compile(f"{opening}([^{''.join(map(chr, free[:wanted]))}]*){self.end}")

    def drop(self, html: str) -> str:
        """Leave none of them in a piece of HTML."""
        return self._all.sub("", html)

    def link(self, found: re.Match[str]) -> str:
        """Write a marked name as a link. A sign in its address says that it is ours."""
        mark = self.marks[found[1]]
        return mark.opening.replace(' href="', f' href="{self.ours}') + found[2] + mark.closing


_MOST_MARKS = 20000
"""Names of one text that are links."""
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

_LINK_OR_IMAGE = re.compile(r"<(?P<end>/?)a(?=[\s>])|<img\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_OUTSIDE = re.compile(r'\ssrc="(https?:[^"]*)"', re.IGNORECASE)
_WORDS = re.compile(r'\salt="([^"]*)"', re.IGNORECASE)


def _with_linked_images(html: str) -> str:
    """Write a link for each image of another site, whose words alone would be shown; none within a link."""
    depth = 0

    def linked(found: re.Match[str]) -> str:
        nonlocal depth
        if found["attributes"] is None:
            depth += -1 if found["end"] else 1
        elif not depth and (outside := _OUTSIDE.search(found["attributes"])):
            words = _WORDS.search(found["attributes"])
            return f'<a href="{outside[1]}">{(words[1] if words else "") or outside[1]}</a>'
        return found[0]

    return _LINK_OR_IMAGE.sub(linked, html) if "<img" in html else html


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
    signs = _Signs(document.cleaned.source.decode("utf-8", "replace"), marks)
    written = _with_links(render(_with_signs(document.cleaned.source, start, marks, signs)), signs)
    html = _LINK.sub(partial(_led, document.path, places, signs), _with_linked_images(written))
    html = nh3.clean(
        _ALIGNED.sub(r'<\1 class="rg-\2"', html),
        tags=set(_TAGS),
        attributes={
            "*": {"class", "id", "title", "role", "lang", "colspan", "rowspan", "scope"},
            "a": {"href", "data-form"},
            "img": {"src", "alt"},
            "ol": {"start"},
            "details": {"open"},
            "input": {"type", "disabled", "checked"},
        },
        attribute_filter=partial(_only_ours, document.path, places, signs),
        link_rel="noopener noreferrer nofollow ugc",
        url_schemes={"http", "https", "mailto"},
    )
    html = _with_labels(_MARKED_AS_NOTE.sub(_only_notes, _ID.sub(_Once(), html)))
    chip = defanged_chip(places.language)
    html = _DEFANGED.sub(lambda found: f'<span class="rg-defanged">{found[1]}</span> {chip}', html)
    html = _DEAD_IMAGE.sub(lambda found: found[1] or "", html)
    if brief_links is not None:
        html = _with_verdicts(html, brief_links)
    html = html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    return BodyHtml(html, "", tuple(_contents(html)))


def _with_signs(source: bytes, start: int, marks: Sequence[Mark], signs: _Signs) -> str:
    parts, at, end = [], start, signs.end.encode()
    for opening, mark in zip(signs.openings, marks, strict=False):
        if mark.start >= at:
            parts += [source[at : mark.start], opening.encode(), source[mark.start : mark.end], end]
            at = mark.end
    return b"".join([*parts, source[at:]]).decode("utf-8", "replace")


def _with_links(html: str, signs: _Signs) -> str:
    """Turn marked names into links where they stand in text, and leave no mark anywhere."""
    parts = _TAG.split(html)
    in_link = False
    for index, part in enumerate(parts):
        if index % 2:
            parts[index] = signs.drop(part)
            if _ANCHOR.match(part):
                # A link holds no other: the site's extensions link what the text does not.
                in_link = part[1] != "/"
        elif in_link:
            parts[index] = signs.drop(part)
        else:
            at, found = 0, []
            for match in signs.marked.finditer(part):
                found += [signs.drop(part[at : match.start()]), signs.link(match)]
                at = match.end()
            parts[index] = "".join([*found, signs.drop(part[at:])])
    return "".join(parts)


def _led(path: str, places: Places, signs: _Signs, found: re.Match[str]) -> str:
    """Lead links to entities to their pages, and take the address out of what must not be clicked, to be said so."""
    address = unescape(found[2])
    if address.startswith("entity:"):
        page = places.entities.get(address.removeprefix("entity:"))
        return f'<a{found[1]}href="{signs.ours}{places.addresses.link(path, page)}"' if page else f"<a{found[1]}"
    if judge_link(address).form is LinkForm.DEFANGED:
        return f'<a{found[1]}data-form="defanged"'
    return found[0]


def _with_verdicts(html: str, brief_links: BriefLinks) -> str:
    notes = html.find(_NOTES)

    def shown(found: re.Match[str]) -> str:
        before, behind = brief_links.beside(unescape(found[1]), in_note=0 <= notes < found.start())
        return f"{before}{found[0]}{behind}"

    return _WHOLE_LINK.sub(shown, html)


def _only_ours(path: str, places: Places, signs: _Signs, tag: str, name: str, value: str) -> str | None:  # noqa: PLR0913, PLR0917 - the last three are the sanitiser's
    if name == "class":
        return " ".join(word for word in value.split() if _is_kept(tag, word)) or None
    if name == "id":
        return f"m-{value}"
    if name == "href":
        return _address(path, places, signs, value)
    if name == "src":
        return image_address(value, path, places)
    if tag == "input" and name == "type":
        return "checkbox"
    return value


def _is_kept(tag: str, word: str) -> bool:
    """Say whether a class is one that extensions write. Others are the author's, and might be the theme's or ours."""
    if word in _CLASSES.get(tag, ()) or word in _CLASSES["*"]:
        return True
    return tag in {"span", "code", "div", "pre"} and _OF_CODE.fullmatch(word) is not None


_CLASSES = {
    "*": frozenset(
        "admonition admonition-title abstract attention bug caution danger details error example fail failure footnote "
        "hint highlight highlighttable important info inline end linenodiv linenos missing note question quote success "
        "summary tip tldr todo toc toctitle warning seealso help faq check done cite danger snippet task-list "
        "task-list-control task-list-indicator task-list-item codehilite filename normal code keys magiclink".split()
    ),
    "a": frozenset({"footnote-backref", "footnote-ref", "headerlink", "rg-entity"}),
    "td": frozenset({"rg-center", "rg-left", "rg-right"}),
    "th": frozenset({"rg-center", "rg-left", "rg-right"}),
}
"""The classes that extensions for Markdown write, by the element on which they stand."""
_OF_CODE = re.compile(r"language-[\w+#-]{1,30}|[a-z][a-z0-9]{0,2}")
"""The language of a block of code, and the short names that Pygments gives to its words."""
_ALIGNED = re.compile(r'<(t[dh]) (?:style="text-align: ?|align=")(left|center|right);?"')
"""What the extension for tables writes. The policy of our pages refuses styles within them."""


def _address(path: str, places: Places, signs: _Signs, value: str) -> str | None:
    if value.startswith(signs.ours):
        return value.removeprefix(signs.ours)
    if value.startswith("#"):
        return f"#m-{value[1:]}"
    return inside_address(value, path, places) or href(value)


_ID = re.compile(r'(<[a-z][^>]*?) id="([^"]*)"')


class _Once:
    """Takes an id away where it stands for the second time."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, found: re.Match[str]) -> str:
        if found[2] in self._seen:
            return found[1]
        self._seen.add(found[2])
        return found[0]


_MARKED_AS_NOTE = re.compile(r'<a\b[^>]*\bclass="(?:[^"]* )?footnote-(?:ref|backref)\b[^>]*>')


def _only_notes(found: re.Match[str]) -> str:
    """Leave the class of a mark only to what leads to a note, and back from there."""
    is_note = re.search(r' href="#m-fn(?:ref\d*)?[:\w]', found[0])
    return found[0] if is_note else re.sub(r' class="[^"]*"', "", found[0])


_NOTE_ITEM = re.compile(r'<li id="m-fn[:-]([^"]*)">')
_NOTE_MARK = re.compile(r'(<a (?:[^>]*? )?href="#m-fn[:-]([^"]*)"[^>]*>)([^<]*)(?=</a>)')
_NOTE_LIST = re.compile(r'(<div class="footnote">\s*(?:<hr>\s*)?)<ol>(.*)</ol>', re.DOTALL)


def _with_labels(html: str) -> str:
    """Let marks and notes show the author's labels: the extension counts."""
    notes = _NOTE_LIST.search(html)
    if notes is None:
        return html
    shown = shown_labels([unescape(label) for label in _NOTE_ITEM.findall(notes[2])])
    numbered = all(map(is_number, shown.values()))

    def item(found: re.Match[str]) -> str:
        label = shown[unescape(found[1])]
        return f'{found[0][:-1]} value="{int(label)}">' if numbered else f"{found[0]}{label_html(label)}"

    def mark(found: re.Match[str]) -> str:
        label = shown.get(unquote(unescape(found[2])))
        return f"{found[1]}{text(label)}" if label else found[0]

    tag = "ol" if numbered else 'ul class="rg-labelled"'
    listed = f"{notes[1]}<{tag}>{_NOTE_ITEM.sub(item, notes[2])}</{tag[:2]}>"
    return _NOTE_MARK.sub(mark, html[: notes.start()]) + _NOTE_MARK.sub(mark, listed) + html[notes.end() :]


def _contents(html: str) -> list[Contents]:
    found = []
    for match in _HEADING.finditer(html):
        words = unescape(re.sub("<[^>]*>", "", _HEADERLINK.sub("", match[3]))).strip()
        found.append(Contents(int(match[1]), match[2], words))
    return found
