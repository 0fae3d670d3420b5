"""What a page of HTML says of itself: title, headings, text, and where it sends its reader."""

from __future__ import annotations

import re
from typing import NamedTuple

from regesta.auditing.judging.charsets import decode
from regesta.auditing.judging.tags import RAW_TEXT_END, TAG, after, attributes, unescape
from regesta.model.cleaning import clean_text

__all__ = ["MOST_BYTES", "Page", "Refresh", "is_html", "read_page"]

MOST_BYTES = 256 * 1024
"""What is read of a page. A title stands in the first 64 KB; the text of an error is never longer."""
_MOST_TEXT = 4000
_MOST_TITLE, _MOST_HEADINGS = 300, 8
_MOST_HOSTS = 40
_MOST_TAGS = 20_000
"""Pages of 256 KB have 5,000 tags. Of 90,000 the rest is left unread: no page may hold up the others."""
_PROSE = 120
"""Characters of an unbroken run of words that is prose, and no menu, button or teaser."""


class Refresh(NamedTuple):
    """Where a page sends its reader by itself."""

    seconds: float
    target: str
    """As written; empty when the page means itself."""


class Page(NamedTuple):
    """What a reader sees of a page, and what a machine is told."""

    title: str = ""
    headings: tuple[str, ...] = ()
    """Of the first and second level, in order."""
    text: str = ""
    """The beginning of what is visible; blocks stand on lines of their own."""
    text_length: int = 0
    """Characters of the whole of it."""
    prose: int = 0
    """Characters of it in runs of words that only an article, or a long apology, has."""
    refresh: Refresh | None = None
    script_target: str = ""
    """Where a script sends the reader, on a page that has hardly anything else."""
    canonical: str = ""
    """The address that the page gives itself, as written."""
    language: str = ""
    has_password: bool = False
    has_script: bool = False
    sources: tuple[str, ...] = ()
    """Where its scripts and frames come from, as written, in lower case."""


_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_UNSAID = frozenset({"", "application/octet-stream", "unknown/unknown", "text/plain"})
_LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,100}+(?:<!--.{0,500}?-->\s{0,100})?<(?:!doctype\s+html|html|head|title)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(body: bytes, content_type: str) -> bool:
    """Tell whether an answer is a page of HTML, by what it claims, or by how it begins where it claims nothing.

    >>> is_html(b"", "Text/HTML; charset=utf-8"), is_html(b"<!DOCTYPE html>", ""), is_html(b"%PDF-1.4", "")
    (True, True, False)
    """
    kind = content_type.partition(";")[0].strip().lower()
    return kind in _HTML_TYPES or (kind in _UNSAID and bool(_LOOKS_LIKE_HTML.match(body)))


def read_page(body: bytes, content_type: str = "text/html") -> Page | None:
    """Read a page; give None for what is no HTML. It takes time in proportion to the bytes, whatever they are.

    >>> read_page(b"<title>Not&nbsp;here</title><h1>Gone <b>away</b></h1><script>x</script>").headings
    ('Gone away',)
    """
    if not is_html(body, content_type):
        return None
    reader = _Reader(decode(body[:MOST_BYTES], content_type))
    reader.read()
    return reader.page()


_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small "
    "span strike strong sub sup time tt u var wbr script style".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN = frozenset({"noscript", "svg", "template", "math", "object", "select"})
"""Elements whose content no reader with a browser sees as text of the page."""
_HIDDEN = re.compile(r"(?<![\w-])hidden(?![\w-])|display\s*:\s*none", re.IGNORECASE)
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CONTENT = re.compile(r"\s*([\d.]*)\s*(?:[;,]?\s*(?:url\s*=\s*)?[\"']?\s*([^\"'\s]*))?", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?:(?:window|document|self|top|parent)\s{0,9}\.\s{0,9})?location(?:\s{0,9}\.\s{0,9}href)?\s{0,9}"
    r"(?:=|\.\s{0,9}(?:replace|assign)\s{0,9}\()\s{0,9}[\"']([^\"'<>\s]{1,2000})[\"']"
)
_LITTLE_TEXT = 120
_LONGEST_SCRIPT = 2000
_SPACES = re.compile(r"[ \t\r\f]+")


