"""Which of Pagefind's files a site gets."""

from __future__ import annotations

import gzip
import json

from regesta.pages.search.index import needed_files, record_ids

FILES = {
    "pagefind-entry.json": b'{"languages":{"en":{"hash":"en_1","wasm":"en","page_count":1}}}',
    "pagefind.en_1.pf_meta": b"m",
    "pagefind.js": b"j",
    "pagefind-ui.js": b"u",
    "pagefind-worker.js": b"w",
    "wasm.en.pagefind": b"e",
    "wasm.unknown.pagefind": b"k",
    "index/en_2.pf_index": b"i",
    "fragment/en_abc.pf_fragment": gzip.compress(b'pagefind_dcd{"url":"[\\"briefs/a/\\",{}]","content":""}'),
}


def test_widgets_and_other_programs_are_left_out() -> None:
    """Of the first index its data and the one program that reads it are kept; of others the data."""
    first = {path for path, _ in needed_files(FILES, shard=1)}
    assert first == set(FILES) - {"pagefind-ui.js", "pagefind-worker.js", "wasm.unknown.pagefind"}
    assert {path for path, _ in needed_files(FILES, shard=2)} == first - {"pagefind.js", "wasm.en.pagefind"}


def test_a_language_without_grammar_has_the_common_program() -> None:
    """An index without a program of its own gets the one for unknown languages."""
    entry = json.dumps({"languages": {"uk": {"hash": "uk_1", "wasm": None, "page_count": 1}}}).encode()
    kept = {path for path, _ in needed_files({**FILES, "pagefind-entry.json": entry}, shard=1)}
    assert "wasm.unknown.pagefind" in kept
    assert "wasm.en.pagefind" not in kept


def test_records_are_known_by_the_address_of_their_page() -> None:
    """Each record's name is found by the address that was put into it."""
    assert record_ids(FILES.items()) == {"briefs/a/": "en_abc"}
