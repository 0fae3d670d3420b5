"""Front matter: scalars are text, and nothing in it can do harm."""

from __future__ import annotations

import pytest

from regesta.model.briefs import read_brief, read_document
from regesta.model.entities import read_entity
from regesta.model.front_matter import SIZE_LIMIT, ProblemKind, read_front_matter


@pytest.mark.parametrize(
    ("yaml", "fields"),
    [
        ("language: no", {"language": "no"}),
        ("viaf: 0123", {"viaf": "0123"}),
        ("date: 2020-02-30", {"date": "2020-02-30"}),
        (
            "number: 1_000\nopen: true\nnone: ~\nsize: 1e3",
            {"number": "1_000", "open": "true", "none": "~", "size": "1e3"},
        ),
        ("authors: [A, B]", {"authors": ("A", "B")}),
        ("same_as: {wikidata: Q1}", {"same_as": {"wikidata": "Q1"}}),
        ("title: !!python/object/apply:os.system [id]", {}),
        ("", {}),
        ("# nothing", {}),
        ("title: |\n  two\n  lines", {"title": "two\nlines\n"}),
    ],
)
def test_scalars_are_text(yaml, fields):
    """YAML decides nothing: Norwegian stays a language and a number keeps its zero."""
    read = read_front_matter(f"---\n{yaml}\n---\nx").fields
    assert read == fields or "python/object" in yaml


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Belarus: a crisis", "Belarus: a crisis"),
        ("title: [Draft] Water", "[Draft] Water"),
        ("title: @home", "@home"),
        ("title: `code`", "`code`"),
        ('title: "Water" and wine', '"Water" and wine'),
        ("title: It's: 'so'", "It's: 'so'"),
        ("title: *starred*", "*starred*"),
        ("title: %x", "%x"),
        ("title: [Draft]", "[Draft]"),
        ("summary: {a}", "{a}"),
        ("title: Лукашенко: кризис", "Лукашенко: кризис"),
    ],
)
def test_a_title_that_yaml_refuses_is_taken_literally(line, value):
    """The author's words count; the fix puts them in quotes and reads the same."""
    text = f"---\nname: é\n{line}\ndate: 2020\n---\nx"
    front = read_front_matter(text)
    key = line.partition(":")[0]
    assert front.fields[key] == value
    assert front.fields["date"] == "2020"
    (problem,) = front.problems
    assert problem.kind is ProblemKind.LITERAL
    source = text.encode()
    assert source[problem.span.start : problem.span.end].decode() == value
    mended = source[: problem.span.start] + problem.replacement.encode() + source[problem.span.end :]
    again = read_front_matter(mended.decode())
    assert again.fields == front.fields
    assert not again.problems
    span = front.spans["date"]
    assert source[span.start : span.end] == b"2020"


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("a: &x 1\nb: *x", "aliases"),
        ("a: [&x [1]]", "aliases"),
        ("a: " + "[" * 60_000, "nests deeper"),
        ("a: " + "{b: " * 15_000, "nests deeper"),
        ("a: x\n" * 20_000, "longer than 64 KB"),
        ("a: " + "я" * (SIZE_LIMIT // 2 + 1), "longer than 64 KB"),
        ("- a\n- b", "not a list of fields"),
        ("just text", "not a list of fields"),
        ("a: b\n? [x]\n: y", "must be text"),
        ("a: [", "cannot be read"),
        ("a: 'x", "cannot be read"),
        ("\ta: x", "cannot be read"),
    ],
)
def test_what_is_refused(yaml, words):
    """What is too deep, too long or not fields gives no fields and says why; the text below is read all the same."""
    front = read_front_matter(f"---\n{yaml}\n---\nbody")
    assert front.fields == {}
    (problem,) = front.problems
    assert problem.kind is (ProblemKind.UNREADABLE if words == "cannot be read" else ProblemKind.REFUSED)
    assert words in problem.detail
    assert front.body_start == len(f"---\n{yaml}\n---\n".encode())


def test_64_kb_are_read():
    """The limit is far above what any brief needs, and exact."""
    value = "x" * (SIZE_LIMIT - len("\na: \n"))
    assert read_front_matter(f"---\na: {value}\n---\n").fields == {"a": value}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("---\na: x\n---\n---\nb: y\n---\n", {"a": "x"}),
        ("---   \na: x\n---\t\n", {"a": "x"}),
        ("---\r\na: x\r\n---\r\nbody", {"a": "x"}),
        ("\n---\na: x\n---\n", {"a": "x"}),
        ("\n \r\n---\na: x\n...\n", {"a": "x"}),
        ("\n---\ntext\n\n---\n", {}),
        ("---\n\ntext, e.g. a rule above and below\n\n---\n", {}),
        (" ---\na: x\n---\n", {}),
        ("--\na: x\n--\n", {}),
        ("---\u00a0\nbody\n\n---\na: x\n---\n", {}),
        ("text\n---\na: x\n---\n", {}),
    ],
)
def test_where_front_matter_stands(text, fields):
    """Between two lines of `---` at the top, blank lines apart, and nowhere else; rules across the page are none."""
    assert read_front_matter(text).fields == fields


def test_toml_is_passed_over():
    """It is no text, and the one problem says what it is."""
    front = read_front_matter("+++\ntitle = 'x'\n+++\nbody\n")
    assert (front.fields, front.body_start) == ({}, len("+++\ntitle = 'x'\n+++\n"))
    assert [problem.detail for problem in front.problems] == ["It is TOML; only YAML between '---' is read."]


def test_the_first_of_two_fields_counts():
    """A repeated field is a problem at the place of the second."""
    front = read_front_matter("---\na: x\na: y\n---\n")
    assert front.fields == {"a": "x"}
    assert [(problem.kind, problem.span) for problem in front.problems] == [(ProblemKind.DUPLICATE, (9, 10))]


def test_a_byte_order_mark_is_not_part_of_the_text():
    """It would hide the front matter, and the first heading."""
    document = read_document("briefs/a.md", b"\xef\xbb\xbf---\ntitle: Water\n---\n# H\n")
    assert read_brief(document).title == "Water"
    assert document.body.headings[0].text == "H"


def test_control_characters_become_spaces():
    """One escape character in a title would end a feed; places stay where they are."""
    document = read_document("briefs/a.md", b"---\ntitle: A\x1b[2JB\n---\nx\x00y\xef\xbf\xbe")
    assert read_brief(document).title == "A [2JB"
    assert document.cleaned.unwanted == (12, 23, 25)


def test_an_unknown_status_is_not_published():
    """It may be a mistyped `withdrawn`."""
    assert read_brief(read_document("briefs/a.md", b"---\nstatus: witdrawn\n---\n")).status == "draft"


def test_wrong_types_are_left_out():
    """Nothing that front matter can hold makes reading raise."""
    for value in ("x", "[x]", "{x: y}", "[[x]]", "[{x: [y]}]", "''", "{x: {y: z}}"):
        fields = "\n".join(
            f"{name}: {value}" for name in ("title", "date", "authors", "entities", "withdrawn", "corrections")
        )
        read_brief(read_document("briefs/a.md", f"---\n{fields}\n---\n".encode()))
        fields = "\n".join(
            f"{name}: {value}" for name in ("name", "type", "also", "variants", "same_as", "not_in", "part_of")
        )
        read_entity(read_document("entities/a.md", f"---\n{fields}\n---\n".encode()))
