"""The form of a link: every kind of damage, every notation of defanging, and the odd addresses that are sound."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.model.briefs import read_document
from regesta.model.defanging import is_defanged, refang
from regesta.model.link_forms import LinkForm, defects_of, judge_link, rules_of
from regesta.model.link_words import differs_from
from regesta.model.plain_links import first_link
from regesta.model.urls import parse_url

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("REGESTA_SHARED", ROOT.parent / "shared")) / "data/url_cases.tsv"
NOT_OURS = "the labelled links are not here"


class Case(NamedTuple):
    """One labelled link."""

    kind: str
    """`url`, `text` or `md`."""
    raw: str
    labels: frozenset[str]
    flag: str
    """`yes`: must be reported; `no`: must not; `either`: not scored."""
    intended: str


def cases(file: Path, columns: tuple[int, ...]) -> list[Case]:
    """Read a table of labelled links, of which each may have its own order of columns."""
    found = []
    for line in file.read_text(encoding="utf-8").split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) > max(columns):
            kind, raw, label, also, flag, intended = (cells[column] for column in columns)
            labels = {name.replace("suspicious-damage", "damaged") for name in (label, *also.split(",")) if name}
            found.append(Case(kind, json.loads(raw), frozenset(labels), flag, json.loads(intended) if intended else ""))
    return found


def judged(case: Case) -> tuple[str, bool, str | None]:
    """Give form, whether something is reported, and the address that was found, or None."""
    if case.kind == "md":
        links = read_document("a.md", case.raw.encode()).links
        text, words = (links[0].text, links[0].words) if links else (None, "")
    else:
        text, words = (first_link(case.raw) if case.kind == "text" else case.raw), ""
    return (
        ("not-http", False, None) if text is None else (judge_link(text).form.value, bool(rules_of(text, words)), text)
    )


def wrong(case: Case) -> str:
    """Say what is wrong with the judgement on a case, or nothing."""
    form, is_reported, text = judged(case)
    if case.flag == "yes" and not is_reported:
        return "" if case.kind != "url" and case.intended and text == case.intended else "passed over"
    if case.flag == "no" and is_reported:
        return "false alarm"
    return "" if form in case.labels or case.flag == "either" else f"taken for {form}"


OWN = cases(ROOT / "tests/model/link_forms.tsv", (0, 1, 2, 3, 4, 5))


def test_the_table_is_large():
    """Fewer rows, and the surprising ones would be missing."""
    assert len(OWN) >= 250


@pytest.mark.parametrize("case", OWN, ids=lambda case: f"{case.kind}-{case.raw[:60]!r}")
def test_form(case):
    """What must be reported is, with the right form; what is sound passes; what is meant is found."""
    assert wrong(case) == ""
    if case.intended and case.kind == "url":
        assert judge_link(case.raw).url in {None, parse_url(case.intended)}


@pytest.mark.skipif(not SHARED.is_file(), reason=NOT_OURS)
def test_the_labelled_links_of_others():
    """No row is passed over, none is a false alarm, and 98 of 100 have the right form."""
    rows = [case for case in cases(SHARED, (1, 2, 3, 4, 5, 7)) if case.flag != "either"]
    found = {case.raw: problem for case in rows if (problem := wrong(case))}
    assert {raw: problem for raw, problem in found.items() if not problem.startswith("taken")} == {}
    assert len(found) <= len(rows) * 0.02


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ferry.example/", ()),
        ("hxxps://ferry[.]exa mple/\\_”", ("U101",)),
        ("https://exa mple/", ("U102",)),
        ("“https://exa mple/", ("U102", "U105")),
        ("https:\\\\ferry.example\\a", ("U103",)),
        ("https:\\/\\/ferry.example\\/a", ("U104",)),
        ("https://ferry.example/a\\_b”", ("U104", "U105")),
        ("https://ferry.example/a\u00a0", ("U106",)),
        ("https://ferry.example/ahttps://lock.example/", ("U107",)),
        ("https//ferry.example/", ("U108",)),
        ("#", ("U109",)),
        ("www.ferry.example", ("U110",)),
        ("https://ferry.example/a<br>", ("U105",)),
        ("https://ferry.example/low water", ("U117",)),
        ("https://ferry.example/caf\ufffd", ("U123",)),
        ("https://ferry,example/", ("U111",)),
        ("https://ada:x@ferry.example/", ("U112",)),
        ("http://10.0.0.1/", ("U113",)),
        ("https://fеrry.example/", ("U114",)),
        ("http://ada@10.0.0.1/a%20", ("U105", "U112", "U113")),
        ("mailto:a\u200b@b.example", ()),
    ],
)
def test_rules(text, expected):
    """One cause is one finding: what is defanged is nothing else, and U102 stands where no other rule does."""
    assert rules_of(text) == expected


def test_a_placeholder_is_not_taken_off():
    """`<id>` stands for something, and what is left without it is another address."""
    assert judge_link("https://ferry.example/<id>").url is None
    assert judge_link("https://ferry.example/a<br>").url == "https://ferry.example/a"


@pytest.mark.parametrize(
    ("words", "url", "expected"),
    [
        ("https://tass.ru/a", "https://tass.com/a", True),
        ("www.ferry.example/a", "https://ferry.example/b", True),
        ("ferry.example/a", "https://lock.example/a", True),
        ("https://ferry.example", "https://lock.example/", True),
        ("https://ferry.example/low-wat…", "https://lock.example/low-water", True),
        ("hxxps://ferry[.]example/a", "https://lock.example/a", True),
        # The same page, or a way to it.
        ("http://www.ferry.example/a/", "https://ferry.example/a?utm=1#b", False),
        ("HTTPS://Ferry.Example/A", "https://ferry.example/a", False),
        ("https://ferry.example/Лук", "https://ferry.example/%D0%9B%D1%83%D0%BA", False),
        ("https://ferry.example/low-wat…", "https://ferry.example/low-water", False),
        ("https://ferry.example", "https://ferry.example/a/b", False),
        ("https://ferry.example", "https://www2.ferry.example/a/b", False),
        ("https://ferry.example/a", "https://web.archive.org/web/2020/http://ferry.example/a", False),
        ("https://ferry.example/a", "https://t.example/?u=https%3A%2F%2Fferry.example%2Fa", False),
        ("https://m.ferry.example/a", "https://ferry.example/a", False),
        # No address at all.
        ("Booking.com", "https://en.wiki.example/wiki/Booking.com", False),
        ("see https://ferry.example/a", "https://lock.example/", False),
        ("and/or", "https://lock.example/", False),
        ("", "https://lock.example/", False),
    ],
)
def test_words(words, url, expected):
    """Words that are another address mislead; a cut, a copy in an archive and other letter case do not."""
    assert differs_from(words, parse_url(url)) is expected


@pytest.mark.parametrize(
    "url", ["https://svaboda.org/a", "https://svoboda.org/a", "https://tass.ru/a", "https://tass.com/a"]
)
def test_look_alikes_stay(url):
    """A host that looks like another and exists itself is neither reported nor corrected."""
    assert judge_link(url) == (LinkForm.OK, url, "")


PIECES = [
    "http", "https", "hxxp", "h**ps", "://", ":", "/", "//", "[:]", "[://]", "\\", "www", ".", "[.]", "(.)", "(dot)",
    " dot ", "[", "]", "(", ")", "{", "}", "a", "example", "ferry", "org", "%20", "%", "?", "#", "&amp;", "\\_", "”",
    '"', "'", "\u200b", "\u00a0", "\n", "\t", " ", "é", "лук", "ﬁ", "@", "0", "1", "::1", ",", ";", "…", "*", "-", "_",
    "ttps", "\ud800", "\x00", "．", "xn--", "mailto:", "%5C_", "127.0.0.1", "http%3A%2F%2F",
]  # fmt: skip


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=1500, deadline=None)
def test_any_text_is_judged(text):
    """Nothing raises; a URL that is certain is sound, and is its own; what is mended once is mended."""
    judgement = judge_link(text)
    codes = rules_of(text, text)
    assert (judgement.form in {LinkForm.OK, LinkForm.NOT_HTTP}) or codes
    if judgement.url is not None and judgement.form is not LinkForm.OK:
        assert not {defect.code for defect in defects_of(judgement.url)} - {"U112", "U113", "U114", "U119"}
        assert parse_url(judgement.url) == judgement.url
    if judgement.form is LinkForm.DEFANGED:
        assert is_defanged(text)
        if judgement.url is not None:
            assert judge_link(refang(text)).form is LinkForm.OK
    found = first_link(text)
    assert found is None or found in text


HOSTILE = [
    "[", "(", "]", ")", "\\", "[.]", " ", "%20", ".", "a.", "http:", "https://", "hxxp", "\u200b", "”", "\\_", "[.]a",
    "'", "(dot)a", " [ . ] a", "\n", "<https://a ", "1", "-a", "www.", "…", "&amp;",
    "_", "x://",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("before", ["", "https://", "https://a.example/", "hxxps://"])
def test_hostile_texts_take_linear_time(before, piece):
    """A hundred thousand characters of one thing are judged at once."""
    text = before + piece * (100_000 // len(piece))
    start = time.process_time()
    defects_of.__wrapped__(text)
    first_link(text)
    rules_of("https://a.example/", text)
    assert time.process_time() - start < 1


def test_plain_links_are_judged_quickly():
    """Most links are plain: an archive has hundreds of thousands, and none may cost more than some microseconds."""
    url = "https://www.ferry.example/reports/2021/low-water.html"
    start = time.process_time()
    for _ in range(10_000):
        judge_link.__wrapped__(url)
    assert time.process_time() - start < 0.3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "https://web.archive.org/web/https://ferry%5B.%5Dexample/",
            "https://web.archive.org/web/https://ferry.example/",
        ),
        ("https://a.example/2020/hxxps%3A//ferry.example/a%20b", "https://a.example/2020/https://ferry.example/a%20b"),
        ("https://ferry.example/a[.]b.html", "https://ferry.example/a.b.html"),
        ("https://a.example/x?u=hxxps://ferry.example/&b=1", "https://a.example/x?u=https://ferry.example/&b=1"),
        (
            "https://a.example/x?url=hxxps%3A%2F%2Fferry.example%2F&b=1",
            "https://a.example/x?url=https%3A%2F%2Fferry.example%2F&b=1",
        ),
    ],
)
def test_what_an_address_within_another_means(written: str, meant: str) -> None:
    """A defanged address in the path or the query of another is written as it is meant, encoded or not."""
    assert is_defanged(written)
    assert refang(written) == meant
    assert not is_defanged(meant)
