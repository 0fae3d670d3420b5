"""Nonsense that is asked for beside a page, and what its answer says."""

from __future__ import annotations

import pytest
from tests.auditing.written_pages import article, gone

from regesta.auditing.judging.page_facts import Page, read_page
from regesta.auditing.judging.siblings import like_nonsense, sibling_key, sibling_of
from regesta.model.urls import Url, parse_url

ASKED = Url("https://ferry.example/news/strike")
SHELL = b"<title>Ferry Times</title><div id=app></div><script src=/app.js></script>"


def page(body: bytes) -> Page:
    """Read a page that is one."""
    read = read_page(body)
    assert read is not None
    return read


ARTICLE = page(article("Strike").html())


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        ("https://ferry.example/news/strike", "https://ferry.example/news/regesta-", ""),
        ("https://ferry.example/news/strike.html?a=b#c", "https://ferry.example/news/regesta-", ".html"),
        ("https://ferry.example/news/strike/", "https://ferry.example/news/regesta-", "/"),
        ("https://ferry.example/", "https://ferry.example/regesta-", ""),
        ("http://ferry.example:8080/a.PDF", "http://ferry.example:8080/regesta-", ".PDF"),
        ("https://xn--e1afmkfd.example/%D0%B0/b", "https://xn--e1afmkfd.example/%D0%B0/regesta-", ""),
    ],
)
def test_where_nonsense_is_asked_for(url: str, start: str, end: str) -> None:
    """It lies in the folder of the page, with its ending, and is an address itself."""
    sibling = sibling_of(Url(url))
    assert sibling.startswith(start)
    assert sibling.endswith(end)
    assert parse_url(sibling) == sibling
    assert sibling == sibling_of(Url(url))


def test_one_answer_serves_a_folder() -> None:
    """What is known of one page's sibling is known of its neighbours', by either scheme."""
    key = sibling_key(Url("http://www.ferry.example/news/a"))
    assert key == sibling_key(Url("https://ferry.example/news/b"))
    assert key != sibling_key(Url("https://ferry.example/culture/b"))
    assert key != sibling_key(Url("https://ferry.example/news/b.pdf"))
    assert key != sibling_key(Url("https://other.example/news/b"))


def test_the_shell_of_an_application_says_nothing() -> None:
    """Alike for every path, and no sign of death."""
    assert not like_nonsense(page(SHELL), page(SHELL), asked=ASKED)


def test_an_error_said_to_both_is_one() -> None:
    """Words of an error on a page that nonsense gets too."""
    body = page(gone("Ferry Times", "Not found", "We looked for it.").html())
    assert like_nonsense(body, body, asked=ASKED)


def test_a_page_that_nonsense_does_not_get_is_there() -> None:
    """Words of an error do not count when the server tells the two apart."""
    body = page(gone("Ferry Times", "Not found", "We looked for it.").html())
    assert not like_nonsense(body, ARTICLE, asked=ASKED)


def test_the_home_page_for_every_path() -> None:
    """A server that shows its home page whatever is asked for has lost the page; asked for itself it has not."""
    home = page(article("Ferry Times", times=1, more="<li>one more headline of the day</li>" * 20).html())
    assert like_nonsense(home, home, asked=ASKED, home=home)
    assert not like_nonsense(home, home, asked=Url("https://ferry.example/"), home=home)


def test_a_page_of_its_own_that_ignores_its_path() -> None:
    """An article for every path is not the one that was cited, unless the address names it in another way."""
    assert like_nonsense(ARTICLE, ARTICLE, asked=ASKED)
    assert not like_nonsense(ARTICLE, ARTICLE, asked=Url("https://ferry.example/article/48213/strike"))
    assert not like_nonsense(ARTICLE, ARTICLE, asked=Url("https://ferry.example/article?id=7"))
    itself = ARTICLE._replace(canonical=ASKED)
    assert not like_nonsense(itself, itself, asked=ASKED)


def test_a_clock_does_not_tell_two_pages_apart() -> None:
    """Numbers and the path itself change from one visit to the next."""
    one = page(gone("Not found", "Not found", "No page /news/strike at 10:42:01").html())
    other = page(gone("Not found", "Not found", "No page /news/regesta-0a at 10:42:07").html())
    assert like_nonsense(one, other, asked=ASKED)
