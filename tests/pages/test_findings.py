"""The findings that stand above a brief while somebody writes it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from tests.reporting.reports import HOSTILE, finding

from regesta.model.findings import Severity
from regesta.pages.briefs.findings import findings_aside


class Tags(HTMLParser):
    """Collects elements."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        del attrs
        self.tags.add(tag)


def test_nothing_stands_above_a_brief_in_order() -> None:
    """A brief without findings has nothing above it."""
    assert findings_aside([]) == ""


def test_the_worst_come_first_and_a_few_dozen_of_them() -> None:
    """Errors stand before warnings, fifty in all, and the rest is counted."""
    found = findings_aside([finding(severity=Severity.WARNING)] * 60 + [finding()])
    assert "The check found 1 error, 60 warnings." in found
    assert found.index("rg-error") < found.index("rg-warning")
    assert found.count("<li>") == 50
    assert "<p>11 more.</p>" in found


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_quoted_is_text(text: str) -> None:
    """Whatever stands in a message, the aside has its own elements only."""
    parser = Tags()
    parser.feed(findings_aside([finding(text, hint=f"{text!r}")]))
    assert parser.tags <= {"aside", "p", "ul", "li", "span", "br", "code"}
