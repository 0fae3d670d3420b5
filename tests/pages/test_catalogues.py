"""The catalogues of translators, held against what pages say."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from markupsafe import Markup

import regesta.pages
from regesta.pages.languages.catalogues import catalogue_tags, read_text
from regesta.pages.languages.language import ENGLISH, language_of
from regesta.pages.languages.messages import collected, new_catalogue, renewed

if TYPE_CHECKING:
    from babel.messages.catalog import Message

PAGES = Path(regesta.pages.__file__).parent
TRANSLATED = tuple(tag for tag in catalogue_tags() if tag != "en")
PLACE = re.compile(r"\{(\w*)\}")
SAYING = {"say", "say_n", "say_in", "say_n_in", "say_html", "say_n_html"}


def messages(tag: str) -> list[Message]:
    """Read the messages of a catalogue, its head left out."""
    return [message for message in read_po(BytesIO(read_text(tag))) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Give the forms of a message or of its translation."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def ids(catalogue) -> set[tuple[str | None, tuple[str, ...]]]:
    """Give what tells the messages of a catalogue apart."""
    return {(message.context, forms(message.id)) for message in catalogue if message.id}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_catalogue_has_every_message_and_no_other(tag):
    """A catalogue is as `scripts/languages` leaves it: without a date, a line number or a message that is gone."""
    assert renewed(read_text(tag)).decode() == read_text(tag).decode()
    assert ids(messages(tag)) == ids(collected())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_is_translated(tag):
    """Each message has each of its forms, none of them is a guess, and none is English that was left over."""
    for message in messages(tag):
        said = forms(message.string)
        assert all(form.strip() for form in said), message.id
        assert not message.fuzzy, message.id
        assert len(said) == (3 if message.pluralizable else 1), message.id
        if tag in {"ru", "uk"} and re.search("[a-z]{3}", PLACE.sub("", forms(message.id)[0])):
            assert re.search("[а-яіїєґ]", said[0]) or not re.search("[A-Za-z]{3}", PLACE.sub("", said[0])), said


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(tag):
    """Every form fills the places that the English has: no more, which would end the build, and no fewer."""
    for message in messages(tag):
        expected = set().union(*(PLACE.findall(form) for form in forms(message.id)))
        for form in forms(message.string):
            assert set(PLACE.findall(form)) == expected, form
            assert not re.search(r"[{}]", PLACE.sub("", form)), form


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_translation_keeps_the_edges_of_its_message(tag):
    """What is joined to other words keeps its blanks; and nobody writes HTML in a catalogue: it would be shown."""
    for message in messages(tag):
        for form in forms(message.string):
            original = forms(message.id)[0]
            assert form[:1].isspace() == original[:1].isspace(), form
            assert form[-1:].isspace() == original[-1:].isspace(), form
            assert not re.search(r"<\w|&\w+;", form), form


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_message_can_be_said(tag):
    """Filling a translation fails for no message and no number, and what is filled in stands in it."""
    language = language_of(tag)
    for message in collected():
        if not message.id:
            continue
        one, *many = forms(message.id)
        values = {name: f"<{name}>" for form in (one, *many) for name in PLACE.findall(form)}
        if many:
            values.pop("n", None)
        for number in (0, 1, 2, 5, 11, 21, 22, 1000, 10**6):
            if many:
                said = (
                    language.say_n_in(message.context, one, many[0], number, **values)
                    if message.context
                    else language.say_n(one, many[0], number, **values)
                )
            elif message.context:
                said = language.say_in(message.context, one, **values)
            else:
                said = language.say(one, **values)
            assert all(value in said for value in values.values()), said
            assert "{" not in said, said


def test_plurals_choose_their_form():
    """One, two and five take three forms in Slavic languages, and 21 is one in Russian and many in Polish."""
    said = {
        tag: [language_of(tag).say_n("{n} brief", "{n} briefs", n) for n in (1, 2, 5, 12, 21, 22)]
        for tag in ("en", "pl", "ru", "uk")
    }
    assert said["en"] == ["1 brief", "2 briefs", "5 briefs", "12 briefs", "21 briefs", "22 briefs"]
    assert said["pl"] == [
        "1 opracowanie", "2 opracowania", "5 opracowań", "12 opracowań", "21 opracowań", "22 opracowania",
    ]  # fmt: skip
    assert said["ru"] == ["1 обзор", "2 обзора", "5 обзоров", "12 обзоров", "21 обзор", "22 обзора"]
    assert said["uk"] == ["1 огляд", "2 огляди", "5 оглядів", "12 оглядів", "21 огляд", "22 огляди"]


def test_a_translator_cannot_write_html():
    """A message is escaped before it becomes HTML, whatever stands in it, and so is a value that is no HTML."""
    assert ENGLISH.say_html("<script>{x}</script>", x=Markup("<b>")) == "&lt;script&gt;<b>&lt;/script&gt;"


def test_calls_within_f_strings_are_found():
    """What is said in the middle of an f-string is a message as well: Babel's own reader passes it over."""
    found = ids(collected())
    assert (None, ("Notes",)) in found
    assert (None, ("Edit",)) in found


