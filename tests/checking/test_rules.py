"""The rules, case by case: what each reports, and what it must let pass."""

from __future__ import annotations

from datetime import date

import pytest

from regesta.checking.checks import Checker, check_document
from regesta.checking.settings import read_settings
from regesta.checking.texts import Context
from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.decisions import read_decisions
from regesta.model.entities import read_entity
from regesta.model.mentions import Names

TOP = "---\ntitle: Water\ndate: 2020-09-09\n---\n"
PATHS = frozenset({"briefs/2020/a.md", "briefs/2020/b.md", "briefs/2020/lamp.png", "entities/ada-kell.md", "about.md"})
ADA = "---\nname: Ada Kell\ntype: person\nvariants: [Kell]\n---\n"
JORAN = "---\nname: Joran Kell\ntype: person\nvariants: [Kell, Captain Kell]\n---\n"


def found_in_page(text, rule=""):
    """Give code and source slice of what is found in a file that belongs to no archive."""
    source = text.encode() if isinstance(text, str) else text
    document = read_document("page.md", source)
    findings = check_document(document, None, Context())
    return [(f.rule, slice_of(source, f)) for f in findings if f.rule.startswith(rule)]


def found_in_brief(text, rule="", **context):
    """Give the findings of a brief of an archive with two entities of one surname."""
    checker = Checker(Context(paths=PATHS, **context))
    return [f for f in run(checker, {"briefs/2020/a.md": text}, ADA=ADA, JORAN=JORAN) if f.rule.startswith(rule)]


def run(checker, briefs, **records):
    """Read a small archive through a checker, as `read_archive` does."""
    entities = []
    for name, text in records.items():
        document = read_document(f"entities/{name.lower().replace('_', '-')}-kell.md", text.encode())
        entities.append(read_entity(document))
        checker.on_entity(document, entities[-1])
    names, entries = Names(entities), []
    for path, text in briefs.items():
        document = read_document(path, text.encode(), shown_path=f"src/{path}")
        entries.append(read_entry(document, names))
        checker.on_brief(document, entries[-1])
    return checker.finish(Archive.of(entries, entities))


