"""Links that a space tears, and what is none."""

from __future__ import annotations

import pytest

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.briefs import read_document
from regesta.model.findings import Severity


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("[a](https://a.example/b c.pdf)", "https://a.example/b c.pdf"),
        ("[a](https://a.example/b c.pdf 'title')", "https://a.example/b c.pdf"),
        ("<https://a.example/b c.pdf>", "https://a.example/b c.pdf"),
        ("x[^1]\n\n[^1]: https://a.example/one/\ntwo.html, 2020", "https://a.example/one/\ntwo.html"),
    ],
)
def test_a_torn_link_is_reported(text: str, raw: str) -> None:
    """Whole, with its place."""
    document = read_document("a.md", text.encode())
    found = [one for one in check_document(document, None, Context()) if one.rule.startswith("U")]
    assert [(one.rule, one.raw) for one in found] == [("U117", raw)]
    assert text[found[0].place.offset :].startswith(raw)


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://a.example/ 'title')",
        "https://a.example/ and more",
        "https://a.example/one/ report.",
        "[a]({{ site.url }}/b) [c]({% link d.md %}) https://e.example/{{ f }}/g",
        "a < https://b.example and c > d",
        "`[a](https://a.example/b c)`",
        "> " * 120 + "https://a.example/",
    ],
)
def test_what_is_not_torn_is_not_reported(text: str) -> None:
    """A destination in angle brackets, a title, a template, a word behind an address."""
    document = read_document("a.md", text.encode())
    assert not [one for one in check_document(document, None, Context()) if one.rule == "U117"]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("[a](<https://a.example/b c.pdf>)", None),
        ("![a](<https://a.example/b c.png>)", None),
        ("[a][r]\n\n[r]: <https://a.example/b c.pdf>", None),
        ("<a href='https://a.example/b c.pdf'>x</a>", "https://a.example/b%20c.pdf"),
        ("---\nsource_url: https://a.example/b c.pdf\n---\n", "https://a.example/b%20c.pdf"),
    ],
)
def test_a_blank_that_browsers_repair_is_a_warning(text: str, mended: str | None) -> None:
    """Where Markdown or HTML keeps a blank, the link works in a browser, and not elsewhere."""
    findings = check_document(read_document("a.md", text.encode()), None, Context())
    (finding,) = [one for one in findings if one.rule[0] == "U"]
    assert (finding.rule, finding.severity) == ("U117", Severity.WARNING)
    assert finding.fix is not None
    assert finding.fix.replacement.endswith((mended or "b%20c.pdf", "b%20c.png"))
