"""The archive as tables: what each row says, and what spreadsheets, SQLite and Frictionless make of it."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.data_sites import ADA, brief, site_of

from regesta.model.spreadsheets import inert_cell
from regesta.pages.data.files import archive_files, data_sheet
from regesta.pages.data.record_files import MENTION_COLUMNS, record_files
from regesta.pages.data.sqlite import ArchiveDatabase
from regesta.pages.data.tables import BRIEFS, LINKS, TABLES, Kind

TEXT = """Kell came.[^1] Nobody saw Ada Kell.[^2][^3]

## Kell speaks

She said so.[^2]

[^1]: <https://beacon.example/a>
[^2]: `hxxps://trap[.]example/y`
[^3]: Ibid.
"""


def files_of(site, *formats):
    """Write the files of the whole archive, by path."""
    return {file.path: b"".join(file.pieces()) for file in archive_files(site, formats or ("json", "csv", "sqlite"))}


def beside(site):
    """Write what stands beside pages, by path."""
    return {file.path: b"".join(file.pieces()) for file in record_files(site, ArchiveDatabase(site))}


def table(content: bytes) -> list[dict[str, str]]:
    """Read CSV as Excel does: the BOM tells the encoding."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def opened(content: bytes) -> sqlite3.Connection:
    """Open a database that was written."""
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database


def test_a_mention_is_found_in_its_paragraph_with_its_notes() -> None:
    """Each mention has its sentence, its spelling, its paragraph's address, and the notes on which it rests."""
    site = site_of(brief("publisher: Harbour Studies\nlanguage: en", TEXT))
    rows = table(beside(site)["people/ada-kell/mentions.csv"])
    assert tuple(rows[0]) == MENTION_COLUMNS
    assert [(row["spelling"], row["sentence"], row["notes"]) for row in rows] == [
        ("Kell", "Kell came.", "1"),
        ("Ada Kell", "Nobody saw Ada Kell.", "2; 3"),
        ("Kell", "Kell speaks", ""),
    ]
    page = "https://register.example/briefs/2020/brief-0/"
    assert [row["address"] for row in rows] == [f"{page}#p-1", f"{page}#p-1", page]
    assert {(row["date"], row["precision"], row["institute"]) for row in rows} == {
        ("2020-09-09", "day", "Harbour Studies")
    }


def test_a_brief_that_only_says_so_is_listed() -> None:
    """A brief that names an entity in its front matter alone has a row without spelling and sentence."""
    rows = table(beside(site_of(brief("entities: {add: [ada-kell]}", "Nothing.\n")))["people/ada-kell/mentions.csv"])
    assert [(row["spelling"], row["sentence"]) for row in rows] == [("", "")]


def test_the_formats_say_the_same() -> None:
    """JSON, CSV and SQLite hold the same rows in the same order."""
    site = site_of(brief("authors: [A, B]\nsubjects: [=x]", TEXT), brief('date: 2020~\ntitle: Later, "Kell"', TEXT))
    files = files_of(site)
    archive, database = json.loads(files["data/archive.json"]), opened(files["data/archive.sqlite"])
    assert archive["version"] == 1
    for one in TABLES:
        records = archive[one.name]
        cells = database.execute(f'SELECT * FROM "{one.name}" ORDER BY rowid').fetchall()  # noqa: S608 - our own names
        rows = table(files[f"data/{one.name}.csv"])
        assert len(records) == len(cells) == len(rows) > 0
        for record, stored, row in zip(records, cells, rows, strict=True):
            assert tuple(record) == tuple(row) == one.names
            for column, cell in zip(one.columns, stored, strict=True):
                value = record[column.name]
                if column.kind is Kind.LIST:
                    assert json.loads(cell) == value
                    assert row[column.name] == inert_cell("; ".join(value))
                elif column.kind is Kind.NUMBER:
                    assert cell == value
                    assert row[column.name] == ("" if value is None else str(value))
                else:
                    assert (cell or "") == value
                    assert row[column.name] == inert_cell(value)


def test_the_same_archive_gives_the_same_bytes() -> None:
    """Written twice, from files in another order too, everything is the same byte for byte; SQLite names no version."""
    one, two = site_of(brief("", TEXT), brief("title: B")), site_of(brief("", TEXT), brief("title: B"))
    assert files_of(one) == files_of(two)
    database = files_of(one)["data/archive.sqlite"]
    assert database[96:100] == bytes(4)
    assert int.from_bytes(database[16:18]) == 4096
    assert len(database) % 4096 == 0


