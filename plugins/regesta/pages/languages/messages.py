"""The messages of all pages, collected from the code and the templates for those who translate them."""

from __future__ import annotations

import ast
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["collected", "new_catalogue", "renewed"]


class _Call(NamedTuple):
    """Where a function has its message among its arguments."""

    context: int | None
    message: tuple[int, ...]
    """One place, or those of the singular and the plural."""


_CALLS = {
    "say": _Call(None, (0,)),
    "say_html": _Call(None, (0,)),
    "phrase": _Call(None, (0,)),
    "say_n": _Call(None, (0, 1)),
    "say_n_html": _Call(None, (0, 1)),
    "say_in": _Call(0, (1,)),
    "say_n_in": _Call(0, (1, 2)),
}


def collected() -> Catalog:
    """Give every message that pages say, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for name, source in sorted(_sources(files("regesta.pages"), "")):
        for function, arguments in _METHODS[name[name.rindex(".") :]](source):
            context, places = _CALLS[function]
            message = tuple(found for place in places if place < len(arguments) and (found := arguments[place]))
            if len(message) == len(places):
                # The place is a file without a line, so that a catalogue changes when its words do.
                catalogue.add(
                    message if len(places) > 1 else message[0],
                    locations=[(name, 0)],
                    context=None if context is None else arguments[context],
                )
    return catalogue


def renewed(catalogue: bytes) -> bytes:
    """Bring a catalogue up to date: new messages come in without a translation, those that are gone go out."""
    found = read_po(BytesIO(catalogue))
    head = _HEAD.format(tag=(found.locale_identifier or "").replace("_", "-"), plural_forms=found.plural_forms)
    found.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    out = BytesIO()
    write_po(out, found, width=0, ignore_obsolete=True, omit_header=True, sort_by_file=True, include_lineno=False)
    return head.encode() + out.getvalue()


def new_catalogue(tag: str) -> bytes:
    """Begin the catalogue of a language, with the plural forms that are known for it; raise `UnknownLocaleError`."""
    plural_forms = Catalog(locale=tag.replace("-", "_")).plural_forms
    return renewed(_HEAD.format(tag=tag, plural_forms=plural_forms).encode())


# What changes with the day or the tool stays out.
_HEAD = """\
# What the pages of an archive say. The guide, docs/guide/languages.md, tells how it is translated.
msgid ""
msgstr ""
"Language: {tag}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def _from_python(source: bytes) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Find the calls in a module. Babel's own reader is blind to those within f-strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in _CALLS:
                yield name, tuple(_literal(argument) for argument in node.args)


# As `Site` sets its templates up; one that cannot be read is an error.
_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def _from_template(source: bytes) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    for _, name, found, _ in babel_extract(BytesIO(source), tuple(_CALLS), (), _OPTIONS):
        yield name, found if isinstance(found, tuple) else (found,)


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


_METHODS = {".py": _from_python, ".html": _from_template}


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(tuple(_METHODS)):
            yield f"{path}{entry.name}", entry.read_bytes()
