"""U118 and U119: addresses of no use, and percent signs that stand for nothing."""

from __future__ import annotations

import pytest

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.briefs import read_document


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