def slice_of(source, finding):
    """Cut what a finding's place covers out of the source."""
    lines = source.decode().split("\n")
    place = finding.place
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    return "\n".join([lines[place.line - 1][place.column - 1 :], lines[place.end_line - 1][: place.end_column - 1]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[^1]: <https://kodeksy-by(.)com/a>\n\nx[^1]", [("U101", "https://kodeksy-by(.)com/a")]),
        ("See hxxp://example[.]org/a.", [("U101", "hxxp://example[.]org/a")]),
        ("See mirror[.]example.org, again.", [("U101", "mirror[.]example.org")]),
        ("<div>hxxps://example.org/a</div>", [("U101", "hxxps://example.org/a")]),
        ("[a](<https://exa mple.org:port/>)", [("U102", "https://exa mple.org:port/")]),
        ("[a]() [b](#) [c]( ) ![d]()", [("U109", "[a]()"), ("U109", "[b](#)"), ("U109", "[c]( )"), ("U109", "![d]()")]),
        ('<a href="">x</a>', [("U109", "")]),
        # Brackets are not defanging where they belong to a path, a query or the text.
        ("<https://example.org/?q=a(.)b> <https://example.org/a[1].pdf>", []),
        ("<https://https.cio.gov/> [a](#top) [b](../a.md) <mailto:a@example.org>", []),
        ("`hxxps://example[.]org` and array[.] and a[.]", []),
        ("    hxxps://example[.]org/code", []),
    ],
)
def test_links(text, expected):
    """A link is judged by its form, wherever it stands, and code is no link."""
    assert found_in_page(text, "U") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello.[^who]", [("F201", "[^who]")]),
        ("| a[^q] |\n|---|\n| b |", [("F201", "[^q]")]),
        ("> x[^q]\n\n- y[^r]\n", [("F201", "[^q]"), ("F201", "[^r]")]),
        ("é *é*[^q]", [("F201", "[^q]")]),
        ("\\\\[^q]", [("F201", "[^q]")]),
        ("a[^x]b[^x]", [("F201", "[^x]"), ("F201", "[^x]")]),
        # Escaped, in code, an entity, or not a label.
        ("\\[^q] and x \\[^q]", []),
        ("`[^q]`", []),
        ("    [^q]", []),
        ("&#91;^q]", []),
        ("[^a b] [^] [ ^a]", []),
        ("<!-- [^q] -->", []),
    ],
)
def test_undefined_footnotes(text, expected):
    """A note that is not defined is found in plain text, which is all that the parser makes of it."""
    assert found_in_page(text, "F201") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\n\n[^1]: <https://a.example>", [("F202", "[^1]")]),
        ("x[^1]\n\n[^1]: <https://a.example> and[^2]\n\n[^2]: <https://b.example>", []),
        ("x[^Who]\n\n[^who]: <https://a.example>", []),
        ("x[^1]\n\n[^1]: <https://a.example>\n[^1]: <https://b.example>", [("F203", "[^1]")]),
        ("x[^a]\n\n[^a]: <https://a.example>\n[^A]: <https://b.example>", [("F203", "[^A]")]),
        ("x[^1][^4]\n\n[^1]: <https://a.example>\n[^4]: <https://b.example>", [("F204", "[^4]")]),
        ("x[^2]\n\n[^2]: <https://a.example>", [("F204", "[^2]")]),
        ("x[^20200909] [^a]\n\n[^20200909]: <https://a.example>\n[^a]: <https://a.example>", []),
        ("x[^1] [^2] [^3]\n\n[^1]: <https://a.example>\n[^3]: <https://a.example>", [("F201", "[^2]")]),
        ("x[^1]\n\n[^1]: The author was there.", [("F205", "[^1]")]),
        ("x[^1]\n\n[^1]:\n", [("F205", "[^1]")]),
        ("x[^1][^2]\n\n[^1]: Ibid., p. 3.\n[^2]: Lysk, op. cit.", []),
        ("x[^1][^2]\n\n[^1]: Там само.\n[^2]: `hxxps://a[.]example`", []),
        ("x[^1]\n\n[^1]: [a](../b.md)", []),
    ],
)
def test_notes(text, expected):
    """Notes without references, with two definitions, out of number or without a source are reported."""
    got = found_in_page(text, "F")
    assert [(code, part[: len(want)]) for (code, part), (_, want) in zip(got, expected, strict=False)] == expected
    assert len(got) == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[see [^1] here](http://a.example/x)", ["[see [^1] here](http://a.example/x)"]),
        ("![see [^1] here](a.png)", ["[see [^1] here](a.png)"]),
        ("[^1](see)", ["[^1](see)"]),
        ("<div>\nA [^1]\n</div>", ["[^1]"]),
        ("[a *b* [^1]](http://a.example) [c](http://b.example)", ["[a *b* [^1]](http://a.example)"]),
        ("[^1] (see) and [x](http://a.example)[^1] and [y] [^1](", []),
        ("<div title='[^1]'><!-- [^1] --><script>[^1]</script></div>", []),
        ("[a[^1]] (x) [^1][b](http://a.example)", []),
        ("`[see [^1] here](x)`[^1]", []),
    ],
)
def test_swallowed_notes(text, expected):
    """A note in the words of a link, before a bracket or in raw HTML is lost, and said to be."""
    found = found_in_page(f"{text}\n\n[^1]: <https://n.example>", "F206")
    assert [part for _, part in found] == expected


def test_a_swallowed_note_is_not_unused_as_well():
    """One mistake makes one finding."""
    assert [code for code, _ in found_in_page("[^1](see)\n\n[^1]: <https://a.example>")] == ["F206"]


def test_links_in_raw_html_and_in_words_with_notes_are_still_links():
    """What the parser swallows is checked all the same."""
    text = "<div>\nA <a href='hxxp://a.example'>x</a> hxxp://b.example \n</div>\n\n[see [^1] here](hxxp://c.example/x)"
    assert [part for _, part in found_in_page(text, "U101")] == [
        "hxxp://a.example",
        "hxxp://b.example",
        "hxxp://c.example/x",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a][r]\n\n[r]: http://a.example\n[R]: hxxp://b.example", ["[R]: hxxp://b.example"]),
        ("[a][r]\n\n[r]: http://a.example\n\n> [r]: hxxp://b.example", ["[r]: hxxp://b.example"]),
        ("[a][r]\n\n[r]: http://a.example\n[s]: http://b.example", []),
        ("- [r]: http://a.example\n- [r]: hxxp://b.example", ["[r]: hxxp://b.example"]),
        ("[r]: http://a.example\n\n    [r]: http://code.example\n\n```\n[r]: http://c.example\n```", []),
        ("[r]: http://a.example\n\nIn a text\n[r]: is no definition", []),
    ],
)
def test_shadowed_definitions(text, expected):
    """A second definition of a label leaves no event, and is found in the bytes that nothing covers."""
    assert [part for _, part in found_in_page(text, "F207")] == expected


