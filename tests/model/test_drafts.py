"""Drafts of other generators, in front matter, in what cannot be read of it, and by where they lie."""

from __future__ import annotations

import pytest

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_brief, read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.model.sources import InvalidSource, read_source_record

KEPT_BACK = [
    "draft: true", 'draft: "true"', "draft: yes", "draft: True", "draft: 1", "draft: on", "Draft: true", "DRAFT: ja",
    '"draft": true', "draft: !!bool true", "? draft\n: true", "is_draft: yes", "isDraft: TRUE", "draft: [true]",
    "draft: {until: 2031}", "draft: peut-être", "draft: правда", "unpublished: tak",
    "published: false", "published: no", 'published: "false"', "published: 0", "Published: False", "published: нет",
    "published: nie", "published: 否", "published: draft", "publish: false", "dg-publish: false",
    "Status: draft", "STATUS: Draft", "status: Draft", "status: private", "status: hidden", "status: unpublished",
    "status: pending", "status: geplant", "status: [draft]", "status:", "status: ~", "status: 草稿",
    "status: опубліковано",
    "post_status: pending", "visibility: private", "Visibility: Unlisted", "unlisted: true", "private: true",
    "hidden: yes", "public: false", "eleventyExcludeFromCollections: true", "permalink: false", "embargo: 2031-05-05",
    "publishing: false", "publication: no", "workflow_status: in review", "page-visibility: hidden", "approved: ні",
    "password: correct horse", "encrypted: true", "members_only: yes", "expiryDate: 2031-01-01",
    "publishDate: 2031-01-01", "publishDate: 2024-03-15", "publish_date: soon",
    "params:\n  draft: true", "build:\n  render: never", "_build:\n  list: never", "cascade:\n  - draft: true",
    "extra:\n  params: {published: no}", "authors: [x\ndraft: true", "authors: [x\nstatus: draft",
    "authors: [x\nstatus: withdrawn", "a: *b\npublished: false",
    "darft: true", "Dratf: yes", "draf: true", "drafft: on", "drafts: true", "is-darft: true", "ＤＲＡＦＴ: true",
    "publised: false", "pubished: no", "publishd: false", "publsihed: false", "publishedd: 0", "unpublised: true",
    "черновик: да", "чернетка: так", "Entwurf: ja", "szkic: tak", "wersja robocza: tak", "草稿: 是",
    "опубліковано: ні", "veröffentlicht: nein",
]  # fmt: skip
PUBLISHED = [
    "draft: false", "draft: no", "draft:", "draft: ~", "draft: нет", "published: true", "published: 2024-03-14",
    "published:", "published: The Halvern Institute", "status: published", "Status: published", "visibility: public",
    "private: no", "hidden: []", "hide: [navigation]", "publishDate: 2024-03-14", "publishDate: 2024-03-14T08:00:00Z",
    "publishDate: 2023-01-01", "build:\n  render: always", "state: Ohio", "live: https://halvern.example/",
    "list: never", "password:", "publication: Halvern Letters", "ready: yes", "postal_status: sent",
    "craft: true", "shaft: true", "raft: yes", "published_by: no one", "publisher: Нет", "published_in: null",
    "darft: false", "черновик: нет", "opublikowane: tak", "publications: no",
    "contact:\n  private: true", "layout: draft", "authors: [x\ntitle2: draft", "permalink: /a/",
]  # fmt: skip


def read(source: str, path: str = "briefs/a.md"):
    """Read a brief."""
    return read_brief(read_document(path, source.encode()))


@pytest.mark.parametrize("line", KEPT_BACK)
def test_a_draft_of_any_generator_is_kept_back(line):
    """What keeps a page back elsewhere, or cannot be understood as its contrary, keeps a brief back."""
    assert read(f"---\ntitle: Вода\ndate: 2024-03-14\n{line}\n---\n\nText.\n").status == "draft"


@pytest.mark.parametrize("line", PUBLISHED)
def test_what_is_published_elsewhere_is_published(line):
    """A field that says the contrary, or something else, keeps nothing back."""
    assert read(f"---\ntitle: Woda\ndate: 2024-03-14\n{line}\n---\n\nText.\n").status == "published"


