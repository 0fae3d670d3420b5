"""Which of Pagefind's files a site gets."""

from __future__ import annotations

import gzip
import json

import pytest

from regesta.pages.search.index import has_stemmer, needed_files, record_ids

FILES = {
    "pagefind-entry.json": b'{"languages":{"en":{"hash":"en_1","wasm":"en","page_count":1}}}',
    "pagefind.en_1.pf_meta": b"m",
    "pagefind.js": b"j",
    "pagefind-ui.js": b"u",
    "pagefind-worker.js": b"w",
    "wasm.en.pagefind": b"e",
    "wasm.unknown.pagefind": b"k",
    "index/en_2.pf_index": b"i",
    "fragment/en_abc.pf_fragment": gzip.compress(
        b'pagefind_dcd{"url":"[\\"briefs/a/\\",{},\\"The text.\\",{\\"title\\":\\"T\\"}]","content":"the text"}'
    ),
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


def test_the_text_comes_back_as_it_is_read() -> None:
    """In the place of the words of the index a record has the text, and its title."""
    fragment = dict(needed_files(FILES, shard=1))["fragment/en_abc.pf_fragment"]
    told = json.loads(gzip.decompress(fragment).removeprefix(b"pagefind_dcd"))
    assert told == {"url": '["briefs/a/", {}]', "content": "The text.", "meta": {"title": "T"}}


@pytest.mark.parametrize(
    ("language", "program", "expected"),
    [("en", "en", True), ("uk", None, False), ("hi", "hi", False), ("ru", "ru", True)],
)
def test_a_language_has_forms_where_its_stemmer_works(language, program, expected) -> None:
    """Other forms are found where Pagefind has a stemmer that does not need the marks which Pagefind takes away."""
    entry = json.dumps({"languages": {language: {"hash": "1", "wasm": program, "page_count": 1}}}).encode()
    assert has_stemmer({"pagefind-entry.json": entry}.items()) is expected
