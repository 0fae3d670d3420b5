"""What the head of a page tells machines, as independent readers read it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from rdflib import RDF, Graph, URIRef
from tests.pages.references import HOSTILE

from regesta.model.archive import Archive, Entry, read_entry
from regesta.model.briefs import read_brief, read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.pages.references.head_tags import brief_head
from regesta.pages.references.json_ld import LinkedData, script_json
from regesta.pages.site import Site

if TYPE_CHECKING:
    from collections.abc import Sequence

PATH = "briefs/2020/2020-09-09-water.md"
AT = "https://register.example/briefs/2020/2020-09-09-water/"
FULL = """\
title: Low water
date: 2020-09-09T18:00:00-04:00
updated: 2020-09-12
corrections: [{date: 2020-09-12, note: The gauge stood at 2.}]
authors: [Mirela Ostrenko, Jan Piet van der Berg, Centre for Upland Affairs]
publisher: Centre for Upland Affairs
series: Notes
number: 12
language: en
source_url: [https://upland.example/low, https://upland.example/low.pdf, "hxxps://upland[.]example/"]
doi: 10.1234/low
rights: CC BY 4.0
subjects: [rivers, dams]
summary: The gauge stood low.
"""
BODY = """\
Sena Marlow of Lissen spoke.[^1]

[^1]: <https://moot.example/a>; <https://bad(.)example/>; hxxps://worse[.]example/
"""
RECORDS = {
    "sena-marlow": "name: Sena Marlow\ntype: person\n"
    "variants: [Marlow, {name: Марлоу, kind: native}, {name: X, kind: hidden}]\n"
    'same_as: {wikidata: Q1, viaf: "2", other: "javascript:alert(1)"}\npart_of: moot',
    "lissen": "name: Lissen\ntype: place\nsame_as: {geonames: 3}\npart_of: moot",
    "moot": "name: Halvern Moot\ntype: organisation",
}


def site_of(front: str, body: str = BODY, **values: Any) -> tuple[Site, Entry]:
    """Make a site of one brief and three entities."""
    entities = [
        read_entity(read_document(f"entities/{slug}.md", f"---\n{record}\n---\n".encode()))
        for slug, record in RECORDS.items()
    ]
    document = read_document(PATH, f"---\n{front}\n---\n{body}".encode())
    entry = read_entry(document, Names(entities))
    known = {"name": "Halvern Register", "site_url": "https://register.example/"} | values
    return Site(archive=Archive.of([entry], entities), bodies={}, **known), entry


def head_of(front: str, **values: Any) -> str:
    """Write the head of a brief of this front matter."""
    site, _ = site_of(front, **values)
    return f"<!doctype html><html><head>{brief_head(site, PATH, 'In short.')}</head><body></body></html>"


def named(html: str) -> list[tuple[str, str]]:
    """Give the tags that have a name, in order."""
    return [(tag["name"], tag["content"]) for tag in BeautifulSoup(html, "lxml").find_all("meta", attrs={"name": True})]


def read(html: str, *syntaxes: str) -> dict[str, list[dict[str, Any]]]:
    """Read what a page says in each vocabulary, with a parser that is not ours."""
    soup = BeautifulSoup(html, "lxml")
    found: dict[str, list[dict[str, Any]]] = {
        "opengraph": [{"properties": [(tag["property"], tag["content"]) for tag in soup.select("meta[property]")]}],
        "dublincore": [{"elements": [{"name": name, "content": content} for name, content in named(html)]}],
        "json-ld": [json.loads(tag.text) for tag in soup.select('script[type="application/ld+json"]')],
    }
    return {name: found[name] for name in syntaxes}


def graph_of(data: dict[str, Any]) -> Graph:
    """Read linked data as a graph; the words of schema.org are all in one place, so that nobody is asked for them."""
    return Graph().parse(data=json.dumps({**data, "@context": {"@vocab": "https://schema.org/"}}), format="json-ld")


def zotero_type(tags: Sequence[tuple[str, str]]) -> str:
    """Tell what Zotero takes a page for, by the rules of its translators "Embedded Metadata" and "RDF".

    `DC.type` decides if it is the name of a type; then the tags of Highwire, the last of those that name one; then a
    guess.
    """
    sure, guess = "", "webpage"
    by_tag = {
        "citation_journal_title": "journalArticle",
        "citation_technical_report_institution": "report",
        "citation_conference_title": "conferencePaper",
        "citation_conference": "conferencePaper",
        "citation_book_title": "bookSection",
        "citation_dissertation_institution": "thesis",
    }
    for name, value in tags:
        if name.lower() == "dc.type" and value.lower() == "report":
            return "report"
        sure = by_tag.get(name, sure)
        if name in {"citation_title", "citation_series_title"}:
            guess = "journalArticle"
    return sure or guess


def zotero_authors(tags: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell whom Zotero takes for authors, as (family, given).

    Of one author alone a comma with several words on both sides parts two. A name has its parts at a comma; without one
    its last word is the family's.
    """
    written = [value for name, value in tags if name == "citation_author"]
    if len(written) == 1:
        halves = re.split(r", *", written[0])
        if len(halves) > 1 and " " in halves[0] and " " in halves[1]:
            written = halves
    found = []
    for value in written:
        family, comma, given = (part.replace("\N{NO-BREAK SPACE}", " ").strip() for part in value.partition(","))
        found.append((family, given) if comma else (value.rpartition(" ")[2], value.rpartition(" ")[0]))
    return found


def test_every_tag_that_zotero_reads() -> None:
    """The head of a brief says all that is known of it, in the words of Highwire and of Dublin Core."""
    assert named(head_of(FULL)) == [
        ("citation_title", "Low water"),
        ("citation_author", "Ostrenko, Mirela"),
        ("citation_author", "van der Berg, Jan Piet"),
        ("citation_author", "Centre for Upland Affairs,"),
        ("citation_publication_date", "2020/09/09"),
        ("citation_technical_report_institution", "Centre for Upland Affairs"),
        ("citation_technical_report_number", "12"),
        ("Z.seriesTitle", "Notes"),
        ("citation_language", "en"),
        ("citation_doi", "10.1234/low"),
        ("citation_keywords", "rivers; dams"),
        ("citation_abstract", "The gauge stood low."),
        ("citation_public_url", AT),
        ("citation_pdf_url", "https://upland.example/low.pdf"),
        ("DC.type", "Report"),
        ("DC.title", "Low water"),
        ("DC.creator", "Ostrenko, Mirela"),
        ("DC.creator", "van der Berg, Jan Piet"),
        ("DC.creator", "Centre for Upland Affairs"),
        ("DC.publisher", "Centre for Upland Affairs"),
        ("DC.date", "2020-09-09"),
        ("DC.language", "en"),
        ("DC.identifier", AT),
        ("DC.relation", "https://upland.example/low"),
        ("DC.relation", "https://upland.example/low.pdf"),
        ("DC.rights", "CC BY 4.0"),
        ("DC.subject", "rivers"),
        ("DC.subject", "dams"),
        ("DC.description", "The gauge stood low."),
    ]


@pytest.mark.parametrize(
    ("front", "authors"),
    [
        (FULL, [("Ostrenko", "Mirela"), ("van der Berg", "Jan Piet"), ("Centre for Upland Affairs", "")]),
        ("title: x", []),
        ("title: x\nseries: y", []),
        ("title: x\npublisher: y\nauthors: [Jan van der Berg]", [("van der Berg", "Jan")]),
        ("title: x\nauthors: [Jan Piet van der Berg]", [("van der Berg", "Jan Piet")]),
        ("title: x\nauthors: [War Office]", [("War Office", "")]),
        ("title: x\nauthors: [Інститут досліджень порту]", [("Інститут досліджень порту", "")]),
        ("title: x\nauthors: [Anna Maria Dyner, 'Barros, George']", [("Dyner", "Anna Maria"), ("Barros", "George")]),
    ],
)
def test_zotero_takes_every_brief_for_a_report(front: str, authors: list[tuple[str, str]]) -> None:
    """By Zotero's rules the item is a report, with or without an institute, and has the authors of the brief."""
    tags = named(head_of(front))
    assert zotero_type(tags) == "report"
    assert zotero_authors(tags) == authors


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2020-09", "2020-09"),
        ("2020-09~", "2020-09"),
        ("2020-09-01/2020-09-05", "2020-09"),
        ("198X", "198X"),
        ("XXXX-05-01", "XXXX-05-01"),
        ("", "n.d."),
    ],
)
def test_every_brief_says_its_date(date: str, said: str) -> None:
    """A date stands in the head even if none is known: Zotero would take that of a visit to a link."""
    tags = dict(named(head_of(f"title: x\ndate: {date}")))
    assert tags["DC.date"] == said
    assert tags.get("citation_publication_date", "").replace("/", "-") == (said if said.startswith("20") else "")


