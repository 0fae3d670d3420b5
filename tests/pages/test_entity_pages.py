"""What the page of an entity shows of its names, and of the sentences that name it."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from tests.pages.archives import site_of, written

from regesta.pages.data.record_files import entity_json
from regesta.pages.entities.entity_pages import entity_sheets
from regesta.pages.feeds.files import feed_files
from regesta.pages.references.json_ld import LinkedData
from regesta.pages.search.names import name_files

STEMS = (
    'variants: ["Ostrenk*"]',
    "variants: [{name: Ostrenk*, kind: former, to: 2019}]",
    "variants: [{name: Ostrenk*, kind: native}]",
    "variants: [{name: Ostrenk*, case: any}]",
    'variants: Ostrenk*\nnot_in: ["Ostrenk* Street"]',
)


def site(record: str, text: str = "Ostrenko met Mira Ostrenko."):
    """Make a site of one record and one brief."""
    brief = f"---\ntitle: T\ndate: 2024-05-09\npublisher: Institute\n---\n{text}\n"
    records = {"entities/mira-ostrenko.md": f"---\ntype: person\n{record}\n---\n"}
    return site_of({"briefs/a.md": brief}, records, feed_size=9, site_url="https://register.example/")


@pytest.mark.parametrize("variants", STEMS)
def test_a_stem_is_never_shown_as_a_name(variants):
    """It finds inflected forms, and stands on no page, in no data, feed or linked data, and in no row of the search."""
    found = site(f"name: Mira Ostrenko\n{variants}")
    entity = found.archive.entities["mira-ostrenko"]
    pages = written(entity_sheets(found))
    shown = [BeautifulSoup(html, "html.parser").get_text(" ") for html in pages.values()]
    rows = [row for file in name_files(found) for row, _ in json.loads(file.write())]
    shown += [entity_json(found, entity), json.dumps(rows), json.dumps(str(LinkedData(found).entity(entity)))]
    shown += [file.write() for file in feed_files(found)]
    assert [text for text in shown if "Ostrenk " in text or "Ostrenk*" in text or "Ostrenk…" in text] == []
    assert [text for text in shown if '"Ostrenk"' in text] == []
    assert any("Mira Ostrenko" in text for text in shown)


def test_a_stem_for_a_name_is_found_and_not_shown():
    """A record whose name is a stem goes by its file's name."""
    found = site('name: "Ostrenk*"')
    (mentioned,) = found.archive.mentioned["mira-ostrenko"]
    assert found.archive.entities["mira-ostrenko"].name == "Mira Ostrenko"
    assert [mention.spelling for mention in mentioned.mentions] == ["Ostrenko", "Mira Ostrenko"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ostrenko met Mira Ostrenko.", ["Ostrenko|Mira Ostrenko"]),
        ("Ostrenko left. Mira Ostrenko came; Ostrenko stayed.", ["Ostrenko", "Mira Ostrenko|Ostrenko"]),
        ("Ostrenko.\n\nOstrenko.", ["Ostrenko", "Ostrenko"]),
        (
            "| Ostrenko and Ostrenko | Ostrenko |\n|---|---|\n| x | Ostrenko |",
            ["Ostrenko|Ostrenko", "Ostrenko", "Ostrenko"],
        ),
        ("- Ostrenko, Ostrenko\n- Ostrenko", ["Ostrenko|Ostrenko", "Ostrenko"]),
        ("# Ostrenko or Ostrenko?\n\nMira Ostrenko’s Ostrenko.", ["Ostrenko|Ostrenko", "Mira Ostrenko|Ostrenko"]),
    ],
)
def test_a_sentence_stands_once(text, sentences):
    """Where a sentence holds two mentions, both are marked in it."""
    pages = written(entity_sheets(site("name: Mira Ostrenko\nvariants: [Ostrenko]", text)))
    rows = BeautifulSoup(pages["people/mira-ostrenko.md"], "html.parser").select(".rg-mentions ul > li")
    assert ["|".join(mark.text for mark in row.select("mark")) for row in rows] == sentences
    assert all(len(row.get_text()) < 60 for row in rows)


def test_an_endless_sentence_is_shown_in_excerpts():
    """A thousand mentions in one sentence take a page of the size of that sentence."""
    pages = written(entity_sheets(site("name: Mira Ostrenko\nvariants: [Ostrenko]", "word Ostrenko " * 1000)))
    html = "".join(pages.values())
    assert html.count("<mark>") == 1000
    assert len(html) < 60_000
