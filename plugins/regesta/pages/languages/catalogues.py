"""The translations of what pages say: one gettext catalogue a language, in `languages/`."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

__all__ = ["SOURCE_TAG", "catalogue_tags", "phrase", "read_catalogue", "read_text"]

SOURCE_TAG = "en"
"""The language that the messages are written in. It has no catalogue."""


def phrase(text: str) -> str:
    """Mark a message that is said later, from a table; give it back as it is."""
    return text


@lru_cache(maxsize=1)
def catalogue_tags() -> tuple[str, ...]:
    """Give the languages that pages can be in, by their BCP 47 tags, the source first."""
    names = (entry.name for entry in files("regesta.pages").joinpath("languages").iterdir())
    return (SOURCE_TAG, *sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


def read_text(tag: str) -> bytes:
    """Give a catalogue as its translators wrote it."""
    return files("regesta.pages").joinpath("languages", f"{tag}.po").read_bytes()


@lru_cache(maxsize=32)
def read_catalogue(tag: str) -> NullTranslations:
    """Read the catalogue of a language, compiled in memory: about 30 ms, once a build."""
    if tag == SOURCE_TAG:
        return NullTranslations()
    # A site in English does without.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(read_text(tag)), locale=tag.replace("-", "_")))
    compiled.seek(0)
    return GNUTranslations(compiled)