def test_nothing_on_a_page_looks_like_a_byline() -> None:
    """Zotero takes what has such a class for the author of a brief that names none."""
    pages = sorted((Path(__file__).parent / "golden").glob("*.html"))
    assert len(pages) > 20
    for page in pages:
        html = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        assert not [one["class"] for one in html.select("[class]") if re.search("byline|vcard", " ".join(one["class"]))]


def test_open_graph_and_dublin_core_agree() -> None:
    """A reader finds the same title, type and address in both vocabularies."""
    found = read(head_of(FULL), "opengraph", "dublincore")
    (graph,) = found["opengraph"]
    assert dict(graph["properties"]) == {
        "og:type": "article",
        "og:title": "Low water",
        "og:url": AT,
        "og:site_name": "Halvern Register",
        "og:description": "In short.",
        "article:published_time": "2020-09-09",
    }
    (core,) = found["dublincore"]
    terms = {(one["name"].lower(), one["content"]) for one in core["elements"]}
    assert {("dc.title", "Low water"), ("dc.type", "Report"), ("dc.identifier", AT)} <= terms


def test_the_files_beside_the_page_describe_it() -> None:
    """Each format that the site offers is named as a description of the page; none is where none is offered."""
    html = BeautifulSoup(head_of(FULL), "lxml")
    assert [one["href"].rpartition("/")[2] for one in html.select("link[rel=describedby]")] == [
        "cite.bib",
        "cite.ris",
        "cite.csl.json",
    ]
    assert "describedby" not in head_of(FULL, reference_formats=())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser uses it
