"""Links by label: what is not defined, what is defined in vain, and what only looks like either."""

from __future__ import annotations

import pytest

from regesta.checking.checks import check_document
from regesta.checking.texts import Context
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.findings import Severity
from regesta.model.mentions import Names

CODES = {"U120", "U121"}


def found(text: str) -> list[tuple[str, str]]:
    """Give rule and label of each finding on a page."""
    findings = check_document(read_document("a.md", text.encode()), None, Context())
    return [(one.rule, one.subject) for one in findings if one.rule in CODES]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The [Harbour Act][act] was passed.", ["act"]),
        ("The [Harbour Act][] was passed.", ["Harbour Act"]),
        ("[a][one], [b][two] and [c][one]", ["one", "two", "one"]),
        ("![The map][map]", ["map"]),
        ("[**bold** words][label] and [*soft*][l2]", ["label", "l2"]),
        ("[`code`][label]", ["label"]),
        ("[text][1] and [2019][annual report]", ["1", "annual report"]),
        ("[two\nlines][the\nlabel]", ["the label"]),
        ("[закон о порте][закон], [Hafengesetz][gesetz], [ustawa][]", ["закон", "gesetz", "ustawa"]),
        ("参见[港口法][法]。见[条例][]。", ["法", "条例"]),
        ("| a |\n|---|\n| [x][missing] |", ["missing"]),
        ("x[^1]\n\n[^1]: See [the report][rep].", ["rep"]),
        ("## On [that][it]\n\n- [this][that]\n\n> [quoted][other]", ["it", "that", "other"]),
        ("<div>[the act][act]</div>", ["act"]),
        ("Text <b>[bold][one]</b>", ["one"]),
        ("[https://a.example/x][act]", ["act"]),
        ("([in brackets][act]), “[quoted][act2]”", ["act", "act2"]),
        ("[see][Act]\n\n[Acts]: https://a.example/", ["Act"]),
    ],
)
def test_an_undefined_reference_is_reported(text: str, labels: list[str]) -> None:
    """Each by itself, wherever it stands."""
    assert [label for rule, label in found(text) if rule == "U120"] == labels


@pytest.mark.parametrize(
    "text",
    [
        "[text] and [sic] and [...] and [ ] and []",
        "- [ ] to do\n- [x] done\n- [X][ ] half",
        "as others say [1][2], [3], [4, 5][6], [1]–[3]",
        "x[^1][^2] and [a][^1]\n\n[^1]: b\n[^2]: c",
        "`[a][b]` and ``[c][]``\n\n```\n[a][b]\n```\n\n    [a][b]\n",
        "«[…][ред.]», [sic][!], [☞][see], [—][omitted], [?][…]",
        "arr[i][j], f(x)[a][b], x][y][z], int[][], List[T][], m['a']['b']",
        "[[Wiki page]][x] and [[page|words]]",
        r"\[a][b] and [a\][b] and \[a\]\[b\] and [a]\[b]",
        "$[a][b]$ and $$x = [a][b]$$",
        "a pattern [a-z][0-9]+ and [^a-z][A-Z_]",
        "[text] [label] apart, [text]: and [label]",
        "[words](https://a.example/)[more] and [a][words](https://a.example/)",
        "[a][r] [R][] [r] [two  words][the\nlabel]\n\n[r]: https://a.example/\n[The Label]: https://b.example/",
        "![a][r]\n\n[r]: b.png",
        "<https://a.example/?x[a][b]=1> https://a.example/?x[a][b]=1 [c](https://a.example/?x[a][b]=1)",
        "<script>x[a][b]</script> <!-- [a][b] --> <code title='[a][b]'>x</code>",
        "{{ page[a][b] }} and {% if page[a][b] %}",
    ],
)
def test_other_brackets_are_left_alone(text: str) -> None:
    """Plain brackets, notes, code, formulas, indexes and what is defined are no finding."""
    assert [label for rule, label in found(text) if rule == "U120"] == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("x\n\n[act]: https://a.example/", ["act"]),
        (
            "[a][r]\n\n[r]: https://a.example/\n[q]: https://b.example/ 'title'\n[Q z]: <https://c.example>",
            ["q", "Q z"],
        ),
        ("x[^1]\n\n[^1]: y\n\n    [r]: https://a.example/", ["r"]),
        ("[акт][А]\n\n[а]: https://a.example/\n[б]: https://b.example/", ["б"]),
        ("[a][r] [b][] [c] ![d][e] [two\nwords]\n\n" + "".join(f"[{x}]: https://a.example/\n" for x in "rbce"), []),
        ("[two\nwords]\n\n[Two  Words]: https://a.example/", []),
        ("[//]: # (a remark)\n[comment]: # (another)\n\n[//]: <> (a third)", []),
        ("`[r]: https://a.example/`\n\n```\n[r]: https://a.example/\n```", []),
        ("<div markdown>[a][r]</div>\n\n[r]: https://a.example/", []),
        ("[^1]: https://a.example/\n\nx[^1]", []),
    ],
)
def test_an_unused_definition_is_mentioned(text: str, labels: list[str]) -> None:
    """What nothing uses is shown nowhere; a remark and a note are no definition."""
    assert [label for rule, label in found(text) if rule == "U121"] == labels


def test_a_remark_is_no_empty_link() -> None:
    """`[//]: # (…)` is how people hide remarks, and no link that lost its address."""
    document = read_document("a.md", b"[//]: # (a remark)\n\n[a][r]\n\n[r]: #\n")
    findings = check_document(document, None, Context())
    assert [(one.rule, one.place.line) for one in findings if one.rule == "U109"] == [("U109", 5)]


def test_the_way_out() -> None:
    """A mistyped label is named, and a definition that Markdown takes for text."""
    findings = check_document(read_document("a.md", b"[a][actt]\n\n[act]: https://a.example/\n"), None, Context())
    assert "Is '[act]' meant?" in findings[0].hint
    findings = check_document(read_document("a.md", b"- [a][act]\n[act]: https://a.example/\n"), None, Context())
    assert "blank line above line 2" in findings[0].hint


@pytest.mark.parametrize(("field", "severity"), [("", Severity.ERROR), ("markdown: mkdocs\n", Severity.WARNING)])
def test_severity(field: str, severity: Severity) -> None:
    """In a brief the reader sees brackets; where other extensions write, these may know the label."""
    source = f"---\ntitle: A\ndate: 2024-01-01\n{field}---\n\nThe [act][a].\n"
    document = read_document("briefs/2024/a.md", source.encode())
    findings = check_document(document, read_entry(document, Names([])), Context())
    (finding,) = [one for one in findings if one.rule == "U120"]
    assert finding.severity is severity
    assert (finding.place.line, finding.place.column, finding.raw) == (source.count("\n"), 5, "[act][a]")
