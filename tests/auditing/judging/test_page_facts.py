"""What a page says of itself, whatever it is written in and however it is made to hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.written_pages import PROSE

from regesta.auditing.judging.charsets import decode
from regesta.auditing.judging.page_facts import Refresh, read_page

KINDS = st.sampled_from(["", "text/html; charset=utf-7", "text/html; charset=utf-16", "text/html; charset=big5"])
WORDS = "Страница не найдена"


def read(body: str | bytes, kind: str = "text/html"):
    """Read a page that is one."""
    page = read_page(body.encode() if isinstance(body, str) else body, kind)
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ("<title> A\n b </title>", "title", "A b"),
        ("<TITLE>A &amp; b</TITLE>", "title", "A & b"),
        ("<svg><title>Logo</title></svg><title>A</title>", "title", "A"),
        ("<title>A</title><title>B</title>", "title", "A"),
        ("<title>A", "title", "A"),
        ("<title>A<b></title>", "title", "A<b>"),
        ("<title>\x1b[31mA\x00\ufdd0</title>", "title", "[31mA"),
        ("<h1>A <b>b</b></h1><h2>c</h2><h3>d</h3>", "headings", ("A b", "c")),
        ("<h1>A<h1>B", "headings", ("A", "B")),
        ("<h1></h1><h2> </h2>", "headings", ()),
        ("<p>a <i>b</i></p><p>c", "text", "a b\nc"),
        ("<p>a<script>b</script><style>c</style><!-- d --><noscript>e</noscript>f", "text", "af"),
        ("<div hidden>a<div>b</div></div>c", "text", "c"),
        ("<div style='color:red; display: none'>a</div><p style=overflow:hidden>c", "text", "c"),
        ("<div class=hidden aria-hidden=true>a</div>", "text", "a"),
        ("<input hidden>a", "text", "a"),
        ("<script>if (a<b) '</scr'+'ipt>'</script>a", "text", "a"),
        ("<a title='>'>b</a>", "text", "b"),
        ("<!DOCTYPE html><p>a", "text", "a"),
        ("a < b", "text", "a < b"),
        ("<html lang='ru-RU'>", "language", "ru-RU"),
        ("<input TYPE=Password>", "has_password", True),
        ("<input type=text>", "has_password", False),
        ("<script src='//A.example/x.js'></script>", "sources", ("//a.example/x.js",)),
        ("<link rel=canonical href='/a'>", "canonical", "/a"),
        ("<meta http-equiv='Refresh' content='0; URL=/a'>", "refresh", Refresh(0, "/a")),
        ("<meta http-equiv=refresh content=\"5;url='/a b'\">", "refresh", Refresh(5, "/a")),
        ("<meta http-equiv=refresh content='0,/a'>", "refresh", Refresh(0, "/a")),
        ("<meta http-equiv=refresh content=300>", "refresh", Refresh(300, "")),
        ("<meta http-equiv=refresh content=1.2.3>", "refresh", Refresh(0, "")),
        ("<noscript><meta http-equiv=refresh content='0;/a'></noscript>", "refresh", None),
        ("<script>location.replace('\\/a')</script>", "script_target", "/a"),
        ('<script>window.location = "/a"</script>' + "word " * 60, "script_target", ""),
        (f"<p>{PROSE['en']}</p>", "prose", len(PROSE["en"]) - 1),
        ("<li>a</li>" * 100, "prose", 0),
        (f"<p><a href=x>{PROSE['en']}</a></p>", "prose", 0),
    ],
)
def test_what_is_read(body: str, field: str, value: object) -> None:
    """Title, headings, text and what machines are told, as a browser would have them."""
    assert getattr(read(body), field) == value


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "text/plain; charset=utf-8"])
def test_what_is_no_html_is_no_page(kind: str) -> None:
    """A file is not read as a page, unless it plainly is one and its server does not know."""
    assert read_page(b"%PDF-1.7 <title>", kind) is None
    assert (read_page(b"<!DOCTYPE HTML><title>A</title>", kind) is not None) == kind.startswith("text/plain")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (WORDS.encode(), "text/html"),
        (WORDS.encode("cp1251"), "text/html; charset=windows-1251"),
        (WORDS.encode("koi8-r"), "text/html; charset=KOI8-R"),
        (WORDS.encode("cp1251"), "text/html"),
        (WORDS.encode("koi8-r"), "text/html"),
        (WORDS.encode("cp1251"), "text/html; charset=utf-8"),
        (WORDS.encode("cp866"), "text/html; charset=ibm866"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), "text/html; charset=windows-1251"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=windows-1251"),
        (WORDS.encode(), "text/html; charset=nonsense"),
        (WORDS.encode(), "text/html; charset=zip"),
    ],
)
def test_every_way_of_writing_it_is_read(body: bytes, kind: str) -> None:
    """A mark, a header, a page or its bytes say how it is written."""
    assert decode(body, kind) == WORDS


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "iso-8859-5"])
def test_a_page_may_say_itself_how_it_is_written(charset: str) -> None:
    """The page is believed where the header is silent, and where the header is plainly wrong."""
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'.encode()
    page += f"<title>{WORDS}</title>".encode(charset)
    assert read(page).title == WORDS
    assert read(page, "text/html; charset=utf-8").title == WORDS


def test_a_broken_letter_does_not_change_the_alphabet() -> None:
    """A cut in the middle of a letter is no sign of another encoding."""
    assert decode(PROSE["ru"].encode()[:-2][:101]).startswith("Совет порта собрался")


@given(
    st.binary(max_size=400),
    KINDS,
)
def test_decoding_never_fails(body: bytes, kind: str) -> None:
    """Any bytes have a text."""
    assert isinstance(decode(body, kind), str)


PIECES = (
    "<title> </title> <h1> </h1> <p> <b > ' \" <!-- --> <script> </script> a= \0 &# ; <svg> </svg> </div> я < / &# 404"
).split(" ")
PIECES += ["9" * 5000, "<div hidden>", "<meta http-equiv=refresh content=", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_page_can_be_read(html: str) -> None:
    """No page breaks the reader, and no control character leaves it."""
    page = read(html)
    assert not any(char in "".join((page.title, page.text, *page.headings)) for char in "\0\x1b\x7f")


HOSTILE = {
    "elements": b"<b>" * 300_000,
    "headings": b"<h1>" * 60_000,
    "an unclosed title": b"<title>" + b"x" * 300_000,
    "one attribute": b'<a b="' + b"x" * 262_000 + b'">',
    "an unclosed attribute": b'<a b="' + b"x" * 262_000,
    "attributes": b"<a " + b"b=c " * 65_000,
    "equals signs": b"<a " + b"=" * 262_000,
    "blanks in a tag": b"<a" + b" " * 262_000,
    "quotation marks": b"<a \"'" * 50_000,
    "NULs": b"\0" * 262_144,
    "brackets": b"<" * 262_144,
    "ampersands": b"&" * 262_144,
    "a number": b"&#" + b"9" * 262_000,
    "comments": b"<!--" * 60_000,
    "scripts": b"<script>" * 40_000,
    "hidden elements": b"<p hidden>" * 26_000,
    "drawings": b"<svg>" * 50_000,
    "high bytes": b"\xe0" * 262_144,
    "blanks": b" " * 262_144,
    "a word": b"<title>" + b"a." * 200 + b"</title><p>" + b"not-found." * 26_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_page_holds_up_the_others(shape: str) -> None:
    """A quarter of a megabyte of anything is read in a moment."""
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        read_page(HOSTILE[shape], "text/html")
        best = min(best, time.process_time() - start)
    assert best < 0.4
