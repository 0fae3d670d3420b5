"""Links in a text: where they lead, and what they look like."""

from __future__ import annotations

import posixpath
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from regesta.model.anchors import our_id
from regesta.model.bare_addresses import is_scheme_alone
from regesta.model.link_forms import LinkForm, judge_link
from regesta.model.site_paths import IMAGE_SUFFIXES, Leads
from regesta.pages.html import EXTERNAL, attribute, href, text
from regesta.pages.languages.language import ENGLISH, Language, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.briefs import Document
    from regesta.model.mentions import Mention
    from regesta.model.site_paths import Destination, SitePaths
    from regesta.pages.addresses import Addresses
    from regesta.pages.writing.brief_links import BriefLinks

__all__ = [
    "Linking",
    "Mark",
    "Places",
    "Uses",
    "bare",
    "bare_marks",
    "defanged_chip",
    "entity_marks",
    "image_address",
    "image_html",
    "inside_address",
    "link_html",
    "outside_html",
]


class Linking(StrEnum):
    """How often the names of an entity are links in one brief."""

    SECTION = "section"
    """Once below each heading."""
    PAGE = "page"
    """Once."""
    MENTION = "mention"
    """Wherever it is named."""
    NEVER = "never"
    """Only where the author links it."""


class Uses:
    """What the texts of a site use of it, by the path of the text."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.files: dict[str, set[str]] = {}
        """Files that are published because a text shows them or leads to them."""
        self.pages: dict[str, set[str]] = {}
        """Briefs that a text leads to."""
        self.made: dict[str, set[str]] = {}
        """Addresses, from the top of the site, of pages that only the build knows."""

    def forget(self, path: str) -> None:
        """Take back all that is known of a text: it is written again."""
        for uses in (self.files, self.pages, self.made):
            uses.pop(path, None)


class Places(NamedTuple):
    """What a text may link to."""

    addresses: Addresses
    site: SitePaths
    """The files of the archive, and the hand-written pages and files beside it."""
    entities: Mapping[str, str]
    """Path of its page for each entity's slug."""
    language: Language = ENGLISH
    """The language of the site, for what is said of a link."""
    linking: Linking = Linking.SECTION
    """How often names are links."""
    drafts: frozenset[str] = frozenset()
    """Briefs that have no page."""
    extended: frozenset[str] = frozenset()
    """Briefs that the site's own extensions write. They name the parts of a page otherwise."""
    uses: Uses | None = None
    """Is told what texts use of the site."""


class Mark(NamedTuple):
    """HTML around a stretch of the source."""

    start: int
    end: int
    opening: str
    closing: str


def entity_marks(document: Document, mentions: Sequence[Mention], places: Places) -> list[Mark]:
    """Link names of entities quietly: the first in each section, or as often as the site wants."""
    if places.linking is Linking.NEVER:
        return []
    top = places.addresses.top(document.path)
    done: set[tuple[str, int]] = set()
    marks = []
    for mention in mentions:
        section = 0 if places.linking is Linking.PAGE else mention.section
        if not mention.linkable or (mention.slug, section) in done or mention.slug not in places.entities:
            continue
        if places.linking is not Linking.MENTION:
            done.add((mention.slug, section))
        block = document.body.blocks[mention.block]
        url = top + places.addresses.url(places.entities[mention.slug])
        opening = f'<a class="rg-entity" href="{attribute(url)}">'
        marks.append(Mark(*block.source_span(mention.start, mention.end), opening, "</a>"))
    return marks


def bare_marks(document: Document, places: Places, brief_links: BriefLinks | None = None) -> list[Mark]:
    """Link the addresses that stand bare in the text, with what `brief_links` puts beside them."""
    marks = []
    for link in document.links:
        if link.style == "bare" and not is_scheme_alone(link.text):
            opening, closing = outside_html(link.text, places)
            opening = bare(opening)
            if brief_links is not None:
                before, behind = brief_links.beside(link.text, in_note=link.note is not None)
                opening, closing = before + opening, closing + behind
            marks.append(Mark(link.span.start, link.span.end, opening, closing))
    return marks


def bare(opening: str) -> str:
    """Mark a link whose words are its address: on paper it is not written out again.

    >>> bare('<a href="https://beacon.example/">')
    '<a class="rg-bare" href="https://beacon.example/">'
    """
    return opening.replace("<a ", '<a class="rg-bare" ', 1) if opening.startswith("<a ") else opening


