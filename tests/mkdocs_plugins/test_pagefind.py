"""Pagefind, run for real."""

from __future__ import annotations

import gzip
import json
import sys
from typing import TYPE_CHECKING

import pytest

from regesta.mkdocs_plugins.pagefind import Pagefind, PagefindFailed, find_pagefind, index_files
from regesta.pages.search.records import SearchRecord

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60


def record(number: int, content: str = "Grain waits at the ford.") -> SearchRecord:
    """Make a record."""
    return SearchRecord(json.dumps([f"briefs/{number}/", {}, content, {}]), content, "en", frozenset())


def indexed(*records: SearchRecord) -> dict[str, bytes]:
    """Index records and give the files."""
    program = find_pagefind()
    assert program is not None
    pagefind = Pagefind(program)
    try:
        index = pagefind.new_index().result(PATIENCE)["index_id"]
        for one in records:
            pagefind.add(index, one.language, one)
        files = dict(index_files(pagefind.finish_index(index).result(PATIENCE)))
        pagefind.check()
        return files
    finally:
        pagefind.close()


def test_records_become_files() -> None:
    """Each record is a file that holds its words, and the index is there."""
    files = indexed(*map(record, range(20)), record(99, "Лукашенко , \u2028 \x00 <script> ￿"))
    fragments = [content for path, content in files.items() if path.startswith("fragment/")]
    assert len(fragments) == 21
    assert any("Лукашенко".encode() in gzip.decompress(content) for content in fragments)
    assert any(path.startswith("index/") for path in files)


def test_the_same_records_give_the_same_bytes() -> None:
    """Two runs differ in no byte: names of files are made of their content, and nothing else may get into it."""
    records = [record(number, f"Word{number} " * 40) for number in range(200)]
    assert indexed(*records) == indexed(*records)


def test_a_program_that_ends_is_an_error_that_says_so(tmp_path: Path) -> None:
    """Where the program ends before its time, whoever waits is told instead of waiting for ever."""
    program = tmp_path / "pagefind"
    program.write_text(f"#!{sys.executable}\n", encoding="utf-8")
    program.chmod(0o755)
    pagefind = Pagefind(program)
    with pytest.raises(PagefindFailed, match="Pagefind ended before"):
        pagefind.new_index().result(PATIENCE)
    pagefind.close()


def test_a_refusal_is_an_error_with_its_words() -> None:
    """What Pagefind refuses is raised with what it says."""
    program = find_pagefind()
    assert program is not None
    pagefind = Pagefind(program)
    pagefind.add(7, "en", record(1))
    with pytest.raises(PagefindFailed, match="Pagefind says: Invalid index"):
        pagefind.finish_index(7).result(PATIENCE)
    with pytest.raises(PagefindFailed):
        pagefind.check()
    pagefind.close()
