"""Reading and checking take time in proportion to the text, however it is made to hurt."""

from __future__ import annotations

import pytest
from tests.timing import cpu_seconds

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.model.sentences import LONGEST_SENTENCE
from regesta.model.sources import SourceRecord, Sources
from regesta.model.urls import Url

RECORD = b"---\nname: Ada Kell\ntype: person\nvariants: [Kell, Kel*]\nnot_in: [Kell Street]\n---\n"
ADA = read_entity(read_document("entities/ada-kell.md", RECORD))
OTHER = read_entity(
    read_document("entities/joran-kell.md", b"---\nname: Joran Kell\ntype: person\nvariants: [Kell]\n---\n")
)
NAMES = Names([ADA, OTHER])
CONTEXT = Context(entities={"ada-kell": ADA, "joran-kell": OTHER}, paths=frozenset({"briefs/a.md"}))
QUADRATIC = 3.4
"""Doubling the text doubles the time of a linear reading and takes four times that of a quadratic one."""

SHAPES = {
    "notes": lambda n: "".join(f"x[^{i}] " for i in range(n)) + "\n\n" + "".join(f"[^{i}]: y\n" for i in range(n)),
    "one note defined over and over": lambda n: "x[^1]\n\n" + "[^1]: y\n" * n,
    "undefined notes": lambda n: "x[^q] " * n,
    "notes in the words of links": lambda n: "[see [^1] here](http://a.example) " * n + "\n\n[^1]: x",
    "links in one line": lambda n: "[a](http://a.example/x) Kell " * n,
    "bare links in one line": lambda n: "see http://a.example/x, " * n,
    "bare links among Cyrillic": lambda n: "См. http://a.example/x, " * n,
    "sources in one note": lambda n: "x[^1]\n\n[^1]: " + "http://a.example/x; " * n,
    "defanged links": lambda n: "see a[.]example " * n,
    "links in HTML": lambda n: "<div>\n" + "[^1] <a href='http://a.example'>x</a> http://b.example \n" * n + "</div>",
    "unclosed attributes": lambda n: "<div>\n" + "<a b=\"'>" * n,
    "unclosed comments": lambda n: "<div>\n" + "<!--" * n,
    "unclosed scripts": lambda n: "<div>\n" + "<script>" * n,
    "definitions": lambda n: "".join(f"[r{i}]: http://a.example/{i}\n" for i in range(n)) + "\n" + "[x][r1] " * n,
    "one definition over and over": lambda n: "[r]: http://a.example/\n" * n,
    "opening brackets": lambda n: "[\n" * n,
    "references that are not defined": lambda n: "[a][b] " * n + "[r0]: x\n",
    "brackets in brackets": lambda n: "[a" * n + "][b]" * n,
    "definitions that nothing uses": lambda n: "".join(f"[r{i}]: http://a.example/{i}\n" for i in range(n)),
    "addresses in the paths of others": lambda n: "<https://a.example/" + "news/https://b.example/" * n + ">",
    "defanged in the paths of others": lambda n: "https://a.example/" + "hxxps://b[.]example/" * n,
    "garbled addresses": lambda n: "https://a.example/caf\u00c3\u00a9\ufffd%C3%83%C2%A9 " * n,
    "cut addresses": lambda n: "https://a.example/_b_/c " * n,
    "names in addresses": lambda n: "https://a.example/Kell Kell.example/Kell " * n,
    "closing brackets": lambda n: "http://a.example/" + ")" * n,
    "slashes behind a bracket": lambda n: "http://[" + "/" * n * 4,
    "hyphens": lambda n: "a-" * n * 4 + "[.]",
    "dots": lambda n: "." * n * 4 + " x Kell",
    "semicolons": lambda n: "x[^1]\n\n[^1]: " + ";" * n * 4,
    "names": lambda n: "Ada Kell, Kell Street, " * n,
    "names in code": lambda n: "`x` Kell *Ada* " * n,
    "one long line": lambda n: "é" * n * 20 + " [^q] " * (n // 10),
    "control characters": lambda n: "\x01" * n * 4,
    "dates": lambda n: "9, 10 and 11 September 2020 – 5.05.2020 " * n,
    "days without a year": lambda n: "On 9 September and May 3. " * n,
    "lists of days": lambda n: "1, " * n * 4 + "May 3, " + "4, " * n * 4,
    "ranges of dates": lambda n: "between 9 May and 10 June, " * n + "11 July 2023. from 1 May to 2 May " * n,
    "days, weekdays and years": lambda n: "on 9 May, on Monday, 10 May (2023), In 1066 44 BC " * n,
    "torn addresses": lambda n: "see https: //a.example/x https://a .example/x " * n,
    "torn addresses that are none": lambda n: "https://a " * n + "https://" + "a." * n + " https://" + "a-" * n,
    "addresses wrapped over and over": lambda n: "https://a.example/ b.html\n" * n,
    "schemes in one word": lambda n: "a+" * n * 4 + "x" * n * 4 + "http://",
    "templates in addresses": lambda n: "http://" + "{{ a }}" * n + "{{" * n,
    "addresses in brackets that are never closed": lambda n: "[a](http://a b " * n + "<http://a b " * n,
    "brackets in brackets in an address": lambda n: "[a](http://a b" + "(" * n * 4,
    "anchors that are never closed": lambda n: "<div>\n" + "<a href='b'>c http://a.example/ " * n + "</a></div>",
    "inline anchors": lambda n: "<a href='b'>http://a.example/</a> http://b.example/ " * n,
    "candidates of one image": lambda n: "<div><img srcset='" + "http://a.example/b 1x, " * n + "'></div>",
    "addresses below what is too deep": lambda n: "> " * 120 + "x\n\n" + "http://a.example/ " * n,
    "addresses in front matter": lambda n: "---\na: [" + "http://a.example/," * min(n, 3000) + "]\n---\n",
    "front matter that is never closed": lambda n: "---\n" + "a: x\n" * n,
    "toml that is never closed": lambda n: "+++\n" + "a = 1\n" * n,
    "blank lines": lambda n: " \n" * n * 4 + "---\n",
    "front matter": lambda n: "---\n" + "title: a: b\n" * (n // 4) + "---\nx",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_takes_twice_the_time(shape):
    """No text makes reading, matching and checking quadratic."""
    small, large = SHAPES[shape](3000).encode(), SHAPES[shape](6000).encode()
    for _ in range(4):  # a busy machine: one good measurement of several is enough
        ratio = seconds(large) / max(seconds(small), 0.002)
        if ratio < QUADRATIC:
            return
    pytest.fail(f"{ratio:.1f} times the time for twice the text")


def seconds(source):
    """Measure the CPU time of one file."""

    def read():
        document = read_document("briefs/a.md", source)
        check_document(document, read_entry(document, NAMES), CONTEXT)

    return cpu_seconds(read)


def nested(number):
    """Make a record of names within names: `a`, `a a`, `a a a` and so on."""
    variants = "".join(f"- {' '.join('a' * size)}\n" for size in range(1, number))
    return read_entity(
        read_document("entities/k.md", f"---\nname: K\ntype: person\nvariants:\n{variants}---\n".encode())
    )


def search_nested(words):
    """Look for names within names in a text of so many words."""
    Names([nested(90)]).search("a " * words)


def place_channels(number):
    """Find the source of each of so many channels of one host."""
    paths = tuple(f"video.example/c{at}" for at in range(number))
    sources = Sources([SourceRecord("chan", "Chan", (), paths)])
    for path in paths:
        sources.of(Url(f"https://{path}/x"))


def list_days(number):
    """List the sentences that speak of a day, of which one sentence speaks over and over."""
    source = ("---\ntitle: T\n---\n" + "9–12 May 2023, " * number).encode()
    entry = read_entry(read_document("briefs/a.md", source), NAMES)
    assert len(Archive.of([entry], []).spoken_by_day[2023, 5, 10]) <= len(source) // LONGEST_SENTENCE * 2 + 2


@pytest.mark.parametrize("work", [search_nested, place_channels, list_days])
def test_twice_of_it_takes_twice_the_time(work):
    """Nothing that a brief or a record may hold thousands of is looked at once for each other."""
    for _ in range(4):
        ratio = cpu_seconds(lambda: work(4000)) / max(cpu_seconds(lambda: work(2000)), 0.002)
        if ratio < QUADRATIC:
            return
    pytest.fail(f"{ratio:.1f} times the time for twice as much")


def test_names_within_names_give_a_few_candidates_each():
    """Of a hundred names that begin at one character the longest are kept, so that memory is bounded."""
    found = Names([nested(90)]).search("a " * 3000)
    assert len(found) <= 3000 * 8
    assert max(end - start for start, end, _ in found) == 89 * 2 - 1


@pytest.mark.parametrize("at", [3990, 3995, 4000, 4005])
def test_a_name_across_the_edge_of_what_is_searched_at_once_is_found(at):
    """Long texts are searched piece by piece, and no name is cut."""
    found = NAMES.search("x" * at + " Ada Kell " + "y" * 9000 + " Ada Kell")
    assert {(start, end) for start, end, _ in found if end - start == 8} == {(at + 1, at + 9), (at + 9011, at + 9019)}
