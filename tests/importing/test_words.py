"""The promise: the importer never changes the author's words, and every edit is in the log."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import documents
import pytest
from generated import generate
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from regesta.importing.decode import Unreadable
from regesta.importing.repairs import Repair, RepairKind
from regesta.importing.text import import_text

if TYPE_CHECKING:
    from regesta.importing.imported import Imported

_WORD = re.compile(r"\w+")
_NEUTRAL = {
    RepairKind.JOINED_SENTENCE,
    RepairKind.JOINED_LINES,
    RepairKind.SEPARATED_SOURCES,
    RepairKind.LINE_ENDINGS,
    RepairKind.BYTE_ORDER_MARK,
    RepairKind.INDENTATION,
}


_OF_FONTS = {RepairKind.LIGATURE, RepairKind.SOFT_HYPHEN}
_PASSES = ({RepairKind.CONTROL_CHARACTER}, _OF_FONTS, set(RepairKind) - {RepairKind.CONTROL_CHARACTER} - _OF_FONTS)


def expected_words(text: str, brief: Imported) -> list[str]:
    """Give the words of a source after the edits that the log owns up to, first those of single characters."""
    lines = text.split("\n")
    repairs = [repair for repair in brief.repairs if repair.kind not in _NEUTRAL]
    for kinds in _PASSES:
        lines = _edited(lines, [repair for repair in repairs if repair.kind in kinds])
    return _WORD.findall("\n".join(lines))


def _edited(lines: list[str], repairs: list[Repair]) -> list[str]:
    """Make the edits of a log, in its order; each must find what it says that it found."""
    lines, done = list(lines), [""] * len(lines)
    for repair in repairs:
        at = repair.line - 1
        for written in repair.before.split("\n"):
            wanted = written.strip(" \t")
            head, found, tail = lines[at].partition(wanted) if wanted else ("", "", lines[at])
            assert found == wanted, repair
            done[at] += head
            lines[at] = tail
            at += 1
        if not repair.kind.takes_words_away:
            done[repair.line - 1] += repair.after
    return [before + after for before, after in zip(done, lines, strict=True)]


def brief_words(brief: Imported) -> list[str]:
    """Give the words of a brief below its front matter."""
    return _WORD.findall(re.split("^---\n", brief.markdown, maxsplit=2, flags=re.MULTILINE)[2])


@pytest.mark.parametrize("name", sorted(documents.ALL))
def test_keeps_every_word_of_a_document(name: str) -> None:
    """No word is lost, added or changed; only notes at page feet move."""
    text = documents.ALL[name]
    brief = import_text(text.encode(), path="x.txt")
    if name == "NOTES_AT_PAGE_FEET":
        assert Counter(brief_words(brief)) == Counter(expected_words(text, brief))
    else:
        assert brief_words(brief) == expected_words(text, brief)


_PIECES = st.sampled_from(
    [
        *("the harbour", "is closed.", "Boats", "НАТО", "NORLAND MONITOR", "Why now?", "Ada Example", "By Ada Example"),
        *(
            "12 October 2021",
            "Page 2",
            "3",
            "1",
            "iv",
            "a",
            "---",
            "<sup>1</sup>",
            "<sup>2</sup>",
            "[1]",
            "¹",
            "km<sup>2</sup>",
        ),
        *(
            "<https://a.example/x>",
            "https://b.example/y;",
            "[x](#)",
            r"[https://c.example/a\\_b](https://c.example/a_b)",
        ),
        *("[z](https://d(.)example/)", "hxxps://e[.]example", r"\$5", r"\\", "`code`", "```", "| a | b |", "|---|---|"),
        *(
            "# Head",
            "**Bold**",
            "- item",
            "1. item",
            "[^1]:",
            "[^1]",
            "Notes",
            "    indented",
            "and so it goes on without",
        ),
        *(
            "harbour.1",
            "closed.2,3",
            "“third”.2",
            "pier.*",
            "dam.†",
            "* Holm.",
            "† Beck,",
            "[2, 3]",
            "[1-3]",
            "(1)",
            "a)",
        ),
        *(
            "https://a.example/b-",
            "https://a.example/b/",
            "https://a.example/i?q=",
            "https://",
            "quotas.pdf.",
            "lang=en",
            "tas/4.pdf",
        ),
        *(
            "inter-",
            "national",
            "international",
            "well-",
            "known",
            "well-known",
            "con\xadfirmed",
            "oﬃce",
            "\f",
        ),
        *("NORLAND MONITOR   12 October 2021   No. 7", "Norland Institute | Policy Brief 7 | 4", "Ibid.", "2 Ibid."),
    ]
)
_DOCUMENTS = st.lists(
    st.tuples(_PIECES, st.sampled_from([" ", " ", "\n", "\n\n", "\n\n", "  \n"])), min_size=1, max_size=40
).map(lambda pieces: "".join(piece + gap for piece, gap in pieces))


@given(_DOCUMENTS)
@settings(max_examples=1500, deadline=None)
def test_keeps_every_word_of_any_document(text: str) -> None:
    """Whatever is thrown together: the words are those of the source, modulo the log."""
    assume(text.strip())
    brief = import_text(text.encode(), path="x.txt")
    assert Counter(brief_words(brief)) == Counter(expected_words(text, brief))


@given(st.one_of(st.text(), _DOCUMENTS))
@settings(max_examples=500, deadline=None)
def test_reads_any_text(text: str) -> None:
    """Any text is imported or refused with a reason; nothing else happens."""
    try:
        brief = import_text(text.encode("utf-8", "surrogatepass"), path="x.txt")
    except Unreadable:
        return
    assert brief.markdown.endswith("\n")


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_reads_or_refuses_any_bytes(data: bytes) -> None:
    """Bytes that are no text are refused with a reason."""
    try:
        import_text(data, path="x.txt")
    except Unreadable:
        return


@pytest.mark.parametrize("seed", range(150))
def test_reads_generated_documents(seed: int) -> None:
    """Each mark leads to its own note, each address is whole, no header is left, and every word is kept."""
    made = generate(Random(seed))  # noqa: S311 - the same documents each time
    brief = import_text(made.text.encode(), path="x.txt")
    body = brief.markdown.split("\n---\n\n", 1)[1]
    notes = dict(re.findall(r"^\[\^([^\]]+)\]: (.*)$", body, re.MULTILINE))
    found = [re.findall(r"key\d+x", notes[label])[0] for label in brief.references]
    assert found == made.notes
    assert [url for note in brief.footnotes for url in note.urls] == made.urls
    assert "Norland" not in body
    assert "inter-" not in body
    assert brief.findings == ()
    assert Counter(brief_words(brief)) == Counter(expected_words(made.text, brief))
