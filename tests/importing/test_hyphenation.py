"""What fonts and line ends have done to words: ligatures, soft hyphens, hyphenation."""

from __future__ import annotations

import sys

import pytest

from regesta.importing import word_lists
from regesta.importing.given import Given
from regesta.importing.text import import_text
from regesta.importing.word_lists import has_word_lists, word_list

HEAD = "The Price of Ray\n\n12 March 2024\n\n"


def written(text: str) -> str:
    """Import a document and give what stands below its front matter."""
    return import_text((HEAD + text).encode(), path="x").markdown.split("\n---\n\n", 1)[1].rstrip("\n")


def log(text: str, kind: str) -> list[tuple[int, str, str]]:
    """Give the repairs of a kind: line, before, after."""
    repairs = import_text((HEAD + text).encode(), path="x").repairs
    return [(repair.line, repair.before, repair.after) for repair in repairs if repair.kind.value == kind]


def test_resolves_ligatures() -> None:
    """Each word with one is a repair; letters that are no ligatures of a font stay."""
    text = "The oﬃce aﬀirms its ﬂeet’s ﬁrst staﬄing, Æsir ĳs œuvre.\n\nﬁn"
    assert written(text) == "The office affirms its fleet’s first staffling, Æsir ĳs œuvre.\n\nfin"
    assert (5, "oﬃce", "office") in log(text, "ligature")


def test_takes_soft_hyphens_out() -> None:
    """Inside of a line and at its end, in the text, in notes and in addresses; a word over the line end is one."""
    text = "It was con\xadfirmed by the inter\xad\nnational board.[1]\n\n[1] Ministry, https://fish.example/quo\xad\ntas.pdf"
    assert written(text) == (
        "It was confirmed by the international board.[^1]\n\n[^1]: Ministry, <https://fish.example/quotas.pdf>"
    )
    assert [after for _, _, after in log(text, "hyphenation")] == [
        "international",
        "https://fish.example/quotas",
    ]


def test_counts_places_in_the_file_as_it_is() -> None:
    """A finding behind a ligature has the column of the document, not of what was made of it."""
    data = (HEAD + "The oﬃce con\xadﬁrmed [it](#).").encode()
    (finding,) = import_text(data, path="x").findings
    assert (finding.place.column, data[finding.place.offset :]) == (20, b"[it](#).")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An inter-\nnational act. The international board.", "An international act. The international board."),
        ("A well-\nknown act. The well-known board.", "A well-known act. The well-known board."),
        ("Ein Regie-\nrungsamt. Das Regierungsamt.", "Ein Regierungsamt. Das Regierungsamt."),
        ("Ten mię-\ndzynarodowy akt. Międzynarodowy port.", "Ten międzynarodowy akt. Międzynarodowy port."),
        ("Это между-\nнародный акт. Международный порт.", "Это международный акт. Международный порт."),
        ("Це між-\nнародний акт. Міжнародний порт.", "Це міжнародний акт. Міжнародний порт."),
        ("The Anglo-\nSaxon act of Al-\nRashid.", "The Anglo-Saxon act of Al-Rashid."),
        (
            "- An inter-\n  national act.\n- The international board.",
            "- An international act.\n- The international board.",
        ),
        ("An inter‐\nnational act. The international board.", "An international act. The international board."),
    ],
)
def test_joins_what_the_document_tells(text: str, expected: str) -> None:
    """A word that stands elsewhere in one piece, or with its hyphen, is written so; a hyphen before a capital stays."""
    assert written(text) == expected
    assert log(text, "hyphenation")
    assert import_text((HEAD + text).encode(), path="x").findings == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They re-\nduced the inter-\nnational fleet.", "They reduced the international fleet."),
        ("en", "A well-\nknown, short-\nlived pact.", "A well-\nknown, short-\nlived pact."),
        ("en", "A long-\nterm plan. INTER-\nNATIONAL law.", "A long-\nterm plan. INTERNATIONAL law."),
        ("en-GB", "The har-\nbour.[1]\n\n[1] The minis-\ntry.", "The harbour.[^1]\n\n[^1]: The ministry."),
        ("pl", "Port zamk-\nnięto po polsko-\nniemiecki układ.", "Port zamknięto po polsko-\nniemiecki układ."),
        ("ru", "Порт за-\nкрыли; премьер-\nминистр молчит.", "Порт закрыли; премьер-\nминистр молчит."),
        ("uk", "Порт за-\nкрили; південно-\nсхідний вітер.", "Порт закрили; південно-\nсхідний вітер."),
        (
            "de",
            "Die Bundes-\nregierung und deutsch-\npolnische Wege.",
            "Die Bundesregierung und deutsch-\npolnische Wege.",
        ),
        ("xx", "They re-\nduced it.", "They re-\nduced it."),
        ("en", "It begins with a sen-\ntence.[1]\n\n[1] Post.", "It begins with a sentence.[^1]\n\n[^1]: Post."),
        ("en", "It begins with a sen-\ntence.1\n\nNotes\n\n1. Post.", "It begins with a sentence.[^1]\n\n[^1]: Post."),
        ("en", "Two co-\nops. A co-op, one coop.", "Two co-\nops. A co-op, one coop."),
    ],
)
def test_joins_what_the_language_has_as_one_word(language: str, text: str, expected: str) -> None:
    """A word that the list of the language has in one piece is joined; compounds that are rarely so are left."""
    given = Given(fields={"language": language})
    imported = import_text((HEAD + text).encode(), path="x", given=given, word_lists=word_list)
    assert imported.markdown.split("\n---\n\n", 1)[1].rstrip("\n") == expected


