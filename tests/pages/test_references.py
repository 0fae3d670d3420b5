"""References, as independent readers of each format read them."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pytest
import rispy
from hypothesis import example, given
from pybtex.database import BibliographyData, parse_string
from pybtex.richtext import Text
from tests.pages.references import ADDRESS, HOSTILE, hostile, reference, reference_of, texts

from regesta.model.archive import Entry
from regesta.model.briefs import read_brief, read_document
from regesta.model.people_names import AuthorName, read_author
from regesta.pages.references.bibtex import bibtex_entry
from regesta.pages.references.csl import csl_item
from regesta.pages.references.formats import REFERENCE_FORMATS
from regesta.pages.references.references import reference_keys
from regesta.pages.references.ris import ris_record

bibtex, ris, csl = (REFERENCE_FORMATS[name].write for name in ("bibtex", "ris", "csl"))


def read_bibtex(text: str) -> BibliographyData:
    """Read with pybtex."""
    with warnings.catch_warnings():
        # pybtex asks for its plugins as Python did long ago.
        warnings.simplefilter("ignore", DeprecationWarning)
        return parse_string(text, "bibtex")


_UNKNOWN_TO_LATEXCODEC = (
    (r"{\textbraceleft}", "{"),
    (r"{\textbraceright}", "}"),
    (r"\^{}", "^"),
    (r"\~{}", "~"),
    (r"\{", "{"),
    (r"\}", "}"),
    (r"\$", "$"),
)


def from_latex(text: str) -> str:
    """Turn LaTeX into text with latexcodec, which does not know all of the commands."""
    for number, (command, _) in enumerate(_UNKNOWN_TO_LATEXCODEC):
        text = text.replace(command, chr(0xE000 + number))
    found = str(Text.from_latex(text))
    for number, (_, sign) in enumerate(_UNKNOWN_TO_LATEXCODEC):
        found = found.replace(chr(0xE000 + number), sign)
    return found


_JOINED = {
    "—": "---", "–": "--", "“": "``", "”": "''", '"': "''", "„": ",,", "«": "<<", "»": ">>", "‘": "`", "’": "'",
    "¡": "!`", "¿": "?`",
}  # fmt: skip


def letters(text: str) -> str:
    """Take from a text what LaTeX changes of any: spaces, and signs that it joins into one."""
    for joined, signs in _JOINED.items():
        text = text.replace(joined, signs)
    return re.sub(r"\s", "", text)


def test_a_full_reference_in_bibtex() -> None:
    """Every field of a reference stands in BibTeX, under the name that BibTeX has for it."""
    entry = read_bibtex(bibtex_entry(reference())).entries["water"]
    assert entry.type == "techreport"
    assert dict(entry.fields) == {
        "title": "{Low water}",
        "institution": "Centre for Upland Affairs",
        "type": "Notes",
        "number": "12",
        "year": "2020",
        "month": "September",
        "day": "9",
        "doi": "10.1234/low",
        "url": ADDRESS,
        "language": "en",
        "copyright": "CC BY 4.0",
        "keywords": "rivers, dams",
        "abstract": "The gauge stood low.",
    }
    names = [(one.first_names, one.prelast_names, one.last_names) for one in entry.persons["author"]]
    assert names == [(["Mirela"], [], ["Ostrenko"]), (["Jan"], ["van", "der"], ["Berg"])]


@given(texts())
@example("} {")
@example("\\{")
def test_bibtex_gives_back_what_was_said(text: str) -> None:
    """A title, an institute and an author come out of BibTeX as they went in, and nothing else does."""
    entry = read_bibtex(bibtex_entry(hostile(text))).entries
    assert list(entry) == ["water"]
    fields = entry["water"].fields
    assert set(fields) <= {
        *"title institution type number year month day doi url language copyright keywords abstract".split()
    }
    assert letters(from_latex(fields["institution"])) == letters(text)
    assert letters(from_latex(fields["title"][1:-1])) == letters(text)
    assert len(entry["water"].persons["author"]) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_cannot_be_broken_out_of(text: str) -> None:
    """No title ends its field or begins an entry, and what it says is kept."""
    entries = read_bibtex(bibtex([hostile(text), reference(key="next")])).entries
    assert list(entries) == ["water", "next"]
    assert entries["water"].fields["year"] == "2020"
    assert "note" not in entries["water"].fields
    assert letters(from_latex(entries["water"].fields["institution"])) == letters(text)


def test_a_full_reference_in_ris() -> None:
    """Every field of a reference stands in RIS, under its tag."""
    (found,) = rispy.loads(ris_record(reference()))
    assert found == {
        "type_of_reference": "RPRT",
        "id": "water",
        "title": "Low water",
        "authors": ["Ostrenko, Mirela", "van der Berg, Jan"],
        "year": "2020",
        "date": "2020/09/09/",
        "publisher": "Centre for Upland Affairs",
        "secondary_title": "Notes",
        "issn": "12",
        "doi": "10.1234/low",
        "language": "en",
        "urls": [ADDRESS],
        "file_attachments1": "https://upland.example/low-water.pdf",
        "abstract": "The gauge stood low.",
        "keywords": ["rivers", "dams"],
    }


@given(texts())
def test_ris_gives_back_what_was_said(text: str) -> None:
    """Whatever a title says comes out of RIS, in one record."""
    (found,) = rispy.loads(ris([hostile(text)]))
    assert (found["title"], found["publisher"], found["authors"][0]) == (text, text, text)


@pytest.mark.parametrize("text", HOSTILE)
def test_ris_cannot_be_broken_out_of(text: str) -> None:
    """No title ends its record or begins a field."""
    found = rispy.loads(ris([hostile(text), reference(key="next")]))
    assert [one["id"] for one in found] == ["water", "next"]
    assert (found[0]["title"], found[0]["date"]) == (text.strip(), "2020/09/09/")


def test_line_ends_of_front_matter_are_no_line_ends_of_ris() -> None:
    """A list item of several lines, or with separators that Unicode calls line ends, stays in one line."""
    found = reference_of(
        'title: "a\\nER  - \\nTY  - BOOK"\ndate: 2020-09-09\nauthors: ["A\\u2028ER  - "]\nsubjects: ["x\\x85y"]'
    )
    assert ris_record(found).count("\r\n") == len(ris_record(found).splitlines())
    assert len(rispy.loads(ris_record(found))) == 1


@pytest.mark.parametrize(
    ("date", "bibtex_date", "ris_date", "issued"),
    [
        ("2020-09-09T18:00:00-04:00", ("2020", "September", "9"), "2020/09/09/", {"date-parts": [[2020, 9, 9]]}),
        ("2020-09", ("2020", "September", None), "2020/09//", {"date-parts": [[2020, 9]]}),
        ("2020", ("2020", None, None), "2020///", {"date-parts": [[2020]]}),
        ("2020-09-14~", ("2020", "September", "14"), "2020/09/14/", {"date-parts": [[2020, 9, 14]], "circa": True}),
        ("2020-21", ("2020", None, None), "2020///", {"date-parts": [[2020]]}),
        ("XXXX-09-14", (None, None, None), None, {"literal": "XXXX-09-14"}),
        (
            "2020-09-01/2020-09-05",
            ("2020", "September", None),
            "2020/09//",
            {"date-parts": [[2020, 9, 1], [2020, 9, 5]]},
        ),
        ("", (None, None, None), None, None),
    ],
)
def test_a_date_is_no_more_precise_than_its_brief(
    date: str, bibtex_date: tuple[str | None, ...], ris_date: str | None, issued: dict[str, object] | None
) -> None:
    """What is not known of a date is in no format."""
    found = reference_of(f"title: Water\ndate: {date}")
    fields = read_bibtex(bibtex_entry(found)).entries["water"].fields
    assert tuple(fields.get(name) for name in ("year", "month", "day")) == bibtex_date
    assert rispy.loads(ris_record(found))[0].get("date") == ris_date
    assert csl_item(found).get("issued") == issued


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2020-09-14", None),
        ("2020-09-14~", "2020-09-14~"),
        ("2020~/2021?", "2020~/2021?"),
        ("2020-09-01/2020-09-05", "2020-09-01/2020-09-05"),
        ("2021/..", "2021/.."),
        ("2020-21", "2020-21"),
        ("198X", "198X"),
        ("[2020,2021]", None),
        ("", None),
    ],
)
def test_a_date_in_bibtex_is_edtf_letter_for_letter(date: str, written: str | None) -> None:
    """What year, month and day cannot say stands in `date`, where nothing is TeX; a set of dates stands nowhere."""
    found = reference_of(f"title: Water\ndate: '{date}'")
    line = f"  date = {{{written}}},\n"
    entry = bibtex_entry(found)
    assert line in entry if written else "  date = " not in entry


def test_a_full_reference_in_csl() -> None:
    """An item of CSL-JSON has the names that CSL has for a report."""
    assert json.loads(csl([reference()])) == [
        {
            "id": "water",
            "type": "report",
            "title": "Low water",
            "author": [{"family": "Ostrenko", "given": "Mirela"}, {"family": "van der Berg", "given": "Jan"}],
            "publisher": "Centre for Upland Affairs",
            "collection-title": "Notes",
            "number": "12",
            "issued": {"date-parts": [[2020, 9, 9]]},
            "language": "en",
            "DOI": "10.1234/low",
            "URL": ADDRESS,
            "keyword": "rivers, dams",
            "abstract": "The gauge stood low.",
        }
    ]


def test_a_processor_of_csl_reads_it() -> None:
    """Citeproc makes the references of a bibliography from our items, hostile ones too."""
    citeproc = pytest.importorskip("citeproc")
    source = pytest.importorskip("citeproc.source.json")
    references = [reference(), *(hostile(text) for text in HOSTILE)]
    items: list[dict[str, Any]] = json.loads(csl(one for one in references))
    for number, item in enumerate(items):
        item["id"] = str(number)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = citeproc.CitationStylesBibliography(style, source.CiteProcJSON(items), citeproc.formatter.plain)
        bibliography.register(citeproc.Citation([citeproc.CitationItem("0")]))
        (shown,) = map(str, bibliography.bibliography())
    assert shown.startswith("Ostrenko, M. and van der Berg, J. (2020) Low water.")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("George Barros", ("Barros", "George", "")),
        ("Barros, George", ("Barros", "George", "")),
        ("Anna Maria Dyner", ("Dyner", "Anna Maria", "")),
        ("Jan van der Berg", ("van der Berg", "Jan", "")),
        ("Martin Luther King, Jr.", ("King", "Martin Luther", "Jr.")),
        ("Martin Luther King III", ("King", "Martin Luther", "III")),
        ("Ludwig van", ("van", "Ludwig", "")),
        ("Мирела Остренко", ("Остренко", "Мирела", "")),
        ("Plato", ("Plato", "", "")),
        ("水", ("水", "", "")),
        ("Institute for the Study of War", ("Institute for the Study of War", "", "")),
        ("Staff", ("Staff", "", "")),
        ("Research Desk", ("Research Desk", "", "")),
        ("Barros and Clark", ("Barros and Clark", "", "")),
        ("Barros, Clark, Howard", ("Barros, Clark, Howard", "", "")),
        (",", (",", "", "")),
        ("Jr.", ("Jr.", "", "")),
    ],
)
def test_names_are_taken_apart_only_where_that_is_safe(name: str, read: tuple[str, str, str]) -> None:
    """A person's name has its family name, a name of anything else is left whole."""
    assert tuple(read_author(name)) == read