def test_the_address_of_a_shadowed_definition_is_judged():
    """No link of a source is passed over in silence."""
    found = found_in_page("[a][r]\n\n[r]: http://a.example\n[r]: hxxp://b.example", "U101")
    assert found == [("U101", "hxxp://b.example")]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Water\ndate: 2020-09-09", {}),
        ("title: Water\nauthors: [George\ndate: 2020-09-09", {"B301": "cannot be read"}),
        ("title: Water\nauthors: [&x A, *x]\ndate: 2020-09-09", {"B314": "taken literally"}),
        ("title: Water\nentities: {add: &x A, not: *x}\ndate: 2020-09-09", {"B301": "aliases"}),
        ("date: 2020-09-09", {"B302": "'a'"}),
        ("title: Water", {"B303": "no date"}),
        ("title: Water\ndate_basis: none", {}),
        (f"title: Water\ndate: 2020\nsubjects: [{', '.join(f's{at}' for at in range(100))}]", {}),
        (f"title: Water\ndate: 2020\nsubjects: [{', '.join(f's{at}' for at in range(101))}]", {"B327": "101 subjects"}),
        ("title: Water\ndate: ''", {"B303": "no date"}),
        ("title: Water\ndate: 2020-09-09\ndate_basis: none", {"B316": "there is a date"}),
        ("title: Water\ndate: 2020-02-30", {"B304": "'2020-02-30'"}),
        ("title: Water\ndate: yesterday", {"B304": "'yesterday'"}),
        ("title: Water\ndate: [2020]", {"B304": "a list"}),
        ("title: Water\ndate: 2020-09-14~", {}),
        ("title: Water\ndate: 2020-09-09\nupdated: 9.9.2020", {"B304": "updated"}),
        ("title: Water\ndate: 2020-09-09\ncorrections: [{date: 2020-13-41, note: x}]", {"B304": "'2020-13-41'"}),
        ("title: Water\ndate: 2026-12-31", {"B305": "'2026-12-31'"}),
        ("title: Water\ndate: 2026-05", {}),
        ("title: Water\ndate: 2026-12-31\nstatus: draft", {}),
        ("title: Water\ndate: 2020-09-09\nautors: x", {"B307": "'autors'"}),
        ("title: Water\ndate: 2020-09-09\nregion: x", {}),
        ("title: Belarus: a crisis\ndate: 2020-09-09", {"B314": "'Belarus: a crisis'"}),
        ("title: Water\ntitle: Wine\ndate: 2020-09-09", {"B315": "'title'"}),
        ("title: Water\ndate: 2020-09-09\ndate_basis: guessed", {"B316": "'guessed'"}),
        ("title: Water\ndate: 2020-09-09\nstatus: witdrawn", {"B316": "'witdrawn'"}),
        ("title: Water\ndate: 2020-09-09\nlanguage: [no]", {"B316": "'language'"}),
        ("title: Water\ndate: 2020-09-09\nlanguage: no", {}),
        ("title: Water\ndate: 2020-09-09\nredirect_from: [../up/]", {"B333": "'../up/'"}),
        ("title: Water\ndate: 2020-09-09\nredirect_from: [old/path/]", {}),
        ("title: Water\ndate: 2020-09-09\noriginal: {file: 'C:x.pdf'}", {"B316": "'C:x.pdf'"}),
        ("title: Water\ndate: 2020-09-09\noriginal: {file: originals/x.pdf, sha256: abc}", {"B316": "'abc'"}),
        ("title: Water\ndate: 2020-09-09\nentities: [ada-kell]", {"B316": "'entities'"}),
        ("title: Water\ndate: 2020-09-09\nentities: {add: [ada-kel]}", {"E401": "'ada-kel'"}),
        ("title: Water\ndate: 2020-09-09\nentities: {read: {Kell: ada-kell}, not: [joran-kell]}", {}),
        ("title: Water\ndate: 2020-09-09\nsupersedes: briefs/2020/c.md", {"B312": "'briefs/2020/c.md'"}),
        ("title: Water\ndate: 2020-09-09\ntranslation_of: briefs/2020/b.md", {}),
    ],
)
def test_front_matter(front, expected):
    """What a brief says of itself is understood, or the finding quotes what is not."""
    text = f"---\n{front}\n---\nThe text of Ada Kell and Joran Kell."
    found = found_in_brief(text, now=date(2026, 5, 3), own_fields=frozenset({"region"}))
    found = [finding for finding in found if finding.rule != "E404"]
    assert {finding.rule for finding in found} == set(expected)
    for finding in found:
        assert expected[finding.rule] in finding.message


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", {"B309"}),
        ("[^1]: <https://a.example>", {"B309", "F202"}),
        ("x", set()),
        ("![lamp](lamp.png)", set()),
        ("a [b](b.md) [c](b.md#x) [d](../../about.md) [e](https://a.example/x.md) [f](%62.md)", set()),
        ("[b](c.md)", {"B312"}),
        ("[b](../../../../etc/passwd.md)", {"B312"}),
        ("![lamp](lamb.png)", {"B312"}),
        ("![lamp](https://a.example/lamb.png)", set()),
        ("a\x0bb", {"B313"}),
        ("An inter-\nnational act.", {"B343"}),
        ("The Al-\nRashid family.", {"B343"}),
        ("> Это *между-\n> народный* акт.", {"B343"}),
        ("- Ten mię-\n  dzynarodowy akt.", {"B343"}),
        ("x[^1]\n\n[^1]: A sen-\n    tence, https://a.example/b", {"B343"}),
        ("In pre-\nand post-war times, Vor-\nund Nachteile, 2020-\n2021, a -\nb, inter- national.", set()),
        ("```\ninter-\nnational\n```\n\n`inter-\nnational` <https://a.example/inter-national>", set()),
        ("> " * 120 + "x", {"B311"}),
        ("<script>alert(1)</script>", {"B308"}),
        ("a <b onclick='x'>b</b>", {"B308"}),
        ("<a href='java&#115;cript:alert(1)'>x</a>", {"B308"}),
        ("<a href=' \tjavascript:alert(1)'>x</a>", {"B308"}),
        ("<details><summary>x</summary><u class='a'>y</u></details>", set()),
        ("<!-- <script> -->", set()),
        ("`<script>`", set()),
        ("[x](entity:ada-kell)", set()),
        ("[x](entity:ada-kel)", {"E401"}),
        ("Kell spoke.", {"E402"}),
        ("Ada Kell spoke. Kell left.", set()),
        ("Ada Kell met Joran Kell. Kell left.", {"E402"}),
    ],
)
def test_bodies(body, expected):
    """The text of a brief holds what the site can show, and names what is there."""
    found = found_in_brief(TOP + body)
    assert {finding.rule for finding in found if finding.rule != "E404"} == expected