class _Reader:
    """One pass over the text of a page."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._title: str | None = None
        self._headings: list[str] = []
        self._heading: list[str] | None = None
        self._text: list[str] = []
        self._kept = self._length = self._run = self._prose = 0
        self._in_link = False
        self._skipping, self._depth = "", 0
        self._refresh: Refresh | None = None
        self._canonical = self._language = ""
        self._has_password = self._has_script = False
        self._sources: list[str] = []
        self._scripts: list[str] = []

    def page(self) -> Page:
        """Give what was read."""
        lines = (_SPACES.sub(" ", line).strip() for line in clean_text("".join(self._text)).split("\n"))
        target = ""
        if self._length < _LITTLE_TEXT and (found := _LOCATION.search("\n".join(self._scripts))):
            target = clean_text(found[1].replace("\\/", "/"))
        return Page(
            title=_line(self._title or ""),
            headings=tuple(self._headings),
            text="\n".join(line for line in lines if line)[:_MOST_TEXT],
            text_length=self._length,
            prose=self._prose,
            refresh=self._refresh,
            script_target=target,
            canonical=clean_text(self._canonical),
            language=clean_text(self._language),
            has_password=self._has_password,
            has_script=self._has_script,
            sources=tuple(self._sources),
        )

    def read(self) -> None:
        """Go through the page once. What never closes reaches to the end, so no character is read twice."""
        html, at = self._html, 0
        tags = 0
        while (tag := TAG.search(html, at)) and (tags := tags + 1) <= _MOST_TAGS:
            if tag.start() > at:
                self._words(html[at : tag.start()])
            at = tag.end()
            if tag[1]:
                at = after(html, "-->", at)
            elif tag[2]:
                at = after(html, ">", at)
            else:
                name = tag[4].lower()
                if tag[3]:
                    self._close(name)
                else:
                    self._open(name, tag[5])
                    if raw := RAW_TEXT_END.get(name):
                        close = raw.search(html, at)
                        stop = close.start() if close else len(html)
                        self._raw(name, at, stop)
                        at = stop
        if at < len(html) and tags <= _MOST_TAGS:
            self._words(html[at:])
        self._end_block()
        self._end_heading()

    def _open(self, name: str, attributes: str) -> None:
        if self._skipping:
            self._depth += name == self._skipping
            return
        if name in _UNSEEN or (attributes and name not in _VOID and name != "html" and _is_hidden(attributes)):
            self._skipping, self._depth = name, 1
            return
        if name == "a":
            self._in_link = True
        elif name not in _INLINE:
            self._end_block()
            if name in {"h1", "h2"}:
                self._end_heading()
                self._heading = []
        if name in _TOLD:
            self._told(name, attributes)

    def _close(self, name: str) -> None:
        if self._skipping:
            self._depth -= name == self._skipping
            if not self._depth:
                self._skipping = ""
            return
        if name == "a":
            self._in_link = False
        elif name not in _INLINE:
            self._end_block()
            if name in {"h1", "h2"}:
                self._end_heading()

    def _words(self, written: str) -> None:
        if self._skipping or written.isspace():
            if self._kept < _MOST_TEXT and not self._skipping:
                self._text.append(" ")
            return
        words = unescape(written)
        length = len(words) if len(words) < _PROSE else len(" ".join(words.split()))
        self._length += length
        if not self._in_link:
            self._run += length
        if self._heading is not None and len(self._heading) < _MOST_TITLE:
            self._heading.append(words[:_MOST_TITLE])
        if self._kept < _MOST_TEXT:
            kept = words[:_MOST_TEXT].replace("\n", " ")
            self._text.append(kept)
            self._kept += len(kept)

    def _end_block(self) -> None:
        if self._run >= _PROSE:
            self._prose += self._run
        self._run = 0
        if self._kept < _MOST_TEXT:
            self._text.append("\n")

    def _end_heading(self) -> None:
        if (
            self._heading is not None
            and len(self._headings) < _MOST_HEADINGS
            and (words := _line("".join(self._heading)))
        ):
            self._headings.append(words)
        self._heading = None

    def _raw(self, name: str, start: int, stop: int) -> None:
        """Take what stands in an element that holds no tags."""
        if name == "title" and self._title is None and not self._skipping:
            self._title = unescape(self._html[start : min(stop, start + 4 * _MOST_TITLE)])
        elif name == "script" and stop - start < _LONGEST_SCRIPT and len(self._scripts) < _MOST_HEADINGS:
            self._scripts.append(self._html[start:stop])

    def _told(self, name: str, written: str) -> None:
        """Take what a tag tells machines."""
        told = attributes(written)
        if name == "html":
            self._language = told.get("lang", "")[:35]
        elif name == "input":
            self._has_password = self._has_password or told.get("type", "").lower() == "password"
        elif name == "link":
            if told.get("rel", "").lower() == "canonical":
                self._canonical = told.get("href", "").strip()
        elif name == "meta":
            if self._refresh is None and told.get("http-equiv", "").strip().lower() == "refresh":
                self._refresh = _refresh(told.get("content", ""))
        else:
            self._has_script = self._has_script or name == "script"
            if (source := told.get("src", "")) and len(self._sources) < _MOST_HOSTS:
                self._sources.append(source[:200].strip().lower())


_TOLD = frozenset({"html", "input", "link", "meta", "script", "iframe", "frame"})


def _is_hidden(written: str) -> bool:
    if not _HIDDEN.search(written):
        return False
    told = attributes(written)
    return "hidden" in told or bool(_NO_DISPLAY.search(told.get("style", "")))


def _refresh(content: str) -> Refresh | None:
    match = _CONTENT.match(content[:4000])
    if match is None:
        return None
    try:
        seconds = float(match[1] or 0)
    except ValueError:
        seconds = 0.0
    return Refresh(seconds, clean_text(match[2] or ""))


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())[:_MOST_TITLE]
