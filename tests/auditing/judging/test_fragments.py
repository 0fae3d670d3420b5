"""Whether the place that a link points to is on the page."""

from __future__ import annotations

import pytest

from regesta.auditing.judging.fragments import has_fragment

TEXT = "The ferries stay in the harbour. " * 20


@pytest.mark.parametrize(
    ("html", "fragment", "there"),
    [
        ("<h2 id=results>", "results", True),
        ("<h2 ID = 'results'>", "results", True),
        ("<a name=results>", "results", True),
        ("<p name=results>", "results", False),
        ("<h2 id=Results>", "results", False),
        ("<h2 id=results-2>", "results", False),
        ("<h2 data-id=results>", "results", False),
        ("<p>id=results</p>", "results", False),
        ("<!-- <h2 id=results> -->", "results", False),
        ("<script>'<h2 id=results>'</script>", "results", False),
        ("<p title='>' id=results>", "results", True),
        ("<h2 id=user-content-results>", "results", True),
        ("<h2 id='итоги'>", "итоги", True),
        ("<h2 id='итоги'>", "%D0%B8%D1%82%D0%BE%D0%B3%D0%B8", True),
        ("<h2 id='%D0%B8'>", "%D0%B8", True),
        ("<h2 id='a&amp;b'>", "a&b", True),
        ("<h2 id='a b'>", "a%20b", True),
        ("<h2 id=a>", "a:~:text=ferries", True),
        ("", "top", True),
        ("", "TOP", True),
        ("", "", True),
        ("", ":~:text=ferries", True),
        ("", "absent", False),
        ("", "cite_note-3", False),
        ("", "/media/File:A.jpg", None),
        ("", "!/news/12", None),
        ("", "page=5", None),
        ("", "utm_source=feed", None),
        ("", "xtor=RSS-1", None),
        ("", ".Wx12abCd", None),
        ("", "L10-L20", None),
        ("", "issuecomment-12", None),
        ("", "comment-12", None),
        ("<h2 id='page=5'>", "page=5", True),
        ("<h2 id=L10>", "L10", True),
    ],
)
def test_a_place_on_a_page(html: str, fragment: str, there: bool | None) -> None:  # noqa: FBT001
    """An id or a named anchor is a place; what scripts make of a fragment nobody can say."""
    page = f"<!doctype html><title>A</title>{html}<p>{TEXT}".encode()
    assert has_fragment(page, "text/html; charset=utf-8", fragment) is there


def test_nothing_is_said_of_what_was_not_read() -> None:
    """A place that has not come by the end of a page that broke off may come later."""
    assert has_fragment(b"<p id=a>", "text/html", "a", is_whole=False) is True
    assert has_fragment(b"<p id=a>", "text/html", "b", is_whole=False) is None
    assert has_fragment(b"<p id=a>", "text/html", "b") is False


def test_nothing_is_said_of_files_and_applications() -> None:
    """A PDF, and a page that is nothing before its script has run, are not searched for places."""
    assert has_fragment(b"%PDF", "application/pdf", "a") is None
    assert has_fragment(b"<div id=app></div><script src=a.js></script>", "text/html", "b") is None
    assert has_fragment(f"<p>{TEXT}</p><script src=a.js></script>".encode(), "text/html", "b") is False


def test_a_place_in_an_old_alphabet() -> None:
    """An id is read in the encoding of its page."""
    assert has_fragment("<meta charset=windows-1251><a name='итоги'>".encode("cp1251"), "text/html", "итоги") is True
    assert has_fragment(b"\xff\xfe" + "<a name=b>".encode("utf-16-le"), "text/html", "b") is True


@pytest.mark.parametrize("shape", [b"<b>" * 87_000, b'<a b="' * 40_000, b"<a =" * 60_000, b"<!--" * 60_000])
def test_no_page_holds_up_the_search(shape: bytes) -> None:
    """A quarter of a megabyte of tags is searched to its end."""
    assert has_fragment(shape + b"zz", "text/html", "zz") is False
