"""Cells of tables that spreadsheets open: what stands in them is text, and is never computed."""

from __future__ import annotations

import re

__all__ = ["inert_cell", "may_be_formula"]

_UNSEEN = r"\s\x00-\x1f\x7f-\xa0\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"[{_UNSEEN}]*[=+\-@|%＝＋－＠﹢﹣﹦﹫]|[\t\r\n]")
"""Spreadsheets take the blanks away before they look; in Japan and China also for the wide signs."""
_HARMLESS = re.compile(rf"[^{_UNSEEN}=+\-@|%＝＋－＠﹢﹣﹦﹫]")


def may_be_formula(text: str) -> bool:
    """Tell quickly whether a cell is worth a second look."""
    return not _HARMLESS.match(text)


def inert_cell(text: str) -> str:
    r"""Write a cell so that no spreadsheet runs it: what looks like a formula begins with an apostrophe.

    >>> inert_cell('=HYPERLINK("x")'), inert_cell(" \t=1+2"), inert_cell("a=b")
    ('\'=HYPERLINK("x")', "' \t=1+2", 'a=b')
    """
    return f"'{text}" if _FORMULA.match(text) else text
