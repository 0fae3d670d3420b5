"""Feeds: valid for a parser that is not ours, dated by content, and never ended by hostile text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.pages.data_sites import brief, site_of

from regesta.pages.feeds.files import feed_files
from regesta.pages.feeds.links import feed_links

ATOM = "{http://www.w3.org/2005/Atom}"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items", "feed_url", "home_page_url"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_html", "date_modified"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "date_published": {"type": "string", "pattern": STAMP.pattern},
                    "date_modified": {"type": "string", "pattern": STAMP.pattern},
                    "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
                },
            },
        },
    },
}


def written(site):
    """Write all feeds, by path."""
    return {file.path: b"".join(file.pieces()) for file in feed_files(site)}


def require_valid(files):
    """Hold every feed to RFC 4287 and to JSON Feed 1.1."""
    for path, content in files.items():
        if path.endswith(".json"):
            Draft202012Validator(JSON_FEED).validate(json.loads(content))
            continue
        parsed = feedparser.parse(content)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        root = ET.fromstring(content)  # noqa: S314 - our own writing
        entries = root.findall(f"{ATOM}entry")
        assert entries
        for element in (root, *entries):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{ATOM}{name}")) == 1, (path, name)
            assert element.findtext(f"{ATOM}id").startswith("https://")
            assert STAMP.fullmatch(element.findtext(f"{ATOM}updated"))
            assert len(element.findall(f"{ATOM}published")) <= 1
            for author in element.findall(f"{ATOM}author"):
                assert author.findtext(f"{ATOM}name")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        selfs = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert selfs == [f"https://register.example/{path}"]


def test_every_kind_has_its_feed() -> None:
    """The site, an institute, a series and an entity have each an Atom and a JSON feed."""
    files = written(site_of(brief("publisher: Harbour Studies\nseries: Belarus Update\nauthors: [A, B]\nlanguage: en")))
    stems = ("briefs", "institutes/harbour-studies", "series/belarus-update", "people/ada-kell")
    assert set(files) == {f"feeds/{stem}.{kind}" for stem in stems for kind in ("xml", "json")}
    require_valid(files)
    parsed = feedparser.parse(files["feeds/people/ada-kell.xml"])
    assert parsed.feed.title == "Ada Kell – Register"
    assert [author.name for author in parsed.entries[0].authors] == ["A", "B"]
    assert parsed.entries[0].link == "https://register.example/briefs/2020/brief-0/"


@pytest.mark.parametrize(
    ("front", "updated", "published"),
    [
        ("date: 2020-09-09T18:00:00-04:00", "2020-09-09T18:00:00-04:00", "2020-09-09T18:00:00-04:00"),
        ("date: 2020-09-09T18:00:00", "2020-09-09T18:00:00Z", "2020-09-09T18:00:00Z"),
        ("date: 2020-09-09", "2020-09-09T00:00:00Z", "2020-09-09T00:00:00Z"),
        ("date: 2020-09", "2020-09-01T00:00:00Z", ""),
        ("date: 2020~", "2020-01-01T00:00:00Z", ""),
        ("date: 2020-09-09\nupdated: 2020-10-01", "2020-10-01T00:00:00Z", "2020-09-09T00:00:00Z"),
        ("corrections: [{date: 2021-01-05, note: x}]", "2021-01-05T00:00:00Z", "2020-09-09T00:00:00Z"),
        ("updated: 2019-01-01", "2020-09-09T00:00:00Z", "2020-09-09T00:00:00Z"),
        ("status: withdrawn\nwithdrawn: {date: 2022-02-02}", "2022-02-02T00:00:00Z", "2020-09-09T00:00:00Z"),
    ],
)
def test_dates_come_from_the_content(front: str, updated: str, published: str) -> None:
    """What changed last dates an entry, and its own day publishes it where one is known."""
    item = json.loads(written(site_of(brief(front)))["feeds/briefs.json"])["items"][0]
    assert item["date_modified"] == updated
    assert item.get("date_published", "") == published


@pytest.mark.parametrize("date", ["XXXX-09-14", "~", "not a date"])
def test_an_undated_brief_is_in_no_feed(date: str) -> None:
    """A feed wants a moment, and none is invented."""
    assert written(site_of(brief(f"date: {date}"))) == {}


def test_the_newest_change_comes_first_and_feeds_end() -> None:
    """A correction brings an old brief to the top, and a feed has no more entries than it may."""
    briefs = [brief(f"title: B{day}\ndate: 2020-01-{day:02}") for day in range(1, 29)]
    briefs[0] = brief("title: Old\ndate: 2019-01-01\ncorrections: [{date: 2021-01-01, note: Names mended.}]")
    files = written(site_of(*briefs, feed_size=5))
    items = json.loads(files["feeds/briefs.json"])["items"]
    assert [item["title"] for item in items] == ["Old", "B28", "B27", "B26", "B25"]
    assert "1 January 2021: Names mended." in items[0]["content_html"]
    parsed = feedparser.parse(files["feeds/briefs.xml"])
    assert [entry.title for entry in parsed.entries] == [item["title"] for item in items]
    assert parsed.feed.updated == "2021-01-01T00:00:00Z"


def test_a_withdrawn_brief_says_only_that() -> None:
    """Readers who hold the text learn that it was withdrawn; nothing of text, summary or subjects is told again."""
    front = "status: withdrawn\nwithdrawn: {date: 2022-02-02, reason: Mistaken.}\nsummary: Lamps out\nsubjects: [lamps]"
    files = written(site_of(brief(front, "Ada Kell saw a unique heron.\n"), brief()))
    withdrawn = json.loads(files["feeds/briefs.json"])["items"][0]
    assert withdrawn["title"] == "Withdrawn: Boats"
    assert "This brief has been withdrawn on 2 February 2022." in withdrawn["content_html"]
    assert "Mistaken." in withdrawn["content_html"]
    for content in files.values():
        assert b"heron" not in content
        assert b"amps" not in content
    assert len(json.loads(files["feeds/people/ada-kell.json"])["items"]) == 1


def test_a_withdrawn_brief_has_no_authors_in_feeds() -> None:
    """Of a withdrawn brief feeds tell what its page shows: title, institute, day and reason."""
    front = (
        "title: Boats\nauthors: [Ольга Ренн]\npublisher: Halvern Institute\nrights: CC BY 4.0\nstatus: withdrawn\n"
        "withdrawn: {date: 2022-02-02, reason: Mistaken.}\ncorrections: [{note: Ренн asked for it.}]"
    )
    made = site_of(brief(front))
    files = written(made)
    assert all("Ренн".encode() not in content and b"CC BY" not in content for content in files.values())
    (entry,) = json.loads(files["feeds/briefs.json"])["items"]
    assert entry["authors"] == [{"name": "Halvern Institute"}]


def test_a_draft_is_in_no_feed() -> None:
    """What is shown to its writer alone is told to nobody."""
    files = written(site_of(brief("title: Draft\nstatus: draft"), brief()))
    assert all(b"Draft" not in content for content in files.values())


HOSTILE = [
    'title: "a\\x0bb\\u0000\\uFFFE"',
    "title: ']]><script>alert(1)</script>'",
    "summary: '<img src=x onerror=alert(1)> &amp; & ]]>'",
    "authors: ['<b>A</b>', '\"']",
    "publisher: '\"><script>alert(1)</script>'",
    "subjects: ['\" onload=\"x', '<i>']",
    "language: 'en\" x=\"y'",
    "rights: '</entry></feed>'",
    "corrections: [{date: 2021-01-01, note: '</li><script>x</script>'}]",
]


@pytest.mark.parametrize("front", HOSTILE)
def test_hostile_text_ends_no_feed(front: str) -> None:
    """Whatever a field holds, the feeds stay valid and no script gets into what readers see."""
    files = written(site_of(brief(front), brief("title: Other")))
    require_valid(files)
    for item in json.loads(files["feeds/briefs.json"])["items"]:
        assert "<script" not in item["content_html"]
        assert "<img" not in item["content_html"]
    parsed = feedparser.parse(files["feeds/briefs.xml"], sanitize_html=False)
    assert all("<script" not in entry.content[0].value for entry in parsed.entries)
    assert len(parsed.entries) == 2


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_a_valid_feed(title: str, summary: str) -> None:
    """Any text that a file can hold, in any field, gives feeds that parse to the same entry in both formats."""
    words = {"title": title, "summary": summary, "publisher": title}
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in words.items())
    files = written(site_of(brief(front)))
    require_valid(files)
    atom = ET.fromstring(files["feeds/briefs.xml"]).find(f"{ATOM}entry")  # noqa: S314 - our own writing
    item = json.loads(files["feeds/briefs.json"])["items"][0]
    assert atom.findtext(f"{ATOM}title") == item["title"]
    assert atom.findtext(f"{ATOM}content") == item["content_html"]


def test_ids_outlive_changes() -> None:
    """Another title, date or text leaves the id of an entry as it was: it is the brief's address."""
    first = json.loads(written(site_of(brief()))["feeds/briefs.json"])["items"][0]
    second = json.loads(written(site_of(brief("title: New\ndate: 2021-01-01")))["feeds/briefs.json"])["items"][0]
    assert first["id"] == second["id"]
    assert first["title"] != second["title"]


