"""The messages of all pages, collected from the code and the templates for those who translate them."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["KEYWORDS", "collected", "new_catalogue", "renewed"]

KEYWORDS = {
    "say": None,
    "say_html": None,
    "phrase": None,
    "say_n": (1, 2),
    "say_n_html": (1, 2),
    "say_in": ((1, "c"), 2),
    "say_n_in": ((1, "c"), 2, 3),
}
"""Which arguments of which functions are messages, as Babel puts it."""

_METHODS = {".py": "python", ".html": "jinja2"}
_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def collected() -> Catalog:
    """Give every message that pages say, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for name, source in sorted(_sources(files("regesta.pages"), "")):
        method = _METHODS[name[name.rindex(".") :]]
        for _, message, comments, context in extract(
            method, BytesIO(source), keywords=KEYWORDS, comment_tags=("Translators:",), options=_OPTIONS
        ):
            # The place is a file without a line, so that a catalogue changes when its words do.
            catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def renewed(catalogue: bytes) -> bytes:
    """Bring a catalogue up to date: new messages come in without a translation, those that are gone go out."""
    found = read_po(BytesIO(catalogue))
    head = _HEAD.format(tag=found.locale_identifier, plural_forms=found.plural_forms)
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


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(tuple(_METHODS)):
            yield f"{path}{entry.name}", entry.read_bytes()
