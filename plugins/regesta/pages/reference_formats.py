"""The formats in which references can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.bibtex import bibtex
from regesta.pages.csl import csl
from regesta.pages.ris import ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.pages.references import Reference

__all__ = ["REFERENCE_FORMATS", "ReferenceFormat"]


class ReferenceFormat(NamedTuple):
    """One format of references."""

    label: str
    """As readers know it."""
    suffix: str
    """Of its files."""
    media_type: str
    write: Callable[[Iterable[Reference]], str]


REFERENCE_FORMATS = {
    "bibtex": ReferenceFormat("BibTeX", ".bib", "application/x-bibtex", bibtex),
    "ris": ReferenceFormat("RIS", ".ris", "application/x-research-info-systems", ris),
    "csl": ReferenceFormat("CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", csl),
}
"""By the name that commands and settings use."""
