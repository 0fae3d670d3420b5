"""Links: every style, with the exact place of the address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names

ARCHIVES = [Path("briefs_src"), Path("tests/archive/briefs_src")]


def links(text):
    """Give style, raw and text of each link."""
    return [(link.style, link.raw, link.text) for link in read_document("a.md", text.encode()).links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](http://a.example)", [("inline", "http://a.example", "http://a.example")]),
        ('[a](  <http://a.example/b c>  "t")', [("inline", "http://a.example/b c", "http://a.example/b c")]),
        (r"[a](http://a.example/\_b\(c)", [("inline", r"http://a.example/\_b\(c", "http://a.example/_b(c")]),
        ("[a](http://a.example/?b&amp;c)", [("inline", "http://a.example/?b&amp;c", "http://a.example/?b&c")]),
        ("[`](`](http://a.example)", [("inline", "http://a.example", "http://a.example")]),
        ("[a\\](](http://a.example)", [("inline", "http://a.example", "http://a.example")]),
        ("[![b](c.png)](http://a.example)", [("inline", "http://a.example", ""), ("image", "c.png", "")]),
        ("<http://a.example>", [("autolink", "http://a.example", "http://a.example")]),
        ("é http://a.example/é, b", [("bare", "http://a.example/é", "http://a.example/é")]),
        ("http://a.example/b_c_[c]&d.", [("bare", "http://a.example/b_c_[c]&d", "http://a.example/b_c_[c]&d")]),
        ("http://a.example/?b&amp;c", [("bare", "http://a.example/?b&amp;c", "http://a.example/?b&c")]),
        (r"http://a.example/b\_c", [("bare", r"http://a.example/b\_c", "http://a.example/b_c")]),
        ("(http://a.example/b(c)).", [("bare", "http://a.example/b(c)", "http://a.example/b(c)")]),
        ("*http://a.example/b*", [("bare", "http://a.example/b", "http://a.example/b")]),
        ("www.a.example", [("bare", "www.a.example", "www.a.example")]),
        ("`http://a.example` and ha:ttp://x and example.org", []),
        ("[http://a.example](http://b.example)", [("inline", "http://b.example", "http://b.example")]),
        (
            "<div><a HREF='http://a.example?b&amp;c'></div>",
            [("html", "http://a.example?b&amp;c", "http://a.example?b&c")],
        ),
        ("a <a href=http://a.example>b</a>", [("html", "http://a.example", "http://a.example")]),
        ("<div>see http://a.example/b.</div>", [("html", "http://a.example/b", "http://a.example/b")]),
        ("<!-- http://a.example --><script>http://b.example</script>", []),
    ],
)
def test_styles(text, expected):
    """Raw is the slice of the source, text is what Markdown makes of it."""
    got = links(text)
    assert [(style, raw) for style, raw, _ in got] == [(style, raw) for style, raw, _ in expected]
    assert all(want == text for (_, _, text), (_, _, want) in zip(got, expected, strict=True) if want)


def test_references_share_the_address_of_their_definition():
    """`[a][r]`, `[r][]` and `[r]` point at the one place where the address stands."""
    document = read_document("a.md", b"[a][r] [r][] [r]\n\n[r]: <http://a.example/b c> 'title'\n")
    assert [document.slice(link.span) for link in document.links] == ["http://a.example/b c"] * 4


def test_an_unused_definition_is_a_link():
    """No address of a source is passed over in silence."""
    assert links("x\n\n[r]: http://a.example\n") == [("definition", "http://a.example", "http://a.example")]


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(max_examples=300)
def test_any_bytes_are_read(source):
    """Whatever decodes can be read and checked; nothing raises."""
    check(source)


PIECES = [
    "[^1]", "[^1]: ", "[a](", "<http://a.example>", "](", "](http://b.example)", "[see [^1] here](x)", "\n\n", "\n",
    "`", "*", "_", "<div>", "</div>", "<a href='http://c.example'>", "<!--", "-->", "> ", "- ", "    ", "# ", " ", "\t",
    "| a | b |\n|---|---|\n", "hxxp://d[.]example", "http://e.example/é", "[r]: http://f.example\n", "[r]", "\\",
    "&amp;", "é", "Лук", "\x00", "\ufeff", "---\n", "title: a: b\n", "[.]", "www.g.example", "![i](j.png)", "\r",
    "\r\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=500)
def test_any_markup_is_read(text):
    """However the pieces of Markdown are put together, every link slices back to what it is."""
    check(text.encode())


def check(source):
    """Read and check bytes, and hold every span against the source."""
    try:
        document = read_document("briefs/a.md", source)
    except UnicodeDecodeError:
        return
    for link in document.links:
        assert document.slice(link.span) == link.raw
        assert (link.style == "front-matter") == (link.span.start < document.front.body_start)
        assert 0 <= link.span.start <= link.span.end <= len(document.cleaned.source)
    size = len(document.cleaned.source)
    entry = read_entry(document, Names([]))
    for finding in (*check_document(document, entry, Context()), *check_document(document, None, Context())):
        assert 0 <= finding.place.offset <= size + document.cleaned.skipped
        assert finding.place.line >= 1
        assert finding.place.column >= 1


@pytest.mark.parametrize("path", [path for root in ARCHIVES for path in sorted(root.rglob("*.md"))], ids=str)
def test_every_link_of_both_archives_slices_back(path):
    """The digests and the invented archive hold nothing that reading gets wrong."""
    check(path.read_bytes())


def test_a_defanged_address_in_a_note_s_code_is_a_link() -> None:
    """Written as code so that nobody clicks it, a note's defanged address counts as the link it is, at its place."""
    source = b"Text `hxxps://body[.]example/` here.[^1]\n\n[^1]: `https://a(.)example/x`; `plain code`; `a (.) b`.\n"
    found = [link for link in read_document("x.md", source).links if link.style == "code"]
    assert [(link.raw, link.note, link.form.value) for link in found] == [("https://a(.)example/x", "1", "defanged")]
    assert source[found[0].span.start : found[0].span.end].decode() == found[0].raw