@pytest.mark.parametrize(
    "source",
    [
        "+++\ntitle = 'x'\ndraft = true\n+++\n\nText.\n",
        "+++\ntitle = 'x'\n[params]\ndraft = true\n+++\n\nText.\n",
        "+++\nparams = {draft = true}\n+++\n\nText.\n",
        "+++\npublishDate = 2031-01-01\n+++\n\nText.\n",
        '{"title": "x", "draft": true}\n\nText.\n',
        '{\n  "title": "x",\n  "status": "draft"\n}\n\nText.\n',
        '---json\n{"title": "x", "draft": true}\n---\n\nText.\n',
        "---toml\ndraft = true\n---\n\nText.\n",
        "---\ntitle: never closed\ndraft: true\n\nText.\n",
        "Title: x\nStatus: draft\n\nText.\n",
        "Title: x\nTags: a,\n      b\nstatus: hidden\n\nText.\n",
        "\ufeff---\r\ntitle: x\r\ndraft: true\r\n---\r\n\r\nText.\r\n",
        "%YAML 1.2\n---\ntitle: x\ndraft: true\n---\n\nText.\n",
        "<!-- made by a tool -->\n---\ntitle: x\ndraft: true\n---\n\nText.\n",
        "<!--\na: b\n-->\r\n\r\n---\r\ntitle: x\r\npublished: false\r\n---\r\n\r\nText.\r\n",
        "```yaml\n---\ntitle: x\ndraft: true\n---\n```\n\nText.\n",
        "# Вода\n\n---\ndate: 2024-03-14\nstatus: draft\n---\n\nText.\n",
        "  ---\n  title: x\n  draft: true\n  ---\n\nText.\n",
        ';;;\n{"title": "x", "draft": true}\n;;;\n\nText.\n',
        "\n+++\ntitle = 'x'\ndraft = true\n+++\nText.\n",
    ],
)
def test_a_draft_in_front_matter_that_is_not_read_is_kept_back(source):
    """TOML, JSON, fields without a line around them and broken YAML publish nothing that they keep back."""
    assert read(source).status == "draft"


@pytest.mark.parametrize(
    "source",
    [
        "+++\ntitle = 'x'\ndraft = false\n+++\n\nText.\n",
        "Status: the ferry is at sea.\n\nText.\n",
        "The draft: a history\nof drafts\n\nText.\n",
        "Note: a\n\ndraft: true\n",
        '{"a": 1} is JSON.\n',
        "# The law\n\n---\n\nIts state:\n\nstatus: draft\n\n---\n\nText.\n",
        "Text.\n\n---\ndraft: true\n---\n",
    ],
)
def test_words_of_a_text_keep_nothing_back(source):
    """A text that speaks of drafts is none."""
    assert read(source).status == "published"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("briefs/_drafts/a.md", "draft"),
        ("briefs/2024/Drafts/a.md", "draft"),
        ("briefs/a.draft.md", "draft"),
        ("briefs/draft-law.md", "published"),
        ("briefs/drafting/a.md", "published"),
    ],
)
def test_a_draft_by_its_place_is_kept_back(path, status):
    """A file in a folder of drafts, or named `.draft.md`, is kept back."""
    assert read("---\ntitle: x\n---\n\nText.\n", path).status == status


@pytest.mark.parametrize(
    "line", ["draft: true", "published: false", "status: draft", "private: yes", "Status: withdrawn"]
)
def test_a_record_that_is_kept_back_is_nowhere_used(line):
    """The names of an entity whose record is a draft are found in no brief."""
    ada = read_entity(
        read_document("entities/ada-kell.md", f"---\nname: Ada Kell\ntype: person\n{line}\n---\n".encode())
    )
    assert ada.is_draft
    entry = read_entry(read_document("briefs/a.md", b"Ada Kell spoke."), Names(()))
    assert Archive.of([entry], ()).mentioned == {}


def test_a_record_of_a_source_that_is_kept_back_is_refused():
    """A source whose record is a draft goes by its domain, and the message names the field."""
    with pytest.raises(InvalidSource, match="'draft' is 'true'"):
        read_source_record("ferry", "name: Ferry\nhosts: [ferry.example]\ndraft: true\n")
