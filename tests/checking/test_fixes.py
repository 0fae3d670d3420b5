"""Fixes change the bytes that they are for, and no other."""

from __future__ import annotations

import gc
import re
import time
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from regesta.checking.checks import check_document
from regesta.checking.fixes import apply_fixes, is_wanted, mend
from regesta.checking.texts import Context
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.decisions import read_decisions
from regesta.model.findings import Finding, Fix, Severity
from regesta.model.mentions import Names
from regesta.model.spans import Place, Span

BOM = b"\xef\xbb\xbf"
DECISIONS = read_decisions("- {host: safe.example, say: refang}")


def finding(start, end, new, **fields):
    """Make a finding whose fix stands for some bytes."""
    safe = fields.pop("safe", True)
    given = {"rule": "U105", **fields}
    return Finding(
        name="x",
        severity=Severity.WARNING,
        place=Place(path="a.md", line=1, column=1, end_line=1, end_column=1, offset=start),
        span=Span(start, end),
        message="",
        hint="",
        fix=Fix(replacement=new, safe=safe),
        **given,
    )


def check(source):
    """Check a brief of an archive in which one host was decided to be safe."""
    document = read_document("briefs/a.md", source)
    return check_document(document, read_entry(document, Names([])), Context(decisions=DECISIONS))


@pytest.mark.parametrize(
    ("source", "fixes", "expected"),
    [
        ("abc", [(0, 1, "x"), (2, 3, "zz")], "xbzz"),
        ("abc", [(2, 3, "zz"), (0, 1, "x")], "xbzz"),
        ("abc", [(0, 2, "x"), (1, 3, "y")], "xc"),
        ("abc", [(0, 2, "x"), (2, 3, "y")], "xy"),
        ("abc", [(0, 2, "x"), (2, 2, "-"), (2, 3, "y")], "x-c"),
        ("abc", [(1, 1, "-"), (1, 1, "+")], "a-bc"),
        ("abc", [(0, 3, "")], ""),
        ("abc", [(2, 4, "x")], "abc"),
        ("abc", [(0, 1, "a")], "abc"),
        ("да", [(0, 2, "т")], "та"),
        ("да", [(1, 2, "x")], "да"),
        ("\ufeffab", [(3, 4, "x")], "\ufeffxb"),
        ("\ufeffab", [(0, 3, "")], "\ufeffab"),
        ("a\x00b\r\n\r", [(2, 3, "x")], "a\x00x\r\n\r"),
    ],
)
def test_fixes_of_one_round(source, fixes, expected):
    """Of two that overlap the first wins; half a character, the byte order mark and what lies outside stay."""
    findings = [finding(*fix) for fix in fixes]
    assert apply_fixes(source.encode(), findings).source.decode() == expected


@pytest.mark.parametrize(
    ("kept", "unsafe", "expected"),
    [
        (finding(0, 1, "x"), False, True),
        (finding(0, 1, "x", safe=False), False, False),
        (finding(0, 1, "x", safe=False), True, True),
        (finding(0, 1, "x", safe=False, rule="U101"), True, False),
        (finding(0, 1, "x", rule="U101"), False, True),
        (replace(finding(0, 1, "x"), fix=None), True, False),
        (replace(finding(0, 1, "x"), span=None), True, False),
    ],
)
def test_which_fixes_are_wanted(kept, unsafe, expected):
    """Unsafe ones only when asked for; a defanged link only where somebody has decided."""
    assert is_wanted(kept, unsafe=unsafe) is expected


def test_a_link_that_is_not_there_is_not_replaced():
    """The bytes of the place must be the link that the finding quotes."""
    assert apply_fixes(b"abcdef", [finding(0, 3, "x", raw="abd")]).source == b"abcdef"
    assert apply_fixes(b"abcdef", [finding(0, 3, "x", raw="abc")]).source == b"xdef"
    assert apply_fixes(b"[a]()", [finding(0, 5, "x", raw="")]).source == b"x"


