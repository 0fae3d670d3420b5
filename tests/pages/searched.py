"""A small archive for the tests of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.pages.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTITIES = {
    "ada-kell": "name: Ada Kell\ntype: person\nvariants: [Kell, {name: Ада Келль, kind: native}]",
    "lukashenko": "name: Alexander Lukashenko\ntype: person\nvariants: ['Лукашенк*', {name: Batka, kind: hidden}]",
    "skerrin": "name: Skerrin\ntype: place",
}
BRIEFS = {
    "briefs/2021/a.md": "title: First\ndate: 2021-03-01\npublisher: North\nseries: Tides\n---\nKell saw Skerrin.\n",
    "briefs/2022/b.md": "title: Second\ndate: 2022-05\npublisher: South\nlanguage: uk\n---\nСкеррін.\n\nKell.\n",
    "briefs/2023/c.md": "title: Gone\ndate: 2023-01-01\nstatus: withdrawn\n---\nKell.\n",
    "briefs/undated/d.md": "title: Undated\npublisher: North\n---\nKell and Lukashenko.[^1]\n\n[^1]: A hidden note.\n",
}


def documents(briefs: Mapping[str, str] = BRIEFS):
    """Read briefs."""
    return [read_document(path, f"---\n{text}".encode()) for path, text in briefs.items()]


def site_of(briefs: Mapping[str, str] = BRIEFS, entities: Mapping[str, str] = ENTITIES) -> Site:
    """Make an archive of front matter and text, by path."""
    records = [
        read_entity(read_document(f"entities/{slug}.md", f"---\n{text}\n---\n".encode()))
        for slug, text in entities.items()
    ]
    names = Names(records)
    return Site(archive=Archive.of([read_entry(one, names) for one in documents(briefs)], records), bodies={})
