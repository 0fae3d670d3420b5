"""Pages that answer as if all were well, told from pages that are there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.auditing.answered import ASKED, answer
from tests.auditing.written_pages import GONE, LIVE, Written, article, gone

from regesta.auditing.judging.glances import is_unremarkable
from regesta.auditing.judging.gone_words import LANGUAGES, Saying, loosely, may_say_gone, says_gone
from regesta.auditing.judging.judge import _judge, judge
from regesta.auditing.judging.page_facts import Page, Refresh
from regesta.auditing.judging.soft_404 import forwards_to, sign_of_page, sign_of_text, sign_of_way
from regesta.model.urls import Url
from regesta.model.verdicts import Failure, Verdict

PADDING = b"<style>" + b".a{color:red}" * 900 + b"</style><script>" + b"var a=1;" * 1000 + b"</script></head>"


@pytest.mark.parametrize("page", LIVE, ids=lambda page: f"{page.title}/{page.heading}"[:50])
def test_a_page_that_is_there_is_live(page: Written) -> None:
    """Words of errors in a title or a text make no page gone."""
    assert judge(answer(body=page.html()), asked=ASKED).says is Verdict.LIVE


@pytest.mark.parametrize("page", GONE, ids=lambda page: f"{page.title}/{page.heading}"[:50])
def test_a_page_that_is_gone_is_seen(page: Written) -> None:
    """What servers write beside a 200 in six languages is read as what it says."""
    said = judge(answer(body=page.html()), asked=ASKED)
    assert (said.says, bool(said.failure), bool(said.reason)) == (Verdict.SOFT_404, True, True), said


@pytest.mark.parametrize("page", [*LIVE, *GONE], ids=lambda page: f"{page.title}/{page.heading}"[:50])
def test_the_quick_look_overlooks_nothing(page: Written) -> None:
    """What is passed over at a glance would have been found to be there by reading, in a small page or a large."""
    small = page.html()
    for body in (small, small.replace(b"</head>", PADDING)):
        if is_unremarkable(body):
            assert _judge(answer(body=body), ASKED).says is Verdict.LIVE or b"location" in body


@pytest.mark.parametrize("size", [500, 4000, 65536])
def test_an_ordinary_page_is_not_read(size: int) -> None:
    """What most links lead to is known at a glance, whatever its size."""
    line = b"<p class=text style='display:block'>The ferries to Skerrin sail, and not in error, twice a day.</p>"
    body = b"<!doctype html><title>Ferries - Harbour Council</title><h1>Ferries</h1>" + line * (size // len(line))
    assert is_unremarkable(body)
    assert not is_unremarkable(b"<h2>Page not found</h2>" + body)


def test_few_pages_that_are_there_cost_a_probe() -> None:
    """A suspicion costs a request: of pages chosen to be suspicious, one in ten at most gets one."""
    suspected = [page.title for page in LIVE if judge(answer(body=page.html()), asked=ASKED).suspicion]
    assert len(suspected) <= len(LIVE) / 10, suspected


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_has_a_stem(language: str) -> None:
    """What the quick look looks for stands in every phrase of every language."""

    @given(st.from_regex(LANGUAGES[language].gone, fullmatch=True))
    def holds(phrase: str) -> None:
        assert may_say_gone(loosely(phrase)), phrase

    holds()


@given(st.text(max_size=60))
def test_any_words_can_be_asked(words: str) -> None:
    """No text whatever breaks the reading of it."""
    assert says_gone(words) in Saying
    assert says_gone("Page not found in xylophones " + words) is Saying.NOTHING


@pytest.mark.parametrize(
    ("asked", "ended", "failure"),
    [
        ("http://ferry.example/a", "http://ferry.example/", Failure.TO_HOME),
        ("http://ferry.example/a", "https://www.ferry.example/en/", Failure.TO_HOME),
        ("http://ferry.example/a", "https://ferry.example/index.php?lang=ru", Failure.TO_HOME),
        ("http://news.ferry.example/a", "https://ferry.example/", Failure.TO_HOME),
        ("http://ferry.example/?p=12", "https://ferry.example/", Failure.TO_HOME),
        ("http://ferry.example/a", "http://www.casino.example/", Failure.TO_OTHER_HOME),
        ("http://ferry.example/a", "http://casino.example/?utm_source=x", Failure.TO_OTHER_HOME),
        ("http://ferry.example/a", "http://ferry.example/404.html", Failure.ERROR_WORDS),
        ("http://ferry.example/a", "http://ferry.example/errors/not-found", Failure.ERROR_WORDS),
        ("http://ferry.example/a", "http://ferry.example/Error.aspx?aspxerrorpath=/a", Failure.ERROR_WORDS),
        ("http://ferry.example/a", "https://www.Ferry.example/A/", None),
        ("http://ferry.example/a", "http://ferry.example/b", None),
        ("http://ferry.example/a", "http://ferry.example/news/404", None),
        ("http://ferry.example/a", "http://ferry.example/peugeot-404", None),
        ("http://ferry.example/a", "http://ferry.example/?p=12", None),
        ("http://ferry.example/", "http://harbour.example/", None),
        ("http://ferry.example/index.html", "http://ferry.example/en/", None),
        ("http://ferry.example", "https://ferry.example/ru/", None),
        ("http://bit.ly/abc", "https://ferry.example/", None),
        ("http://ferry.example/404", "http://ferry.example/en/404", None),
    ],
)
def test_where_a_way_leads(asked: str, ended: str, failure: Failure | None) -> None:
    """A home page or an error page instead of a page is a sign; the same page by another address is none."""
    sign = sign_of_way(asked, ended)
    assert (sign and sign.failure) == failure
    assert sign is None or sign.is_certain


@pytest.mark.parametrize(
    ("page", "there"),
    [
        (Page(refresh=Refresh(0, "/b")), "https://ferry.example/b"),
        (Page(refresh=Refresh(0, "b?c")), "https://ferry.example/news/b?c"),
        (Page(script_target="//harbour.example/"), "https://harbour.example/"),
        (Page(refresh=Refresh(0, "")), None),
        (Page(refresh=Refresh(0, "https://www.ferry.example/news/strike/")), None),
        (Page(refresh=Refresh(300, "/b")), None),
        (Page(refresh=Refresh(0, "/b"), prose=2000), None),
        (Page(refresh=Refresh(0, "javascript:alert(1)")), None),
        (Page(refresh=Refresh(0, "http://[bad/")), None),
    ],
)
def test_where_a_page_sends_its_reader(page: Page, there: str | None) -> None:
    """A refresh counts when it is soon, leads to another page, and the page has nothing else to say."""
    assert forwards_to(page, ASKED) == there


def test_a_page_with_a_long_text_is_only_suspected() -> None:
    """The title of an error over an article is looked into, not judged."""
    sign = sign_of_page(Page(title="Page not found", prose=3000, text_length=4000), asked=ASKED, ended=ASKED)
    assert sign is not None
    assert not sign.is_certain


def test_a_file_that_comes_as_a_page_is_suspected() -> None:
    """Where a PDF was cited and a page comes, it may be a viewer, or what the server says to everything."""
    asked = Url("https://ferry.example/minutes.PDF")
    assert judge(answer(url=asked), asked=asked).suspicion
    assert not judge(answer(url=asked, headers={"content-type": "application/pdf"}), asked=asked).suspicion


@pytest.mark.parametrize(
    ("text", "is_gone"), [("404 page not found\n", True), ("File not found.", True), ("Dear Ada", False)]
)
def test_plain_text_can_say_it_too(text: str, is_gone: bool) -> None:  # noqa: FBT001
    """A line of plain text that says nothing but the error is an error."""
    assert bool(sign_of_text(text)) is is_gone
    said = judge(answer(body=text.encode(), headers={"content-type": "text/plain"}), asked=ASKED)
    assert (said.says is Verdict.SOFT_404) is is_gone


def test_the_words_are_quoted() -> None:
    """The archivist reads what the page says."""
    said = judge(answer(body=gone("Ferry Times", "Whoops, that page is gone.").html()), asked=ASKED)
    assert said.reason == ("The server answers as if all were well, but the page says 'Whoops, that page is gone.'.")


def test_an_article_on_parking_is_there() -> None:
    """Who writes about domains for sale is no seller, unless the scripts of one are on the page."""
    page = article("This domain is for sale", times=8)
    assert judge(answer(body=page.html()), asked=ASKED).says is Verdict.LIVE
    parked = page.html().replace(b"</body>", b'<script src="https://d.parkingcrew.net/x.js"></script></body>')
    assert judge(answer(body=parked), asked=ASKED).failure is Failure.PARKED


JSON_GONE = [
    '{"error": "not found"}',
    '{"error":"Not Found","status":404,"path":"/a","timestamp":"2026-01-01T00:00:00Z"}',
    '{"statusCode":404,"message":"Cannot GET /api/a"}',
    '{"message":"Not Found","documentation_url":"https://docs.example/"}',
    '{"detail": "Not found."}',
    '{"errors":[{"status":"404","title":"Not Found"}]}',
    '{"error":{"code":404,"message":"The requested document does not exist"}}',
    '{"success":false,"message":"Сторінку не знайдено"}',
    '{"code":410,"msg":"nie znaleziono"}',
    '{"code":404,"msg":"没有这篇文章","data":null}',
    '{"message":"Страница не найдена"}',
    '{"fehler":null,"error":"Seite nicht gefunden"}',
    ' \n{"ok": false, "description": "Page not found"}',
    '{"data": null, "errors": [{"message": "Article not found"}]}',
    '{"data": [], "error": "Document not found"}',
]
JSON_LIVE = [
    '{"title":"Harbour","text":"The ferry leaves at noon."}',
    '{"error":null,"data":{"title":"Not Found"}}',
    '{"error":"not found","data":{"title":"Harbour"}}',
    '{"title":"Not Found","artist":"The Quay","year":1999}',
    '{"code":404,"name":"Harbour Street"}',
    '{"code":404,"title":"Not Found","tracks":["One","Two"]}',
    '{"error":"rate limit exceeded"}',
    '{"status":"ok","results":[]}',
    '[{"error":"not found"}]',
    '{"message":"' + "What was lost was found, and what was found was not lost. " * 12 + '"}',
    '{"error":"not found"',
    '{"error":false,"message":"Ferry not found guilty"}',
    "{}",
    "[" * 20000,
    '{"a":' * 3000,
]


@pytest.mark.parametrize(
    "kind", ["application/json", "application/problem+json; charset=utf-8", "text/plain", "text/html"]
)
@pytest.mark.parametrize("body", JSON_GONE)
def test_an_error_in_json_is_a_page_that_is_gone(body: str, kind: str) -> None:
    """Whatever the server calls it, where the object says nothing else."""
    said = judge(answer(body=body.encode(), headers={"content-type": kind}), asked=ASKED)
    assert (said.says, said.failure) == (Verdict.SOFT_404, Failure.ERROR_WORDS), said


@pytest.mark.parametrize("body", JSON_LIVE, ids=lambda body: body[:40])
def test_data_in_json_is_no_error(body: str) -> None:
    """Words of errors in data, an error beside data, and another error make no page gone."""
    said = judge(answer(body=body.encode(), headers={"content-type": "application/json"}), asked=ASKED)
    assert said.says is Verdict.LIVE, said


def test_a_page_about_an_error_is_no_error() -> None:
    """Where the address has the number, the answer is about it."""
    url = Url("https://status.example/codes/404")
    body = b'{"code":404,"message":"Not Found"}'
    said = judge(answer(url=url, body=body, headers={"content-type": "application/json"}), asked=url)
    assert said.says is Verdict.LIVE