def test_the_database_is_sound() -> None:
    """SQLite finds nothing wrong with it, and what leads to another table arrives."""
    entities = {"ada-kell": ADA, "b": "---\nname: B\ntype: place\npart_of: nowhere\n---\n"}
    site = site_of(brief("", TEXT), entities=entities)
    database = opened(files_of(site)["data/archive.sqlite"])
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_frictionless_finds_the_package_valid(tmp_path: Path) -> None:
    """Frictionless reads each table by its schema, keys and references too, and finds no error."""
    site = site_of(brief("authors: ['=1+1', B]\nsummary: 'a \"b\", c'", TEXT), brief("date: XXXX-09-14", TEXT))
    for path, content in files_of(site, "csv").items():
        (tmp_path / Path(path).name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["valid"], report
    assert report["stats"]["tasks"] == len(TABLES)


def test_datasette_opens_the_database(tmp_path: Path) -> None:
    """Datasette serves the tables, follows a key, and counts a list as a facet."""
    (tmp_path / "archive.sqlite").write_bytes(files_of(site_of(brief("authors: [A, B]", TEXT)))["data/archive.sqlite"])
    path = "/archive/briefs.json?_shape=objects&_facet_array=authors"
    done = subprocess.run(
        [sys.executable, "-m", "datasette", "archive.sqlite", "--get", path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [row["title"] for row in found["rows"]] == ["Boats"]
    assert {facet["value"] for facet in found["facet_results"]["authors"]["results"]} == {"A", "B"}


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(start: str) -> None:
    """A cell that begins like a formula gets an apostrophe in CSV, and stays exact in JSON."""
    site = site_of(brief(f"title: {json.dumps(start)}\nauthors: [{json.dumps(start)}]\npublisher: {json.dumps(start)}"))
    for content in (*beside(site).values(), *files_of(site, "csv").values()):
        if content.startswith(b"\xef\xbb\xbf"):
            cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
            assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]
    assert json.loads(files_of(site, "json")["data/archive.json"])["briefs"][0]["title"] == start.strip()


@given(st.text(max_size=80))
def test_any_words_survive(words: str) -> None:
    """Any title comes back from JSON, CSV and SQLite as the archive knows it."""
    site = site_of(brief(f"title: {json.dumps(words, ensure_ascii=False)}"))
    title = site.archive.shown[0].brief.title
    files = files_of(site)
    assert json.loads(files["data/archive.json"])["briefs"][0]["title"] == title
    assert table(files["data/briefs.csv"])[0]["title"] == inert_cell(title)
    assert opened(files["data/archive.sqlite"]).execute("SELECT title FROM briefs").fetchone() == (title,)


def test_a_hidden_variant_is_nowhere() -> None:
    """A spelling that is found and never shown is in no list of names."""
    site = site_of(brief("", TEXT))
    for content in (*beside(site).values(), *files_of(site).values()):
        assert b"Secretname" not in content


def test_a_withdrawn_brief_is_nowhere() -> None:
    """No table and no record holds anything of a withdrawn brief, not its title, and no file stands beside it."""
    front = "title: Gone away\nstatus: withdrawn\nsummary: Lamps out"
    site = site_of(brief(front, "Ada Kell saw a unique heron.\n"), brief("", TEXT))
    for path, content in (beside(site) | files_of(site)).items():
        assert "brief-0" not in path
        for words in (b"heron", b"Lamps", b"Gone away", b"brief-0"):
            assert words not in content, (path, words)


def test_links_say_what_is_written_and_what_is_meant() -> None:
    """A defanged link keeps its letters, is called so, and names its note."""
    rows = table(files_of(site_of(brief("", TEXT)), "csv")["data/links.csv"])
    defanged = next(row for row in rows if row["form"] == "defanged")
    assert defanged["raw"] == "hxxps://trap[.]example/y"
    assert (defanged["footnote"], defanged["source"]) == ("2", "trap.example")
    assert {row["verdict"] for row in rows} == {""}


def test_records_beside_pages_lead_on() -> None:
    """The record of a brief names its entities and sources, that of an entity its briefs and its table."""
    files = beside(site_of(brief("", TEXT)))
    record = json.loads(files["briefs/2020/brief-0/index.json"])
    assert set(record) >= set(BRIEFS.names)
    assert [(found["entity"], found["mentions"]) for found in record["entities"]] == [("ada-kell", 3)]
    assert record["sources"][0] == {"footnote": "1", "url": "https://beacon.example/a"}
    entity = json.loads(files["people/ada-kell/index.json"])
    assert entity["mentions_csv"] == "https://register.example/people/ada-kell/mentions.csv"
    assert entity["spellings"] == [{"spelling": "Ada Kell", "mentions": 1}, {"spelling": "Kell", "mentions": 2}]
    assert [found["brief"] for found in entity["named_in"]] == ["briefs/2020/brief-0.md"]


def test_without_an_address_paths_start_at_the_top() -> None:
    """An archive that does not say where it is published still tells where its pages are."""
    site = site_of(brief("", TEXT), site_url="")
    assert table(beside(site)["people/ada-kell/mentions.csv"])[0]["address"] == "briefs/2020/brief-0/#p-1"


def test_the_codebook_explains_every_column() -> None:
    """The page has a row for each column of each table, and a link to each file that there is."""
    site = site_of(brief("", TEXT))
    html = data_sheet(site, ("csv",)).write().html
    for one in TABLES:
        assert html.count(f'id="table-{one.name}"') == 1
        for column in one.columns:
            assert f"<code>{column.name}</code>" in html
    assert "../data/links.csv" in html
    assert "archive.sqlite" not in html
    assert LINKS.names[0] == "brief"


def test_many_rows_come_in_pieces() -> None:
    """Where a table is larger than one piece, nothing is lost or said twice at the seams."""
    words = " ".join(f"Ada Kell went {number} times.[^1]\n\n" for number in range(4500)) + "[^1]: X\n"
    files = files_of(site_of(brief("", words)))
    numbers = [f"Ada Kell went {number} times." for number in range(4500)]
    assert [row["sentence"] for row in table(files["data/mentions.csv"])] == numbers
    assert [row["sentence"] for row in json.loads(files["data/archive.json"])["mentions"]] == numbers
