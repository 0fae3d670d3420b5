"""The rules of links in documents: where they stand, what is written instead, and what the archive suspects."""

from __future__ import annotations

import pytest

from regesta.checking.checks import Checker, check_document
from regesta.checking.registry import RULES
from regesta.checking.texts import Context
from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.mentions import Names

TOP = "---\ntitle: Water\ndate: 2020-09-09\n---\n"


def found(text, code="U"):
    """Give the findings on a page."""
    document = read_document("page.md", text.encode())
    return [f for f in check_document(document, None, Context()) if f.rule.startswith(code)]


@pytest.mark.parametrize(
    "code", [*(f"U{number}" for number in range(101, 116)), "U117", "U120", "U121", "U122", "U123"]
)
def test_the_example_of_a_rule_breaks_it(code):
    """What its page shows is what it reports, and no other rule of links does."""
    assert {f.rule for f in found(f"x[^2] y[^6]\n\n{RULES[code].example}\n")} == {code}


@pytest.mark.parametrize(
    ("text", "code", "mended"),
    [
        (r"<https://ferry.example/a\_b>", "U104", "<https://ferry.example/a_b>"),
        (r"[a](https://ferry.example/a\\_b)", "U104", "[a](https://ferry.example/a_b)"),
        ("[a](https://ferry.example/a.html”)", "U105", "[a](https://ferry.example/a.html)"),
        ("[a](<https://ferry.example/a\u200bb> 'T')", "U106", "[a](<https://ferry.example/ab> 'T')"),
        ("[a](https:/ferry.example/a_(b))", "U103", "[a](https://ferry.example/a_(b))"),
        ("[a](htps://ferry.example/)", "U108", "[a](https://ferry.example/)"),
        ("[a](https//ferry.example/)", "U108", "[a](https://ferry.example/)"),
        ("[a][r]\n\n[r]: https:/ferry.example/ 'T'", "U103", "[a][r]\n\n[r]: https://ferry.example/ 'T'"),
        ("<a href='https:/ferry.example/?a&amp;b'>x</a>", "U103", "<a href='https://ferry.example/?a&amp;b'>x</a>"),
        ("é [a](https://ferry.example/a\u00ad.html”)", "U105", "é [a](https://ferry.example/a.html)"),
    ],
)
def test_safe_fixes(text, code, mended):
    """What is certain is written so that it stands in its place, and nothing is found in it any more."""
    (finding,) = found(text, code)
    source, place = text.encode(), finding.place
    assert finding.fix.safe
    raw = finding.raw.encode()
    assert source[place.offset :].startswith(raw)
    written = source[: place.offset] + finding.fix.replacement.encode() + source[place.offset + len(raw) :]
    assert written.decode() == mended
    assert found(mended) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<https://ferry.example/ahttps://lock.example/>", "U107"),
        ("<https://ferry.example/low-wat…>", "U105"),
        ("<https://ferry,example/>", "U111"),
        ("<https://fеrry.example/>", "U114"),
        ("hxxps://ferry[.]example/", "U101"),
        ("<https://ada:secret@ferry.example/>", "U112"),
    ],
)
def test_no_fix(text, code):
    """Where nobody can know what is meant, nothing is proposed."""
    (finding,) = found(text, code)
    assert finding.fix is None


def test_a_missing_scheme_waits_for_a_person():
    """Which of the two schemes an old site has is not in the text."""
    (finding,) = found("[a](www.ferry.example/b)")
    assert (finding.rule, finding.fix.replacement, finding.fix.safe) == ("U110", "https://www.ferry.example/b", False)


def test_a_password_is_not_quoted():
    """The message of U112 goes to logs that more people read."""
    (finding,) = found("<https://ada:secret@ferry.example/>")
    assert "secret" not in finding.message + finding.hint


