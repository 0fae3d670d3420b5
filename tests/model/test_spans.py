"""Places: what an editor shows for a byte of a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regesta.model.spans import Lines


@given(st.text(alphabet="aé€😀\n\r", max_size=60), st.integers(0, 60))
def test_positions_count_lines_and_code_points(text, at):
    """LF, CRLF and CR end a line; columns count code points from 1."""
    before = text[:at]
    if text[at - 1 : at + 1] == "\r\n":
        return  # no place that anything can have
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert Lines(text.encode()).position(len(before.encode())) == (len(lines), len(lines[-1]) + 1)


def test_a_place_far_into_a_line_is_exact():
    """Long lines are counted from marks, not from their start."""
    text = "é€a" * 5000 + "\n" + "😀" * 5000
    lines = Lines(text.encode())
    for at in (1, 4095, 4096, 4097, 12_345, 15_000):
        assert lines.position(len(text[:at].encode())) == (1, at + 1)
    assert lines.position(len(text[:19_000].encode())) == (2, 19_000 - 15_001 + 1)