def test_joins_by_no_list_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the document alone tells, and the command says what to install."""
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    monkeypatch.setattr(word_lists, "find_spec", lambda _: None)
    word_list.cache_clear()
    assert ("reduced" in word_list("en"), has_word_lists()) == (False, False)
    word_list.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "An inter-\nnational act.",
        "A well-\nknown act.",
        "The co-\nop. One coop. Two co-op.",
        "Ten polsko-\nniemiecki akt.",
        "Это кое-\nчто.",
    ],
)
def test_leaves_and_reports_what_nothing_tells(text: str) -> None:
    """Without evidence, or with both, the line end stays, and a finding asks."""
    assert written(text) == text
    (finding,) = import_text((HEAD + text).encode(), path="x").findings
    assert (finding.rule, finding.place.line) == ("B343", 5)


@pytest.mark.parametrize(
    "text",
    [
        "In pre-\nand post-war times.",
        "Die Vor-\nund Nachteile.",
        "The years 2020-\n2021 were dry.",
        "The yard -\nclosed in May - opens.",
        "See the e-\nmail.",
        "A list:\n\n- one -\n- two",
    ],
)
def test_leaves_other_hyphens_alone(text: str) -> None:
    """A hyphen for what comes later, a dash and a range are no cut word."""
    assert written(text) == text
    assert import_text((HEAD + text).encode(), path="x").findings == ()


def test_joins_over_a_page_end() -> None:
    """What stands between the halves is furniture; the log has both halves with their lines."""
    text = (
        "The international board says that the port is inter-\n\nNORLAND MONITOR\n\nnational now, and the sen-\n\n3\n\n"
        "tence ends."
    )
    assert written(text) == "The international board says that the port is international now, and the sen-\ntence ends."
    assert log(text, "hyphenation") == [(5, "inter-\n\n\n\nnational", "international")]


def test_joins_and_leaves_in_notes() -> None:
    """In a note, too; what is left goes on in an indented line, so that the check finds it."""
    text = "The international act.[1]\n\n[1] An inter-\nnational act, a sen-\ntence, https://a.example/1"
    assert (
        written(text)
        == "The international act.[^1]\n\n[^1]: An international act, a sen-\n    tence, <https://a.example/1>"
    )
    (finding,) = import_text((HEAD + text).encode(), path="x").findings
    assert (finding.rule, finding.footnote) == ("B343", "1")