@given(texts())
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    """Taken apart and put together, a name has all its letters."""
    found = read_author(name)
    assert sorted(re.sub(r"[\s,]", "", found.in_order)) == sorted(re.sub(r"[\s,]", "", name))


def test_an_institute_that_signs_is_no_person() -> None:
    """A brief signed by its publisher has an author that is left whole, whatever its name looks like."""
    assert reference_of("title: x\nauthors: [Vostrana Watch]\npublisher: Vostrana Watch").authors == (
        AuthorName("Vostrana Watch"),
    )


def test_every_brief_has_a_key_of_its_own() -> None:
    """Briefs whose files have one name in two folders, or names in one spelling, have keys that differ."""
    paths = ["briefs/a/x.md", "briefs/b/x.md", "briefs/b-x.md", "briefs/b/X.md", "briefs/b/Х.md", "briefs/水.md"]
    entries = [_entry(path) for path in paths]
    keys = reference_keys(entries)
    assert sorted(keys) == sorted(paths)
    assert len(set(keys.values())) == len(paths)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys.values())
    assert keys == reference_keys(reversed(entries))


def _entry(path: str) -> Entry:
    brief = read_brief(read_document(path, b"---\ntitle: x\n---\n"))
    return Entry(brief=brief, mentions=(), ambiguous=(), cited_urls=(), cited_paths=(), footnotes=0, links=0)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "hxxps://a[.]example/", "https://a(.)example/", "water"])
def test_an_address_that_may_not_be_linked_is_in_no_reference(address: str) -> None:
    """What is defanged or runs as a script is no address of a reference."""
    found = reference_of(f'title: x\nsource_url: "{address}"')
    assert found.published_at == ()
    for text in (bibtex_entry(found), ris_record(found), csl([found])):
        assert address not in text.replace(ADDRESS, "").replace("water", "", 1)
