"""A defanged link that a decision allows is written as its place needs it."""

from __future__ import annotations

import pytest

from regesta.checking.checks import check_document
from regesta.checking.fixes import mend
from regesta.checking.texts import Context
from regesta.model.briefs import read_document
from regesta.model.decisions import read_decisions
from regesta.model.link_forms import LinkForm

DECISIONS = read_decisions(
    "- {host: a.example, say: refang}\n- {host: кодекс.example, say: refang}\n"
    "- {url: 'https://b.example/one', say: refang}\n- {host: c.example, say: keep-defanged}\n"
)


def mended(text):
    """Mend a page under the decisions, unsafe fixes included, and give its text."""

    def check(source):
        return check_document(read_document("a.md", source), None, Context(decisions=DECISIONS))

    return mend(text.encode(), check, unsafe=True).source.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<hxxps://a[.]example/x&copy;y>", "<https://a.example/x&copy;y>"),
        ("<https://a(.)example>", "<https://a.example>"),
        ('[a](hxxps://a[.]example/x(y) "t")', '[a](https://a.example/x(y) "t")'),
        ("[a](<hxxps://a[.]example/x(y>)", "[a](<https://a.example/x%28y>)"),
        ("[a](hxxp://a[.]example/x\\_y\\)z&amp;q)", "[a](http://a.example/x_y%29z&q)"),
        ("![p](hxxp://a[.]example/p.png)", "![p](http://a.example/p.png)"),
        ("[r]\n\n[r]: hxxps://a[.]example/x_y_\n", "[r]\n\n[r]: https://a.example/x_y_\n"),
        ("See hxxps://a[.]example/x, again.", "See <https://a.example/x>, again."),
        ("*hxxps://a[.]example/y* «hxxps://a[.]example/y»", "*<https://a.example/y>* «<https://a.example/y>»"),
        ("See hxxp://a[.]example/x_y, hxxp://a[.]example/(x)", "See <http://a.example/x_y>, <http://a.example/(x)>"),
        ("| a |\n|---|\n| hxxps://a[.]example/?b\\|c |\n", "| a |\n|---|\n| <https://a.example/?b%7Cc> |\n"),
        ("<p><a href='hxxp://a[.]example/?a&amp;b'>x</a></p>", "<p><a href='http://a.example/?a&amp;b'>x</a></p>"),
        ("<p>\nhxxp://a[.]example/?a&b\n</p>", "<p>\nhttp://a.example/?a&amp;b\n</p>"),
        ("<https://кодекс(.)example/Вода>", "<https://кодекс.example/Вода>"),
        ("<hxxps://b[.]example/one> <hxxps://b[.]example/two>", "<https://b.example/one> <hxxps://b[.]example/two>"),
    ],
)
def test_what_a_decision_allows(text, expected):
    """Spelt as the author did, for the place where it stands; and then it is a link that means the same."""
    assert mended(text) == expected
    meant = {link.url for link in read_document("a.md", text.encode()).links}
    links = {link.url for link in read_document("a.md", expected.encode()).links if link.form is LinkForm.OK}
    assert links
    assert set(map(encoded, links)) <= set(map(encoded, meant))


def encoded(url):
    """Write out what an address may have encoded and mean the same."""
    return url.replace("(", "%28").replace(")", "%29").replace("|", "%7C")


@pytest.mark.parametrize(
    "text",
    [
        "<hxxps://other[.]example>",
        "<hxxps://c[.]example>",
        "See hxxps://a[.]example/_x_y_.",
        "x[^1]\n\n[^1]: `hxxps://a[.]example/x`",
        "a[.]example/x",
    ],
)
def test_what_stays_as_it_is(text):
    """Undecided, kept on purpose, cut short by emphasis, in a code span, without a scheme: a person has to look."""
    assert mended(text) == text
