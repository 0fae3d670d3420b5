"""U118 and U119: addresses of no use, and percent signs that stand for nothing."""

from __future__ import annotations

import pytest

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names


def found(link: str) -> list[str]:
    """Check a page with one link in each style, and give the rules of the first."""
    document = read_document("a.md", f"[words]({link})\n".encode())
    return [finding.rule for finding in check_document(document, None, Context())]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:void(0)",
        "JavaScript:alert(1)",
        "vbscript:x",
        "file:///C:/Users/ada/minutes.pdf",
        "file://server/minutes.pdf",
        "mailto:",
        "mailto:someone(at)ferry.example",
        "mailto:ada",
    ],
)
def test_what_leads_nobody_anywhere_is_reported(link: str) -> None:
    """A script, a file on somebody's disk and mail to nobody are no sources."""
    assert "U118" in found(link)


@pytest.mark.parametrize(
    "link",
    [
        "mailto:ada@ferry.example",
        "mailto:ada@ferry.example,ben@ferry.example?subject=Tide",
        "mailto:?subject=Tide",
        "tel:+4822123456",
        "ftp://ferry.example/a",
        "doi:10.1000/182",
        "data:text/plain,hello",
        "minutes.pdf",
        "#javascript:x",
    ],
)
def test_other_schemes_are_none_of_this(link: str) -> None:
    """What may be of use to a reader is not reported."""
    assert "U118" not in found(link)


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        ("https://ferry.example/a%zz", ["U119"]),
        ("https://ferry.example/a%2", ["U119"]),
        ("https://ferry.example/100%/a", ["U119"]),
        ("https://ferry.example/a%2520b.pdf", ["U119"]),
        ("https://ferry.example/a%20b.pdf", []),
        ("https://ferry.example/?next=https%253A%252F%252Fboat.example", []),
        ("https://web.archive.org/web/2020/https://ferry.example/a%2520b", []),
        ("https://ferry.example/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC", []),
        ("https://ferry.example/a%252", []),
    ],
)
def test_percent_signs_have_two_digits(link: str, rules: list[str]) -> None:
    """One without its digits is reported, and one that was encoded twice in a path; in a query it may be meant."""
    assert found(link) == rules


@pytest.mark.parametrize(
    ("address", "within"),
    [
        ("chrome-extension://efaidnbm/https://a.example/x.pdf", "https://a.example/x.pdf"),
        ("chrome-extension://abc/viewer.html?file=https%3A%2F%2Fa.example%2Fx.pdf&page=2", "https://a.example/x.pdf"),
        ("moz-extension://1-2-3/reader.html?url=https://a.example/x", "https://a.example/x"),
        ("safari-web-extension://AB/https://a.example/", "https://a.example/"),
        ("extension://abc/https://a.example/порт.pdf", "https://a.example/порт.pdf"),
        ("view-source:https://a.example/?b=c", "https://a.example/?b=c"),
        ("about:reader?url=https%3A%2F%2Fa.example%2Fx%3Fb%3Dc", "https://a.example/x?b=c"),
        ("read://https_a.example/?url=https%3A%2F%2Fa.example%2Fx", "https://a.example/x"),
        ("microsoft-edge:https://a.example/", "https://a.example/"),
        ("googlechromes://a.example/x", "https://a.example/x"),
        ("resource://pdf.js/web/viewer.html?file=https://a.example/x.pdf", "https://a.example/x.pdf"),
        ("edge://settings/help", ""),
        ("chrome://newtab/", ""),
        ("about:blank", ""),
        ("blob:https://a.example/6c1d-22", ""),
        ("chrome-extension://abc/hxxps://a[.]example/x", ""),
    ],
)
def test_the_address_within_a_browser_s_own_page_is_offered(address: str, within: str) -> None:
    """A page of an extension or of a reader is of no use to others; the page that it shows is."""
    places = ["[a]({})", "<{}>"] if address.isascii() else ["[a]({})"]
    places += ["<a href='{}'>x</a>", "---\nsource_url: {}\n---\n"] if within else []
    for place in places:
        findings = check_document(read_document("a.md", place.format(address).encode()), None, Context())
        (finding,) = [one for one in findings if one.rule == "U118"]
        assert (f"Write {within!r}." in finding.hint) is bool(within)
        assert (finding.fix.replacement if finding.fix else "") == within


@pytest.mark.parametrize(
    "text",
    [
        "x[^1]\n\n[^1]: See chrome-extension://abc/https://a.example/x.pdf.",
        "x[^1]\n\n[^1]: See chrome://version.",
        "| a |\n|---|\n| view-source:https://a.example/x<br>b |",
        "Siehe „about:reader?url=https%3A%2F%2Fa.example%2Fx“.",
        "参见moz-extension://1-2/https://a.example/x。下一句",
        "<div>edge://x</div>\n\n- chrome-extension://abc/https://a.example/x.pdf",
    ],
)
def test_a_browser_s_own_page_is_found_where_it_stands_bare(text: str) -> None:
    """As any other address is."""
    assert "U118" in {one.rule for one in check_document(read_document("a.md", text.encode()), None, Context())}


def test_words_that_are_schemes_are_none() -> None:
    """Talk about schemes is left alone."""
    text = "Look at chrome://version and Edge://surf/.\n\n"
    text += (
        "The word about: nothing, data: none, see edge: here. [x](feed:https://a.example/rss) [y](data:text/plain,a)"
    )
    assert check_document(read_document("a.md", text.encode()), None, Context()) == []


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("doi:10.1000/ferry.7", "https://doi.org/10.1000/ferry.7"),
        ("DOI: 10.1000/ferry.7", "https://doi.org/10.1000/ferry.7"),
        ("arXiv:2401.00001", "https://arxiv.org/abs/2401.00001"),
        ("hdl:1234/5", "https://hdl.handle.net/1234/5"),
        ("//ferry.example/a", "https://ferry.example/a"),
        ("//annex.pdf#page=2", "annex.pdf#page=2"),
        ("feed:https://ferry.example/f", "https://ferry.example/f"),
        ("ms-word:ofe%7Cu%7Chttps://ferry.example/f.docx", "https://ferry.example/f.docx"),
        ("tel:+4822123456", ""),
        ("ftp://ferry.example/a", ""),
        ("urn:isbn:123", ""),
        ("//server", ""),
    ],
)
def test_what_the_site_does_not_link_is_reported(link: str, meant: str) -> None:
    """The address of a link whose words stand alone on the page is named, with the one for the web if there is one."""
    document = read_document("briefs/a.md", f"---\ntitle: x\ndate: 2024\n---\n\n[слова](<{link}>)\n".encode())
    context = Context(paths=frozenset({"briefs/a.md", "briefs/annex.pdf"}))
    hints = [
        one.hint for one in check_document(document, read_entry(document, Names([])), context) if one.rule == "U124"
    ]
    assert hints == [f"Write {meant!r}." if meant else "Write the address into the words as well."]