def test_without_an_address_there_are_no_feeds() -> None:
    """A feed of relative addresses would be valid nowhere."""
    assert written(site_of(brief(), site_url="")) == {}
    assert written(site_of(brief(), feed_size=0)) == {}


def test_a_page_names_its_feed() -> None:
    """The head of a page leads to the feeds about it, by relative addresses, and the list of briefs to the site's."""
    site = site_of(brief(), name='R "x"')
    assert 'href="../../feeds/people/ada-kell.xml"' in feed_links(site, "people/ada-kell.md")
    assert 'title="Ada Kell – R &quot;x&quot;"' in feed_links(site, "people/ada-kell.md")
    assert 'href="../feeds/briefs.json"' in feed_links(site, "briefs/index.md")
    assert not feed_links(site, "briefs/2020/brief-0.md")


def test_moments_are_compared_across_zones() -> None:
    """A brief of an earlier clock time in a later zone is the newer one."""
    site = site_of(brief("title: East\ndate: 2020-09-09T10:00:00+10:00"), brief("title: West\ndate: 2020-09-09T01:00Z"))
    items = json.loads(written(site)["feeds/briefs.json"])["items"]
    assert [item["title"] for item in items] == ["West", "East"]
    stamps = [datetime.fromisoformat(item["date_modified"]) for item in items]
    assert stamps == sorted(stamps, reverse=True)