def test_linked_data_is_a_graph() -> None:
    """Rdflib reads one report, and the entities that it mentions as nodes of their own."""
    site, entry = site_of(FULL)
    (data,) = read(LinkedData(site).brief(entry), "json-ld")["json-ld"]
    graph = graph_of(data)
    (report,) = graph.subjects(RDF.type, URIRef("https://schema.org/Report"))
    mentioned = list(graph.objects(report, URIRef("https://schema.org/mentions")))
    assert len(mentioned) == len(data["mentions"]) > 0
    assert all(list(graph.objects(one, RDF.type)) for one in mentioned)


def test_a_brief_as_json_ld() -> None:
    """A brief is a report of schema.org, with those it mentions and what it cites; nothing defanged."""
    site, entry = site_of(FULL)
    (data,) = read(LinkedData(site).brief(entry), "json-ld")["json-ld"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": AT,
        "url": AT,
        "name": "Low water",
        "author": [
            {"@type": "Person", "name": "Mirela Ostrenko", "givenName": "Mirela", "familyName": "Ostrenko"},
            {
                "@type": "Person",
                "name": "Jan Piet van der Berg",
                "givenName": "Jan Piet",
                "familyName": "van der Berg",
            },
            {"@type": "Organization", "name": "Centre for Upland Affairs"},
        ],
        "publisher": {"@type": "Organization", "name": "Centre for Upland Affairs"},
        "datePublished": "2020-09-09",
        "dateModified": "2020-09-12",
        "reportNumber": "12",
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Notes"},
        "inLanguage": "en",
        "sameAs": ["https://upland.example/low", "https://upland.example/low.pdf"],
        "identifier": "doi:10.1234/low",
        "abstract": "The gauge stood low.",
        "keywords": ["rivers", "dams"],
        "copyrightNotice": "CC BY 4.0",
        "correction": [{"@type": "CorrectionComment", "text": "The gauge stood at 2.", "datePublished": "2020-09-12"}],
        "citation": [{"@type": "CreativeWork", "url": "https://moot.example/a"}],
        "mentions": [
            {
                "@type": "Place",
                "@id": "https://register.example/places/lissen/",
                "name": "Lissen",
                "sameAs": ["https://www.geonames.org/3"],
            },
            {
                "@type": "Person",
                "@id": "https://register.example/people/sena-marlow/",
                "name": "Sena Marlow",
                "sameAs": ["https://www.wikidata.org/wiki/Q1", "https://viaf.org/viaf/2"],
            },
        ],
    }