def test_no_now_no_rule_about_now():
    """A build has no clock: B305 needs to be told the day."""
    assert not found_in_brief("---\ntitle: Water\ndate: 2999-01-01\n---\nx", "B305")


def test_unreadable_front_matter_makes_one_finding():
    """What cannot be read is not missing as well."""
    assert {f.rule for f in found_in_brief("---\nauthors: [\n---\nAda Kell and Joran Kell")} == {"B301"}


def test_the_literal_title_has_a_safe_fix():
    """Putting the value in quotes changes nothing but how YAML reads it."""
    text = "---\ntitle: It's: a 'crisis'\ndate: 2020-09-09\n---\nx"
    (finding,) = found_in_brief(text, "B314")
    assert finding.fix.safe
    place = finding.place
    mended = text[: place.offset] + finding.fix.replacement + text[place.offset + len("It's: a 'crisis'") :]
    document = read_document("briefs/2020/a.md", mended.encode())
    assert document.front.fields["title"] == "It's: a 'crisis'"
    assert not document.front.problems


def test_a_defanged_address_in_a_tag_is_one_finding():
    """What a decision keeps defanged is not to be deleted because it stands in raw HTML."""
    assert found_in_brief(TOP + "A <a href='hxxps://example.org/a'>x</a>.", "B308") == []
    assert len(found_in_brief(TOP + "A <a href='hxxps://example.org/a'>x</a>.", "U101")) == 1


