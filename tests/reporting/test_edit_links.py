"""Where a line can be edited, as MkDocs would say it of a page."""

from __future__ import annotations

import pytest

from regesta.reporting.edit_links import edit_addresses


@pytest.mark.parametrize(
    ("repo", "uri", "docs", "path", "address"),
    [
        ("https://code.example/r", "edit/main/docs/", "docs", "b/a.md", "https://code.example/r/edit/main/b/a.md"),
        ("https://code.example/r/", "/edit/main/docs", "docs", "b/a.md", "https://code.example/r/edit/main/b/a.md"),
        ("https://code.example/r", "src/site/docs/", "site/docs", "b.md", "https://code.example/r/src/b.md"),
        ("https://github.com/o/r", None, "docs", "b/a.md", "https://github.com/o/r/edit/master/b/a.md"),
        (
            "https://code.example/r",
            "?query=root/docs/",
            "docs",
            "a.md",
            "https://code.example/r?query=root/docs/../a.md",
        ),
        ("https://code.example/r", None, "docs", "b/a.md", None),
        ("https://code.example/r", "", "docs", "b/a.md", None),
        ("", "edit/main/docs/", "docs", "b/a.md", None),
        ("javascript:alert(1)//", "edit/main/docs/", "docs", "b/a.md", None),
        ("https://code.example/r", "edit/main/docs/", "docs", "/srv/a.md", None),
        ("https://code.example/r", "edit/main/docs/", "docs", "../a.md", None),
    ],
)
def test_an_address(repo, uri, docs, path, address):
    """It leads beside the hand-written pages, or there is none."""
    assert edit_addresses(repo, uri, docs)(path) == address
