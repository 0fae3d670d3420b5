"""References as people write them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from tests.pages.references import HOSTILE, hostile, reference, reference_of, texts

from regesta.pages.languages.language import ENGLISH
from regesta.pages.references.citation_styles import cite

if TYPE_CHECKING:
    from regesta.pages.references.references import Reference

FULL = """\
title: Low water
date: 2020-09-09
authors: [Mirela Ostrenko, Jan van der Berg]
publisher: Upland Centre
series: Notes
number: 12
"""
AT = "https://register.example/briefs/2020/2020-09-09-water/"


def shown(one: Reference) -> dict[str, str]:
    """Give the text of each style, with what the browser fills in as it stands in the page."""
    found = {}
    for style, html, _ in cite(one, ENGLISH):
        accessed = re.sub(r'<span class="rg-accessed" data-words="([^"]*)"[^>]*></span>', r"\1", html)
        found[style] = unescape(re.sub(r"<em>|</em>", "*", re.sub(r"</?a\b[^>]*>", "", accessed)))
    return found


def without(*names: str) -> str:
    """Give the front matter without some fields."""
    return "\n".join(line for line in FULL.splitlines() if line.partition(":")[0] not in names)


@pytest.mark.parametrize(
    ("front", "plain", "chicago", "apa"),
    [
        (
            FULL,
            (
                "Mirela Ostrenko, Jan van der Berg: “Low water”. Upland Centre, Notes 12, 9 September 2020. "
                f"{AT} (accessed {{date}})"
            ),
            (
                "Mirela Ostrenko and Jan van der Berg, *Low water*, Notes no. 12 (Upland Centre, September 9, 2020), "
                f"accessed {{date}}, {AT}."
            ),
            "Ostrenko, M., & van der Berg, J. (2020, September 9). *Low water* (Notes No. 12). Upland Centre. " + AT,
        ),
        (
            without("authors", "series", "number"),
            f"“Low water”. Upland Centre, 9 September 2020. {AT} (accessed {{date}})",
            f"*Low water* (Upland Centre, September 9, 2020), accessed {{date}}, {AT}.",
            f"Upland Centre. (2020, September 9). *Low water*. {AT}",
        ),
        (
            "title: Who opened the gates?",
            f"“Who opened the gates?” undated. {AT} (accessed {{date}})",
            f"*Who opened the gates?* (n.d.), accessed {{date}}, {AT}.",
            f"*Who opened the gates?* (n.d.). {AT}",
        ),
        (
            "title: x\ndate: 2020-09~\nauthors: [A One, B Two, C Three, D Four]\ndoi: 10.1234/low",
            f"A One, B Two, C Three, D Four: “x”. about September 2020. {AT} (accessed {{date}})",
            f"A One et al., *x* (ca. September 2020), accessed {{date}}, {AT}.",
            "One, A., Two, B., Three, C., & Four, D. (ca. 2020, September). *x*. https://doi.org/10.1234/low",
        ),
        (
            "title: x\ndate: 2020\nauthors: [Vostrana Watch]\npublisher: Vostrana Watch\ndoi: javascript:alert(1)",
            f"Vostrana Watch: “x”. 2020. {AT} (accessed {{date}})",
            f"Vostrana Watch, *x* (2020), accessed {{date}}, {AT}.",
            f"Vostrana Watch. (2020). *x*. {AT}",
        ),
    ],
)
def test_each_style(front: str, plain: str, chicago: str, apa: str) -> None:
    """A reference reads as the manuals of style have it, and leaves out what is not known."""
    assert shown(reference_of(front)) == {"Plain": plain, "Chicago": chicago, "APA": apa}


def test_many_authors_in_apa() -> None:
    """Of more than twenty authors APA names nineteen and the last."""
    names = (
        ", ".join(f"A N{number:02}x" for number in range(1, 23))
        .replace("0", "o")
        .translate(str.maketrans("123456789", "abcdefghi"))
    )
    found = shown(reference_of(f"title: x\nauthors: [{names}]"))["APA"]
    assert found.count(", A.") == 20
    assert ", … N" in found


def test_no_day_of_access_is_built_in() -> None:
    """The place for the day of access is hidden, and empty until a browser fills it."""
    for _, html, _ in cite(reference(), ENGLISH):
        assert re.findall(r'<span class="rg-accessed"[^>]*>(.*?)</span>', html) in ([], [""])
        assert html.count("hidden") == html.count("rg-accessed")


@given(texts())
def test_nothing_that_is_said_is_markup(text: str) -> None:
    """Whatever stands in a brief's fields, a citation has no element but its own."""
    for style, html, _ in cite(hostile(text), ENGLISH):
        assert set(re.findall(r"<(/?\w+)", html)) <= {"a", "/a", "em", "/em", "span", "/span"}, style
        assert text.split(maxsplit=1)[0] in unescape(html)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_title_runs(text: str) -> None:
    """A title that is a script is words."""
    for _, html, _ in cite(hostile(text), ENGLISH):
        assert "<script" not in html