@pytest.mark.parametrize(
    ("written", "who", "said"),
    [
        ("hxxps://example[.]org/a", "by: the editors, on: 2026-11-21", "kept defanged by the editors, 2026-11-21."),
        ("[^1]: Дані: https://example(.)org/a\n\nТак.[^1]", "by: редакція", "kept defanged by редакція."),
        ("| a |\n|---|\n| example[.]org |", "why: so", "kept defanged by a decision."),
        ("<p>hxxp://www.example[.]org</p>", "by: redakcja", "kept defanged by redakcja."),
        ("# example[.]org/a", "by: the editors", "kept defanged by the editors."),
    ],
)
def test_a_decision_to_keep_an_address_defanged_settles_the_finding(written, who, said):
    """The finding is a remark that names who decided, and no setting weighs it anew."""
    decisions = read_decisions(
        f"- {{host: example.org, say: keep-defanged, {who}}}\n- {{host: www.example.org, say: keep-defanged, {who}}}"
    )
    (finding,) = found_in_brief(TOP + written, "U101", decisions=decisions)
    assert finding.severity.value == "info"
    assert said in finding.message
    assert finding.fix is None
    settings = read_settings(("test", {"severity": {"U101": "error"}}))
    assert [one.severity.value for one in settings.weigh([finding])] == ["info"]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [("", None), ("- {host: example.org, say: live}", None), ("- {host: example.org, say: refang}", True)],
)
def test_a_defanged_address_is_refanged_only_where_a_decision_says_so(decision, expected):
    """Nothing that someone has made harmless is made clickable by a program on its own."""
    context = {"decisions": read_decisions(decision)} if decision else {}
    (finding,) = found_in_brief(TOP + "hxxps://example[.]org/a", "U101", **context)
    assert (finding.fix and finding.fix.safe) == expected
    assert not finding.fix or finding.fix.replacement == "<https://example.org/a>"


def test_the_place_of_a_finding_counts_code_points_and_the_byte_order_mark():
    """Line and column are what an editor shows; the offset is in bytes of the file."""
    source = "\ufeffПо-русски hxxp://a.example".encode()
    document = read_document("page.md", source)
    (finding,) = check_document(document, None, Context())
    assert (finding.place.line, finding.place.column) == (1, 11)
    assert source[finding.place.offset :].startswith(b"hxxp")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"ADA": ADA, "JORAN": JORAN}, []),
        ({"ADA": ADA, "KELL": "---\nname: Ada Kell\ntype: person\n---\n"}, ["E403"]),
        ({"ADA": ADA, "KELL": "---\nname: Kell\ntype: person\n---\n"}, ["E403"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\nvariants: [Kell, Kell]\n---\n"}, ["E403"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\nvariants: [Kell, Kell*]\n---\n"}, []),
        ({"ADA": "---\nname: Nobody\ntype: person\n---\n"}, ["E404"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\npart_of: nobody\n---\n"}, ["E401"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\npart_of: z-kell\n---\n", "Z": JORAN}, []),
        ({"ADA": "---\nname: Ada Kell\ntype: persson\n---\n"}, ["E407"]),
        ({"ADA": "---\ntype: person\nvariants: [Kell]\n---\n"}, ["E407"]),
        ({"ADA": "---\nname: Ada Kell\n---\n"}, ["E407"]),
        ({"ADA": "---\nname: 'Ada Kel*'\ntype: person\n---\n"}, ["E407"]),
        (
            {"ADA": f"---\nname: Ada Kell\ntype: person\nvariants: [{', '.join(map(str, range(1000, 1199)))}]\n---\n"},
            [],
        ),
        ({"ADA": f"---\nname: A\ntype: person\nvariants: [{', '.join(map(str, range(1000, 1200)))}]\n---\n"}, ["E408"]),
        ({"ADA": f"---\nname: A\ntype: person\nnot_in: [{', '.join(map(str, range(1000, 1201)))}]\n---\n"}, ["E408"]),
        ({"ADA": f"---\nname: A\ntype: person\nvariants: [{'x' * 201}, {'y' * 200}]\n---\n"}, ["E408"]),
        ({"ADA": f"---\nname: {'x' * 201}\ntype: person\n---\n"}, ["E408"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\nvariants: ['K*ll', {name: 'A* Kell'}]\n---\n"}, ["E407", "E407"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\nvariants: [{name: Kell, kind: old}]\n---\n"}, ["E407"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\nnmae: x\n---\n"}, ["B307"]),
        ({"ADA": "---\nname: [Ada\ntype: person\n---\n"}, ["B314"]),
        ({"ADA": "---\nsame_as: [Ada\n---\n"}, ["B301"]),
        ({"ADA": "---\nname: Ada Kell\ntype: person\n---\nSee hxxp://a.example"}, ["U101"]),
    ],
)
def test_records(records, expected):
    """The authority records are whole, and no two claim one name."""
    briefs = {"briefs/2020/a.md": TOP + "Ada Kell met Joran Kell."}
    found = run(Checker(Context(paths=PATHS)), briefs, **records)
    about_records = [f for f in found if f.place.path.startswith("entities/")]
    assert [f.rule for f in about_records if f.rule != "E404" or "Nobody" in f.message] == expected


