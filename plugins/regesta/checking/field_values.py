"""What the fields of a brief can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from regesta.model.briefs import Status
from regesta.model.dates import DateBasis
from regesta.model.paths import is_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.model.front_matter import Value

__all__ = ["CHECKS", "Wrong", "kind_of"]


Wrong: TypeAlias = "tuple[str, str] | None"
"""What was written, where one word is wrong, and the way out; None where nothing is."""


def _one_text(value: Value) -> Wrong:
    return None if isinstance(value, str) else ("", "Give one text.")


def _texts(value: Value) -> Wrong:
    if isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(item, str) for item in value)):
        return None
    return "", "Give one text, or a list of texts."


def _basis(value: Value) -> Wrong:
    return _word(value, tuple(DateBasis))


def _status(value: Value) -> Wrong:
    words = tuple(Status)
    # An empty one keeps the brief back, as any that is not understood.
    return _word(value, words) if value else ("", f"Write one of {', '.join(words)}.")


def _word(value: Value, words: tuple[str, ...]) -> Wrong:
    if value in words or value == "":
        return None
    return value if isinstance(value, str) else "", f"Write one of {', '.join(words)}."


def _original(value: Value) -> Wrong:
    if not isinstance(value, dict):
        return "", "Give 'file:' and 'sha256:'."
    file = value.get("file")
    if file is not None and not (isinstance(file, str) and is_inside(file)):
        return file if isinstance(file, str) else "", "Give a path within the archive, such as 'originals/x.pdf'."
    digest = value.get("sha256")
    if digest is not None and not (isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{64}", digest)):
        return digest if isinstance(digest, str) else "", "Give the SHA-256 as 64 hexadecimal digits."
    return None


def _entities(value: Value) -> Wrong:
    if not isinstance(value, dict) or set(value) - {"add", "not", "read"}:
        return "", "Give 'add:', 'not:' or 'read:'."
    if wrong := _texts(value.get("add", "")) or _texts(value.get("not", "")):
        return wrong
    read = value.get("read") or {}
    if not isinstance(read, dict) or not all(isinstance(item, str) for item in read.values()):
        return "", "Give under 'read:' a slug for each name: {Lukashenko: viktor-lukashenko}."
    return None


def _withdrawn(value: Value) -> Wrong:
    return None if isinstance(value, dict) or value == "" else ("", "Give 'date:' and 'reason:'.")


def _corrections(value: Value) -> Wrong:
    if value == "" or (isinstance(value, tuple) and all(isinstance(item, dict) for item in value)):
        return None
    return "", "Give a list, each with 'date:' and 'note:'."


def kind_of(value: Value) -> str:
    """Name the kind of a value, as messages do."""
    return "text" if isinstance(value, str) else "a list" if isinstance(value, tuple) else "a list of fields"


CHECKS: Mapping[str, Callable[[Value], Wrong]] = {
    **dict.fromkeys(("title", "date_note", "publisher", "series", "number", "language", "doi", "rights"), _one_text),
    **dict.fromkeys(("summary", "markdown"), _one_text),
    **dict.fromkeys(
        ("authors", "source_url", "subjects", "supersedes", "superseded_by", "translation_of", "redirect_from"), _texts
    ),
    "date_basis": _basis,
    "status": _status,
    "original": _original,
    "entities": _entities,
    "withdrawn": _withdrawn,
    "corrections": _corrections,
}
"""By field, what says whether its value is one that the field can hold."""
