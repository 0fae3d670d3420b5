"""Time grows with the document, whatever it holds."""

from __future__ import annotations

import time

import pytest
from tests.timing import cpu_seconds

from regesta.importing.text import import_text

SIZE = 100_000
SHAPES = {
    "paragraphs": "The harbour is closed.<sup>1</sup> They push\n\nback against it.\n\n",
    "one line": "word <sup>1</sup> [x](#) порт ",
    "open brackets": "[",
    "escaped brackets": "\\[",
    "open links": "[a](",
    "backticks": "` ``x",
    "open autolinks": "<a:",
    "broken autolinks": "<https://a.example/a\nb>\n",
    "stars": "**a*",
    "cut sentences": "the words that go on\n\n",
    "capitals": "SOME HEADER\n\nlower text that goes on for\n\n",
    "numbers": "1\n\n",
    "notes": "<sup>1</sup> <https://a.example/>\n\n",
    "sources": "https://b.example/x;\n\n",
    "rules": "---\n\n",
    "blanks": " ",
    "lines of blanks": "  \n",
    "glued marks": "word.1 ",
    "cut words": "inter-\n",
    "soft hyphens": "re\xad\n",
    "form feeds": "Text that goes on\n\f",
    "bare notes": "It closed.1\n\n1 x\n\n",
    "braces": "a.(1) ",
}


@pytest.mark.parametrize("name", SHAPES)
def test_takes_no_quadratic_time(name: str) -> None:
    """Ten times as much takes about ten times as long, far from a hundred times."""

    def seconds(size: int) -> float:
        piece = SHAPES[name]
        data = ("Title\n\nText.<sup>1</sup>\n\n" + piece * (size // len(piece)) + "end").encode()
        # The better of two: another program may have taken the processor's caches.
        return cpu_seconds(lambda: import_text(data, path="x.txt"), runs=2)

    assert seconds(SIZE) < 25 * max(seconds(SIZE // 10), 0.02)


def test_reads_five_megabytes_in_seconds() -> None:
    """The largest documents are done while one waits."""
    piece = "The harbour is closed, and the council gave no reason for it.<sup>1</sup> Boats wait.\n\n"
    data = ("# Title\n\n" + piece * (5_000_000 // len(piece)) + "\n---\n\n1 <https://a.example/>\n").encode()
    start = time.process_time()
    brief = import_text(data, path="x.txt")
    assert time.process_time() - start < 30
    assert len(brief.references) == 5_000_000 // len(piece)