def test_an_entity_linked_by_hand_is_not_never_mentioned():
    """A link with `entity:` names an entity where matching cannot."""
    records = {"ADA": "---\nname: Nobody\ntype: person\n---\n"}
    linked = {"briefs/2020/a.md": TOP + "[x](entity:ada-kell)"}
    assert [f.rule for f in run(Checker(Context(paths=PATHS)), linked, **records)] == []


def test_of_a_withdrawn_brief_no_word_is_quoted():
    """Its front matter is checked; a report that quotes its text would publish it again."""
    withdrawn = "status: withdrawn\nwithdrawn: {date: 2020-13-13, reason: x}"
    text = f"---\ntitle: W\ndate: 2020\n{withdrawn}\n---\nSecret[^q] hxxp://s.example [s](s.md) [t](entity:s) <script>"
    assert {f.rule for f in found_in_brief(text) if f.rule != "E404"} == {"B304"}


@pytest.mark.parametrize(
    ("briefs", "expected"),
    [
        ({"briefs/a.md": TOP + "x", "briefs/b.md": TOP + "x"}, []),
        ({"briefs/a.md": TOP + "x", "briefs/A.md": TOP + "x"}, ["src/briefs/a.md"]),
        ({"briefs/a.md": TOP + "x", "briefs/a/index.md": TOP + "x"}, ["src/briefs/a/index.md"]),
        ({"briefs/é.md": TOP + "x", "briefs/e\u0301.md": TOP + "x"}, ["src/briefs/é.md"]),
        (
            {"briefs/a.md": TOP + "x", "briefs/b.md": TOP.replace("---\n", "---\nredirect_from: [briefs/a/]\n", 1)},
            ["src/briefs/b.md"],
        ),
        (
            {
                "briefs/a.md": TOP.replace("---\n", "---\nredirect_from: [old/]\n", 1),
                "briefs/b.md": TOP.replace("---\n", "---\nredirect_from: /old\n", 1),
            },
            ["src/briefs/b.md"],
        ),
        ({"briefs/b.md": TOP.replace("---\n", "---\nredirect_from: [old/, older/]\n", 1)}, []),
    ],
)
def test_addresses(briefs, expected):
    """Two files claim one address when some computer would take them for one."""
    found = run(Checker(Context()), briefs)
    assert [f.place.path for f in found if f.rule == "B306"] == expected


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("sitemap.xml", "'sitemap.xml' is a file, and no file can be in it"),
        ("404.html", "a page of the site stands there"),
        ("ABOUT/", "a page of the site stands there"),
        ("about/index.html/", "'about/index.html' is a file, and no file can be in it"),
        ("search/alt/", "the site's own files lie in 'search'"),
        ("a/?id=1", "it has a query or a fragment, and a file answers to a path alone"),
        ("стара%2Fсторінка/", "it holds an encoded slash, which servers read in different ways"),
        ("ф" * 200 + "/", "a part of it is longer than 255 bytes, which no file's name can be"),
    ],
)
def test_redirect_left_out(old, why):
    """An old address to which no file of the site can answer is an error, for briefs and for entities."""
    brief = TOP.replace("---\n", f"---\nredirect_from: ['{old}']\n", 1)
    entity = ADA.replace("variants", f"redirect_from: ['{old}']\nvariants")
    for found in filter(
        None,
        (
            run(Checker(Context(paths=PATHS)), {"briefs/2020/a.md": brief}),
            run(Checker(Context(paths=PATHS)), {}, ADA=entity) if "/" in old else [],
        ),
    ):
        told = [(f.severity.value, f.message) for f in found if f.rule == "B333"]
        assert told == [("error", f"redirect_from {old!r} is left out: {why}.")]


def test_two_spellings():
    """One person under two spellings is told; a short form, an inflected and a former name are not."""
    record = "---\nname: Mirela Ostrenko\ntype: person\nvariants: [Ostrenko, Astrenka, Остренк*, Premier]\n---\n"

    def spelled(text):
        return [f.subject for f in run(Checker(Context()), {"briefs/a.md": TOP + text}, ADA=record) if f.rule == "E405"]

    assert spelled("Ostrenko and Astrenka.") == ["ada-kell Ostrenko Astrenka"]
    assert spelled("Mirela Ostrenko; Ostrenko's; the Premier; Остренко, Остренку.") == []