@pytest.mark.parametrize(
    "text",
    [
        "[a](b.md#c) [b](2021-03-10-no-boats.md#five) ![c](map.pl)",
        "[https://ferry.example/a](https://web.archive.org/web/2020/https://ferry.example/a)",
        "<https://https.cio.gov/> <https://en.wiki.example/wiki/A_(b)> <https://a.example/?q=a(.)b>",
        r"[a](https://ferry.example/a\_b)",
        "`https:/a.example/a”`",
        "<https://[2001:db8::1]/a[1].pdf> <https://президент.рф/> <https://a.example/id,123>",
    ],
)
def test_no_false_alarm(text):
    """What looks strange and is sound is not reported."""
    assert found(text) == []


def suspicions(*urls):
    """Give what an archive of one brief for each address suspects."""
    checker, entries = Checker(Context()), []
    for number, url in enumerate(urls):
        document = read_document(f"briefs/2020/{number}.md", f"{TOP}x[^1]\n\n[^1]: <{url}>\n".encode())
        entries.append(read_entry(document, Names([])))
        checker.on_brief(document, entries[-1])
    return [f for f in checker.finish(Archive.of(entries, [])) if f.rule == "U116"]


USUAL = [f"https://lissen.example/backgrounder/page-{name}" for name in ("one", "two", "three", "four", "five", "six")]


def test_a_folder_that_is_almost_another():
    """The documented case: one finding for all occurrences, where the first stands, with what may be meant."""
    odd = "http://www.lissen.example/backgroundunder/low-water"
    (finding,) = suspicions(odd, *USUAL, odd)
    assert (finding.place.path, finding.place.line, finding.raw, finding.footnote) == ("briefs/2020/0.md", 7, odd, "1")
    assert "'backgroundunder' in an address on lissen.example" in finding.message
    assert "once elsewhere (briefs/2020/7.md:7)" in finding.message
    assert "6 links to the same host have 'backgrounder'" in finding.message
    assert "Perhaps 'backgrounder' is meant." in finding.hint
    assert finding.fix is None


@pytest.mark.parametrize(
    ("url", "candidates"),
    [
        ("https://beacon.example/kreml-nazval-nevo_zmojno-visit", "'kreml-nazval-nevozmojno-visit' or 'kreml-"),
        ("https://beacon.example/a-m-p-article?id=1", "'amp-article'"),
    ],
)
def test_a_page_that_is_spelt_like_no_other(url, candidates):
    """An underscore among hyphens, and a word taken apart, are suspected; what is likeliest stands first."""
    (finding,) = suspicions(url, *USUAL)
    assert f"Perhaps {candidates}" in finding.hint


@pytest.mark.parametrize(
    "urls",
    [
        [f"https://lissen.example/backgrounders/{name}" for name in "ab"],
        ["https://other.example/backgroundunder/low-water"],
        ["https://lissen.example/a/backgroundunder/low-water"],
        ["https://lissen.example/backgroundunder/a", "https://lissen.example/backgroundunder/b"],
        [f"https://lissen.example/backgroundunder/{name}" for name in ("a", "b", "c")],
        ["https://lissen.example/background/a", "https://lissen.example/2020/a"],
        ["https://beacon.example/low-water-at_noon-again", "https://beacon.example/high-water-at_night-again"],
        ["https://beacon.example/a_b", "https://beacon.example/a-b-c_d/e"],
        ["https://beacon.example/plan-a-b-or-c", "https://beacon.example/u-s-army", "https://beacon.example/u-k-navy"],
    ],
)
def test_no_false_suspicion(urls):
    """An ending, another host, another depth, and what a host does twice are no damage."""
    assert suspicions(*urls, *USUAL[:5]) == []


def test_escapes_left_in_the_words_are_no_other_address() -> None:
    """A converter that escaped the words twice has not misled anybody."""
    document = read_document("a.md", rb"[https://ferry.example/a\\_b](https://ferry.example/a_b)")
    assert check_document(document, None, Context()) == []