def test_a_person_as_json_ld() -> None:
    """A person has shown names, records elsewhere and an institute; a hidden name and a script are left out."""
    site, _ = site_of(FULL)
    (data,) = read(LinkedData(site).entity(site.archive.entities["sena-marlow"]), "json-ld")["json-ld"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": "https://register.example/people/sena-marlow/",
        "url": "https://register.example/people/sena-marlow/",
        "name": "Sena Marlow",
        "alternateName": ["Marlow", "Марлоу"],
        "sameAs": ["https://www.wikidata.org/wiki/Q1", "https://viaf.org/viaf/2"],
        "affiliation": {
            "@type": "Organization",
            "@id": "https://register.example/organisations/moot/",
            "name": "Halvern Moot",
        },
    }


def test_a_place_is_part_of_no_institute() -> None:
    """What schema.org does not let be part of another is not said to be."""
    site, _ = site_of(FULL)
    (data,) = read(LinkedData(site).entity(site.archive.entities["lissen"]), "json-ld")["json-ld"]
    assert "containedInPlace" not in data


def test_a_site_without_an_address_names_none() -> None:
    """Without site_url there is no identifier, and no address that leads nowhere."""
    site, entry = site_of(FULL, site_url="")
    (data,) = read(LinkedData(site).brief(entry), "json-ld")["json-ld"]
    assert {"@id", "url"}.isdisjoint(data)
    assert "og:url" not in head_of(FULL, site_url="")


@pytest.mark.parametrize("text", [*HOSTILE, "<!--<script>", "a\u2028b\u2029c"])
def test_nothing_that_is_said_leaves_its_tag(text: str) -> None:
    """A hostile title stays within its attribute and its script element, letter for letter."""
    quoted = json.dumps(text)
    front = f"title: {quoted}\nauthors: [{quoted}]\npublisher: {quoted}\nsubjects: [{quoted}]\nsummary: {quoted}"
    site, entry = site_of(front)
    reference = site.references[PATH]
    html = BeautifulSoup(head_of(front) + LinkedData(site).brief(entry), "lxml")
    assert [tag.name for tag in html.select("*") if tag.name not in {"html", "head", "body", "meta", "link"}] == [
        "script"
    ]
    assert html.find("meta", attrs={"name": "DC.title"})["content"] == reference.title  # type: ignore[index]
    (data,) = read(LinkedData(site).brief(entry), "json-ld")["json-ld"]
    assert data["name"] == reference.title
    written = script_json(text)
    assert json.loads(written) == text
    assert not re.search("[<>&\u2028\u2029]", written)


def test_a_withdrawn_brief_has_no_reference() -> None:
    """What is withdrawn is cited by nobody."""
    document = read_document(PATH, b"---\ntitle: x\nstatus: withdrawn\n---\n")
    entry = Entry(
        brief=read_brief(document), mentions=(), ambiguous=(), cited_urls=(), cited_paths=(), footnotes=0, links=0
    )
    assert Site(archive=Archive.of([entry], []), bodies={}).references == {}
