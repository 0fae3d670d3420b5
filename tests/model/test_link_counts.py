"""No link passes in silence: as many are read as a person counts, whatever the style and wherever they stand."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.model.briefs import read_document


def styles(text):
    """Give style and raw of each link of a text."""
    return [(link.style, link.raw) for link in read_document("a.md", text.encode()).links]


U = "https://a.example/x"
COUNTED = [
    # Citation styles
    (U, 1),
    (f"<{U}>", 1),
    (f"[a]({U})", 1),
    (f"[a](<{U}> 'title')", 1),
    (f"[a][r] [r][] [r]\n\n[r]: {U}", 4),
    (f"[r]: {U}", 1),
    (f"[r]: {U}\n[r]: {U}/2\n", 2),
    (f"![a]({U}.png)", 1),
    (f"[![a]({U}.png)]({U})", 2),
    (f"[{U}]({U})", 1),
    ("<someone@a.example>", 1),
    (f"`{U}`", 0),
    (f"    {U}\n", 0),
    (f"```\n{U}\n```", 0),
    (f"a\\[b]({U})", 1),
    # Raw HTML
    (f'<a href="{U}">a</a>', 1),
    (f"<a href={U}>{U}</a>", 1),
    (f'<p><a href="{U}">{U}</a> and {U}</p>', 2),
    (f'<div><img src="{U}" srcset="{U} 1x, {U}/2 2x"></div>', 3),
    (f'a <b>{U}</b> <img src="{U}"> <A HREF="">c</A>', 3),
    (f"<!-- {U} -->", 0),
    (f'<a name="top"></a> {U}', 1),
    (f'<a href="{U}">unclosed {U}', 2),
    (f'<video src="{U}" poster="{U}"></video><q cite="{U}">q</q>', 3),
    # Places
    (f"# Heading {U}\n\n## [b]({U})", 2),
    (f"- {U}\n- <{U}>\n  1. [c]({U})", 3),
    (f"> {U}\n>> <{U}>", 2),
    (f"| a | b |\n|---|---|\n| {U} | [c]({U}) |", 2),
    (f"a[^1]\n\n[^1]: {U}; <{U}>; [c]({U}).", 3),
    (f"a[^1]\n\n[^1]: b[^2] {U}\n[^2]: {U}", 2),
    ("a[^1]\n\n[^1]: `https://a(.)example/x`", 1),
    (f"a[^1]\n\n[^1]: {U}\n\n    More: {U}", 2),
    (f"**{U}** *[a]({U})* ~~{U}~~", 3),
    (f"{U}\n{U}", 2),
    # Front matter
    (f"---\nsource_url: {U}\n---\n{U}", 2),
    (f"---\nsource_url: [{U}, '{U}/2']\nown: {{deep: [{U}]}}\n---\n", 3),
    (f'---\noriginal: "{U}"\nsame_as: {{x: {U}, wikidata: Q2}}\n---\n', 2),
    ("---\nsource_url: example\n---\n", 1),
    (f"---\ntitle: 'a: {U}'\n# {U}\n---\n", 1),
    (f"---\na: [\nsource_url: {U}\n---\n{U}", 2),
    (f"+++\nlink = '{U}'\n+++\n{U}", 2),
    # What Markdown does not read as the link it is meant to be
    ("<https://a .example/x>", 1),
    ("[a](https://exa mple.org/x)", 1),
    ("[a](https://a.example/ x 'title')", 1),
    ("[a]({{ site.baseurl }}/x)", 1),
    ("https: //a.example/x", 1),
    ("https://a .example/x", 1),
    ("https://a (.) example/x", 1),
    ("https://a.example/one/\ntwo.html", 1),
    ("https//a.example/x and ttps://a.example/x", 2),
    ("Source:https://a.example/x", 1),
    ("Title.https://a.example/x", 1),
    ("Источникhttps://a.example/x", 1),
    ("mailto:a@a.example javascript:void(0) file:///C:/a.pdf", 3),
    ("[http]://a.example/x (https)://a.example/x", 2),
    # Words about addresses are none
    ("Begin with http:// or https://, not with javascript: or mailto or C:\\x.", 0),
    ("The dot (.) is a full stop; and/or; 1://2; a: b // c", 0),
    ("x[^1]\n\n[^1]: http://", 1),
]


@pytest.mark.parametrize(("text", "count"), COUNTED)
def test_as_many_links_are_read_as_were_counted_by_hand(text: str, count: int) -> None:
    """Each text was counted by a person."""
    assert len(styles(text)) == count, styles(text)


class Piece(NamedTuple):
    """A stretch of one line, and how many links it has."""

    text: str
    links: int


PIECES = [
    Piece("words", 0),
    Piece("wörter, слова", 0),
    Piece("`code`", 0),
    Piece("*emphasis*", 0),
    Piece("a & b &amp; c", 0),
    Piece("https://a.example/x", 1),
    Piece("(https://a.example/x_(y))", 1),
    Piece("<https://b.example/?q=1&r=2>", 1),
    Piece("[c](https://c.example/)", 1),
    Piece("[*c* `d`](<https://c.example/>)", 1),
    Piece("[e][ref]", 1),
    Piece("[ref]", 1),
    Piece("![f](https://f.example/f.png)", 1),
    Piece("[![g](g.png)](https://g.example)", 2),
    Piece('<a href="https://h.example">h</a>', 1),
    Piece('<img src="https://i.example/i.png">', 1),
    Piece("hxxps://j[.]example/", 1),
    Piece("k[.]example", 1),
    Piece("www.l.example", 1),
    Piece("[m](#)", 1),
    Piece("[n](other.md#top)", 1),
    Piece("<https://o .example/x>", 1),
]
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(
    lambda pieces: Piece(" ".join(piece.text for piece in pieces), sum(piece.links for piece in pieces))
)
WRAPS = [
    "{}",
    "# {}",
    "- {}",
    "> {}",
    "1. {}",
    "> - {}",
    "| a |\n|---|\n| {} |",
    "[^{{n}}]: {}",
    "**x** {}",
    "- > - {}",
]
PARAGRAPHS = st.tuples(st.sampled_from(WRAPS), LINES)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), st.booleans())
@settings(max_examples=300, deadline=None)
def test_links_add_up(paragraphs: list[tuple[str, Piece]], fronted: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    """However documents are put together, the links are as many as their pieces have, with one for the definition."""
    front = "---\ntitle: x\nsource_url: https://front.example/\n---\n" if fronted else ""
    parts = [wrap.format(line.text).replace("{n}", str(n)) for n, (wrap, line) in enumerate(paragraphs)]
    text = front + "\n\n".join([*parts, "[ref]: https://ref.example/"]) + "\n"
    expected = sum(line.links for _, line in paragraphs) + 1 + fronted
    assert len(styles(text)) == expected, (text, styles(text))


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("https://a(.)example/x", "https://a(.)example/x"),
        ("'https://a(.)example/x'", "https://a(.)example/x"),
        ('"https://a(.)example/\\x41"', '"https://a(.)example/\\x41"'),
        ("['https://é.example/', https://a(.)example/x]", "https://a(.)example/x"),
    ],
)
def test_a_link_of_the_front_matter_has_its_exact_place(value: str, raw: str) -> None:
    """Its place is the address within the value; an address that YAML escapes hide has the whole value."""
    document = read_document("a.md", f"---\ntitle: ü\nsource_url: {value}\n---\n".encode())
    link = document.links[-1]
    assert (link.style, link.form.value) == ("front-matter", "defanged")
    assert document.slice(link.span) == link.raw == raw


def test_the_words_of_an_html_link_are_its_own() -> None:
    """What stands between the tags is what a reader sees, and no second link."""
    document = read_document("a.md", b'<a href="https://a.example/"><b>https://b.example/</b> &amp; c</a>')
    assert [(link.raw, link.words) for link in document.links] == [("https://a.example/", "https://b.example/ & c")]
