"""What stands in a brief does no harm in any format."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporting.link_reports import a_hostile_link_report, a_link_report
from tests.reporting.reports import HOSTILE, a_hostile_report, a_whole_report

from regesta.model.wording import parts
from regesta.reporting.formats import FORMATS, LINK_FORMATS

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
COMMAND = re.compile(r"::(\w+)( [^:]*)?::")
GFM = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_FOOTNOTES
TAGS = frozenset(
    "html head meta title style body a header h1 p b main nav h2 details summary span code ul li section table thead "
    "tr th tbody td h3 ol div blockquote mark footer".split()
)
ATTRIBUTES = frozenset("lang charset name content http-equiv href class id aria-labelledby scope tabindex rel".split())


class Page(HTMLParser):
    """Collects the elements, attributes and links of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links, self.others = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src", "action", "style"}]

    def handle_comment(self, data):
        """Note a comment."""
        self.others.append(data)


def events_of(markdown):
    """Give the kinds of events that a Markdown parser sees."""
    found = set()
    for event in pyromark.events(markdown, options=GFM):
        found.add(event if isinstance(event, str) else next(iter(event)))
        if isinstance(event, dict) and "Start" in event:
            start = event["Start"]
            found.add(start if isinstance(start, str) else next(iter(start)))
    return found


CHECK, RECORD = (FORMATS, a_hostile_report), (LINK_FORMATS, a_hostile_link_report)
"""How the check and the record are written, and a report of each that is full of one text."""


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in (CHECK, RECORD) for name in kind[0]], ids=lambda part: str(part)[:9]
)
@given(text=st.text() | st.sampled_from(HOSTILE))
def test_no_line_is_a_command(kind, name, text):
    """No format holds unseen characters, and the only commands to a CI service are our own annotations."""
    formats, hostile = kind
    for line in formats[name](hostile(text)).split("\n"):
        assert not UNSEEN.search(line)
        assert not re.search(r"##\w*\[", line)
        if line.lstrip().startswith("::"):
            assert name == "github"
            assert COMMAND.match(line)[1] in {"error", "warning"}


@pytest.mark.parametrize("kind", [CHECK, RECORD], ids=["check", "record"])
@given(text=st.text() | st.sampled_from(HOSTILE))
def test_an_annotation_has_our_properties_only(kind, text):
    """A path cannot add a property to an annotation, or end it."""
    formats, hostile = kind
    for line in formats["github"](hostile(text)).split("\n"):
        if line.startswith("::") and "title=Not read" not in line:
            properties = line.split("::")[1].partition(" ")[2].split(",")
            names = [pair.split("=")[0] for pair in properties]
            # What goes over several lines has no columns.
            assert names in (["file", "line", "endLine", *columns, "title"] for columns in (["col", "endColumn"], []))
            assert "%" not in re.sub("%(25|3A|2C|0D|0A)", "", line)


@pytest.mark.parametrize("kind", [CHECK, RECORD], ids=["check", "record"])
@given(text=st.text() | st.sampled_from(HOSTILE))
def test_markdown_quotes_everything_as_code(kind, text):
    """The summary is headings, tables, words and code: no link, image or HTML, and no word that GitHub would link."""
    formats, hostile = kind
    markdown = formats["markdown"](hostile(text))
    kinds = events_of(markdown)
    assert not kinds & {"Link", "Image", "HtmlBlock", "Html", "InlineHtml", "FootnoteReference", "FootnoteDefinition"}
    assert not kinds & {"Emphasis", "Strikethrough", "List", "BlockQuote", "CodeBlock", "Rule"}
    outside = [
        event["Text"] for event in pyromark.events(markdown, options=GFM) if isinstance(event, dict) and "Text" in event
    ]
    assert not re.search(r"@|#\w|GH-\d|://|www\.|\b[0-9a-f]{7,}\b", "".join(outside))
    for line in markdown.split("\n"):
        if line.startswith("| `"):
            assert [len(bar) % 2 for bar in re.findall(r"\\*\|", line)].count(1) == 4
            assert len(re.findall(r"(?<!\\)\|", line)) == 4


@pytest.mark.parametrize("kind", [CHECK, RECORD], ids=["check", "record"])
@given(text=st.text() | st.sampled_from(HOSTILE))
def test_html_holds_our_elements_only(kind, text):
    """The page has the elements and attributes that it should, no address but the edit link's, and no comment."""
    page = Page()
    formats, hostile = kind
    page.feed(formats["html"](hostile(text)))
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert page.others == []
    assert [link for link in page.links if not re.match(r"#[a-z]+(-\d+)?$|https?://", link)] == []


@given(text=st.text() | st.sampled_from(HOSTILE))
def test_xml_and_json_can_be_read(text):
    """JUnit is well-formed XML, SARIF and JSON keep the exact words."""
    ET.fromstring(FORMATS["junit"](a_hostile_report(text)))  # noqa: S314 - our own
    data = json.loads(FORMATS["json"](a_hostile_report(text)))
    assert (data["findings"][0]["raw"], data["findings"][0]["path"]) == (text, text)
    sarif = json.loads(FORMATS["sarif"](a_hostile_report(text)))
    replacement = sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == text


@given(text=st.text() | st.sampled_from(HOSTILE))
def test_the_record_can_be_read(text):
    """JUnit is well-formed, JSON keeps the exact words, and no cell of the table is computed."""
    report = a_hostile_link_report(text)
    ET.fromstring(LINK_FORMATS["junit"](report))  # noqa: S314 - our own
    json.loads(LINK_FORMATS["sarif"](report))
    data = json.loads(LINK_FORMATS["json"](report))
    assert {raw for link in data["links"] for raw in link["raw"]} == {text}
    rows = list(csv.reader(io.StringIO(LINK_FORMATS["csv"](report))))
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if re.match(r"\s*[=+@\t\r-]", cell)] == []


@given(st.text())
def test_the_parts_of_a_message_are_the_message(text):
    """Nothing is lost when the quoted values are told from the words, but their marks."""
    assert sum(len(part) + 2 * quoted for quoted, part in parts(text)) == len(text)


def test_a_report_of_the_record_leads_to_what_is_visited_only():
    """The page leads to live addresses and copies; a defanged address is text there, too."""
    page = Page()
    page.feed(LINK_FORMATS["html"](a_link_report()))
    followed = {link for link in page.links if link.startswith("http") and "code.example" not in link}
    assert "https://web.archive.org/web/20210911000000/https://board.example/copy" in followed
    assert "https://union.example/new" in followed
    text = LINK_FORMATS["html"](a_link_report(changed=(), states=a_link_report().states))
    assert "hxxps://union[.]example/old</code> is not visited" in text


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_defanged_link_is_never_a_link(name):
    """What nobody should click is text in a page and code in a summary, also the address that it means."""
    text = FORMATS[name](a_whole_report())
    if name == "html":
        page = Page()
        page.feed(text)
        assert [link for link in page.links if "board" in link] == []
        assert "hxxps://board[.]example/notice?a=1&amp;b=2" in text
    else:
        assert "`hxxps://board[.]example/notice?a=1&b=2`" in text
        assert "`https://board.example/notice?a=1&b=2`" in text