def test_what_overlaps_waits_for_the_next_round():
    """Both are put in, one after the other."""

    def check_twice(source):
        found = []
        if b"ab" in source:
            found.append(finding(0, 2, "x"))
        if b"bc" in source or b"xc" in source:
            found.append(finding(len(source) - 2, len(source), "y"))
        return found

    mended = mend(b"abc", check_twice)
    assert (mended.source, len(mended.applied), mended.settled) == (b"y", 2, True)


def test_fixes_that_undo_one_another_are_not_made():
    """A circle ends, and the file stays as it was."""
    circle = {b"a": "b", b"b": "a"}
    mended = mend(b"a", lambda source: [finding(0, 1, circle[source])])
    assert mended == (b"a", (), False)


ENDS = st.sampled_from(["\n", "\r\n", "\r"])
WORDS = st.text(st.sampled_from("abЖщ é—🌊\t*_[]()<>`|&\\\u200b\x0c.:#-"), max_size=12)


@given(
    bom=st.booleans(),
    lines=st.lists(st.tuples(WORDS, ENDS), max_size=8),
    last=WORDS,
    new=st.lists(st.text(max_size=4).filter(lambda text: "\ud800" not in text), min_size=1, max_size=5),
    data=st.data(),
)
def test_every_other_byte_stays(bom, lines, last, new, data):
    """Whatever the file is made of, what lies between the fixes is found again as it was."""
    text = "".join(word + end for word, end in lines) + last
    source = (BOM if bom else b"") + text.encode()
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2 * len(new), max_size=2 * len(new))))
    skipped = 3 if bom else 0
    spans = [
        (skipped + len(text[:start].encode()), skipped + len(text[:end].encode()))
        for start, end in zip(ends[::2], ends[1::2], strict=True)
    ]
    done = apply_fixes(source, [finding(*span, words) for span, words in zip(spans, new, strict=True)])
    spliced = source
    for applied in reversed(done.applied):
        spliced = spliced[: applied.span.start] + applied.fix.replacement.encode() + spliced[applied.span.end :]
    assert done.source == spliced
    assert done.source.startswith(BOM) or not bom


@given(
    title=st.text(st.sampled_from("abЖ :'\"[]{}#&*!|>%@`,-?~\\=0"), min_size=1, max_size=20),
    bom=st.booleans(),
    end=ENDS.filter(lambda end: end != "\r"),
    links=st.lists(st.sampled_from(["hxxps://safe[.]example/a", "hxxp://other[.]example", "Жar"]), max_size=4),
    last=st.booleans(),
)
def test_a_brief_is_mended_once_and_reads_the_same(title, bom, end, links, last):
    """A second run changes nothing, the title is the same text to every YAML reader, and no other byte has moved."""
    top = f"---{end}title: {title}{end}date: 2020-09-09{end}---{end}{end}"
    below = "".join(f"<{link}> \t{end}" for link in links) + ("" if last else "end")
    source = (BOM if bom else b"") + (top + below).encode()
    mended = mend(source, check)
    assert mended.settled
    assert mend(mended.source, check) == (mended.source, (), True)
    before, after = read_document("a.md", source), read_document("a.md", mended.source)
    assert after.front.fields.get("title") == before.front.fields.get("title")
    expected = below.replace("hxxps://safe[.]example/a", "https://safe.example/a").encode()
    assert mended.source.endswith(expected)
    assert mended.source.count(b"\r") == source.count(b"\r")
    if any(applied.rule == "B314" for applied in mended.applied):
        written = re.split(r"^---\r?$", mended.source.decode("utf-8-sig"), maxsplit=2, flags=re.MULTILINE)[1]
        assert yaml.safe_load(written)["title"] == title.strip(" \t")


def test_a_thousand_fixes_in_one_file_are_linear():
    """Sixteen times as many take about sixteen times as long, not two hundred and fifty-six."""

    def seconds(count):
        source = b"\xd0\x96 <hxxps://safe[.]example/a> and\r\n\r\n" * count
        gc.collect()
        start = time.process_time()
        mended = mend(b"---\ntitle: x\ndate: 2020\n---\n" + source, check)
        assert len(mended.applied) == count
        assert b"hxxps" not in mended.source
        return time.process_time() - start

    seconds(50)
    few = min(seconds(500) for _ in range(3))
    assert min(seconds(8_000) for _ in range(2)) < 64 * few
