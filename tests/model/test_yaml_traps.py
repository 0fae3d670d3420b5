"""What YAML cuts, refuses or reads as something else is taken as its author wrote it, in every field of text."""

from __future__ import annotations

import pytest

from regesta.model.briefs import read_brief, read_document
from regesta.model.entities import read_entity
from regesta.model.front_matter import ProblemKind, read_front_matter
from regesta.model.sources import read_source_record

AS_WRITTEN = [
    ("title: Policy brief #2", "title", "Policy brief #2"),
    ("title: Брифінг #12: вода", "title", "Брифінг #12: вода"),
    ("title: C#/F# #dotnet", "title", "C#/F# #dotnet"),
    ("title: Report #3 of 4 # no", "title", "Report #3 of 4 # no"),
    ("title: no", "title", "no"),
    ("title: on", "title", "on"),
    ("title: 2024-01-01", "title", "2024-01-01"),
    ("title: 1_000", "title", "1_000"),
    ("title: 0x1F", "title", "0x1F"),
    ("title: 0o17", "title", "0o17"),
    ("title: 12:30", "title", "12:30"),
    ("title: ~", "title", "~"),
    ("title: A --- B", "title", "A --- B"),
    ("title: !important words", "title", "!important words"),
    ("title: &c Wasser", "title", "&c Wasser"),
    ("title: *a", "title", "*a"),
    ('title: "Policy" #2', "title", '"Policy" #2'),
    ('title: "never closed', "title", '"never closed'),
    ("title: 'Policy #2'", "title", "Policy #2"),
    ("title: 第#7号 #8", "title", "第#7号 #8"),
    ("series: River Letters #7", "series", "River Letters #7"),
    ("series: Listy: rzeka", "series", "Listy: rzeka"),
    ("series: @river", "series", "@river"),
    ("publisher: Radio #1", "publisher", "Radio #1"),
    ("publisher: Інститут: вода", "publisher", "Інститут: вода"),
    ("publisher: %x", "publisher", "%x"),
    ("number: #7", "number", ""),
    ("number: No. #7", "number", "No. #7"),
    ("rights: `CC`", "rights", "`CC`"),
    ("subjects: [water, topic #2, rivers]", "subjects", ("water", "topic #2", "rivers")),
    ("subjects: [Wasser: Recht, b]", "subjects", ("Wasser: Recht", "b")),
    ("subjects:\n  - Water: rights\n  - river #2", "subjects", ("Water: rights", "river #2")),
    ("subjects:\n\t- вода\n\t- річка", "subjects", ("вода", "річка")),
    ("subjects: topic #2", "subjects", ("topic #2",)),
    ("authors: Dalia Renn #1", "authors", ("Dalia Renn #1",)),
    ("authors:\n- @renn\n- *kell", "authors", ("@renn", "*kell")),
    ("authors: ['Renn, D.', Kell #2]", "authors", ("Renn, D.", "Kell #2")),
]


@pytest.mark.parametrize(("line", "field", "value"), AS_WRITTEN)
def test_a_text_is_taken_as_written(line, field, value):
    """Nothing is cut or lost, the fields after it are read, and the fix reads the same without a trap."""
    source = f"---\n{line}\ndate: 2020-09-09\nlanguage: no # a comment\n---\nx"
    brief = read_brief(read_document("briefs/a.md", source.encode()))
    assert getattr(brief, field) == value
    assert (brief.date.text, brief.language) == ("2020-09-09", "no")
    front = read_front_matter(source)
    mended = source.encode()
    for problem in reversed(front.problems):
        assert problem.kind is ProblemKind.LITERAL
        mended = mended[: problem.span.start] + problem.replacement.encode() + mended[problem.span.end :]
    again = read_front_matter(mended.decode())
    assert (again.fields, again.problems) == (front.fields, ())


@pytest.mark.parametrize(
    ("line", "read"),
    [("title: Water # not final", "Water"), ("series: Вода #", "Вода"), ("publisher: Radio #\tone", "Radio")],
)
def test_a_comment_behind_a_text_is_told(line, read):
    """A hash with a blank behind it begins a comment, which may have been meant as text: that is said."""
    front = read_front_matter(f"---\n{line}\n---\n")
    assert front.fields[line.partition(":")[0]] == read
    (problem,) = front.problems
    assert problem.kind is ProblemKind.COMMENT
    assert repr(read) in problem.detail


@pytest.mark.parametrize(
    "yaml",
    [
        "status: draft # until May",
        "date: 2020-09-09 #x",
        "summary: |\n  Note: a #1\n  - b: #2\nlanguage: en",
        "authors:\n  - name: Dalia Renn\n    email: x",
        "corrections: [{date: 2024-03-16, note: The figure was wrong.}]",
        "withdrawn: {date: 2024-04-01, reason: The interview was invented.}",
        "title: >-\n  two\n  lines #2\n",
        "title: 'It''s #2'",
        "# title: x #2",
    ],
)
def test_what_is_no_trap_stays(yaml):
    """Comments, block texts, mappings and quoted texts are read as YAML has them."""
    assert read_front_matter(f"---\n{yaml}\n---\n").problems == ()


def test_names_of_records_are_taken_as_written():
    """Entities and sources have their names whole, the variants too."""
    text = "---\nname: Radio #1\ntype: organisation\nvariants:\n  - R #1\n  - {name: Радіо, kind: native}\n---\n"
    entity = read_entity(read_document("entities/radio.md", text.encode()))
    assert (entity.name, [variant.name for variant in entity.variants]) == ("Radio #1", ["R #1", "Радіо"])
    assert read_source_record("radio", "name: Radio #1\nhosts: [radio.example]").name == "Radio #1"