@pytest.mark.parametrize(
    ("tag", "plural_forms"), [("cs", "nplurals=3"), ("pt-BR", "nplurals=2"), ("be", "nplurals=3"), ("ja", "nplurals=1")]
)
def test_a_catalogue_can_be_begun(tag, plural_forms):
    """A new language begins with all messages, none of them translated, and with its own plural forms."""
    begun = new_catalogue(tag).decode()
    assert f'"Language: {tag}' in begun
    assert plural_forms in begun
    assert ids(read_po(BytesIO(begun.encode()))) == ids(collected())
    assert renewed(begun.encode()).decode() == begun


def literal_words(template: str) -> list[str]:
    """Give the words of a template outside of its tags and its HTML, and those in attributes that are read out."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    attributes = re.findall(r'\b(?:aria-label|title|alt|placeholder|aria-description|label)="([^"]*)"', text)
    words = re.sub(r"<!--.*?-->|<[^>]*>|&\w+;", " ", text, flags=re.DOTALL)
    return [word for piece in (words, *attributes) for word in re.findall(r"[^\W\d_]{2,}", piece)]


def test_the_scan_finds_words():
    """The scan of the next test finds what somebody forgot, in text and in attributes, and nothing in tags."""
    assert literal_words('<p class="x">{{ say("Yes") }} And <a aria-label="No, {{ n }}">{# Never #}{% if x %}</a>') == [
        "And",
        "No",
    ]


NAMES = re.compile(r"[a-z]*\.(?:json|csv|sarif|sqlite)\b|\b(?:JSON Feed|JSON|CSV|SQLite|Atom)\b")
"""Files and formats are called so in every language."""


@pytest.mark.parametrize("template", sorted((PAGES / "templates").glob("*.html")), ids=lambda path: path.name)
def test_no_template_says_anything_by_itself(template):
    """Every word of a template goes through the language of the site; only names of files do not."""
    assert literal_words(NAMES.sub("", template.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("module", sorted(PAGES.rglob("*.py")), ids=lambda path: path.relative_to(PAGES).as_posix())
def test_no_code_says_anything_by_itself(module):
    """HTML that code writes has no words of its own, and a message is a literal or comes from a table."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            html = re.sub(r"<(title|style|script)\b.*", "", node.value, flags=re.DOTALL)
            named = re.findall(r'(?:aria-label|title|alt)="([^"]*[^\W\d_]{2,}[^"]*)', html)
            between = re.findall(r">[^<>]*[^\W\d_]{2,}[^<>]*<", f"{html}<" if html.rstrip().endswith(".") else html)
            assert not named, (module.name, node.lineno, named)
            assert not between, (module.name, node.lineno, between)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SAYING and node.args:
            first = node.args[0]
            is_named = isinstance(first, ast.Attribute | ast.Name | ast.Subscript | ast.Call)
            assert is_named or isinstance(first, ast.Constant), (module.name, node.lineno)