def link_html(address: str, path: str, places: Places) -> tuple[str, str]:
    """Give the HTML around the words of a link in the text at `path`."""
    if address.startswith("entity:"):
        page = places.entities.get(address.removeprefix("entity:"))
        if page is None:
            return "", ""
        return f'<a class="rg-entity" href="{attribute(places.addresses.link(path, page))}">', "</a>"
    inside = inside_address(address, path, places)
    return (f'<a href="{attribute(inside)}">', "</a>") if inside else outside_html(address, places)


def outside_html(address: str, places: Places) -> tuple[str, str]:
    """Give the HTML around the words of a link to another site. Without an address they stay words."""
    target = href(address)
    if target is not None:
        return f'<a href="{attribute(target)}" {EXTERNAL}>', "</a>"
    form = judge_link(address).form
    if form is LinkForm.DEFANGED:
        return '<span class="rg-defanged">', f"</span> {defanged_chip(places.language)}"
    if form is LinkForm.MALFORMED:
        return '<span class="rg-defanged">', f"</span> {_chip(places.language, _NO_ADDRESS)}"
    return "", ""


def image_html(address: str, words: str, path: str, places: Places, *, is_linked: bool = False) -> str:
    """Show an image of the site; link to any other, since showing it would be a request to another host.

    In the words of a link it stays words: no link may stand in another.
    """
    if url := image_address(address, path, places):
        return f'<img src="{attribute(url)}" alt="{attribute(words)}" loading="lazy">'
    opening, closing = ("", "") if is_linked else link_html(address, path, places)
    return f"{opening}{text(words or address)}{closing}"


def image_address(address: str, path: str, places: Places) -> str | None:
    """Give the address of an image of the site that a text at `path` shows."""
    found = places.site.find(address, path)
    if found is None or found.leads is not Leads.FILE:
        return None
    suffix = posixpath.splitext(found.path)[1].lower()
    if suffix not in IMAGE_SUFFIXES and not (suffix == ".svg" and found.path in places.site.docs):
        return None
    return _file_address(found.path, path, places)


_DEFANGED = phrase("not linked: defanged")
_NO_ADDRESS = phrase("not linked: not a valid address")


def defanged_chip(language: Language) -> str:
    """Write what stands beside an address that was made harmless on purpose."""
    return _chip(language, _DEFANGED)


def _chip(language: Language, message: str) -> str:
    return f'<span class="rg-chip">{text(language.say(message))}</span>'


def inside_address(address: str, path: str, places: Places) -> str | None:
    """Give the address of what a relative address names in the text at `path`: a page, a file, a place in the text."""
    found = places.site.find(address, path)
    if found is None:
        return None
    rest = found.query + (f"#{found.fragment}" if found.fragment else "")
    led: str | None = None
    match found.leads:
        case Leads.HERE:
            rest, led = "", f"#{our_id(found.fragment)}"
        case Leads.FILE:
            led = _file_address(found.path, path, places)
        case Leads.ENTITY:
            page = places.entities.get(posixpath.basename(found.path).removesuffix(".md"))
            led = places.addresses.link(path, page) if page else None
        case Leads.MADE:
            led = _made_address(found.path, path, places)
        case Leads.PAGE if found.path not in places.drafts:
            _note(places, "pages", path, found.path)
            fragment = _fragment(found, places)
            rest = found.query + (f"#{fragment}" if fragment else "")
            led = places.addresses.link(path, found.path)
    return None if led is None else led + rest


def _fragment(found: Destination, places: Places) -> str:
    if found.path in places.site.docs:
        return found.fragment
    if found.path in places.extended:
        return f"m-{found.fragment}" if found.fragment.partition(":~:")[0] else found.fragment
    return our_id(found.fragment)


def _file_address(file: str, path: str, places: Places) -> str:
    _note(places, "files", path, file)
    return places.addresses.link(path, file)


def _made_address(made: str, path: str, places: Places) -> str:
    is_whole = "." in posixpath.basename(made)
    address = places.addresses.url(made if is_whole else f"{made}/index.md")
    _note(places, "made", path, unquote(address))
    return places.addresses.top(path) + address


def _note(places: Places, kind: str, path: str, used: str) -> None:
    if places.uses is not None:
        getattr(places.uses, kind).setdefault(path, set()).add(used)
