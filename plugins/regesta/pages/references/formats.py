"""The formats in which references can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.references.bibtex import bibtex_entry
from regesta.pages.references.csl import csl_line
from regesta.pages.references.ris import ris_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.pages.references.references import Reference

__all__ = ["REFERENCE_FORMATS", "ReferenceFormat"]


class ReferenceFormat(NamedTuple):
    """One format of references."""

    label: str
    """As readers know it."""
    suffix: str
    """Of its files."""
    media_type: str
    record: Callable[[Reference], str]
    """Writes one reference."""
    before: str = ""
    between: str = ""
    after: str = ""

    def join(self, records: Iterable[str]) -> str:
        """Make a file of records."""
        return f"{self.before}{self.between.join(records)}{self.after}"

    def write(self, references: Iterable[Reference]) -> str:
        """Write a file of references."""
        return self.join(map(self.record, references))


REFERENCE_FORMATS = {
    "bibtex": ReferenceFormat("BibTeX", ".bib", "application/x-bibtex", bibtex_entry, between="\n"),
    "ris": ReferenceFormat("RIS", ".ris", "application/x-research-info-systems", ris_record),
    "csl": ReferenceFormat(
        "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", csl_line, "[\n", ",\n", "\n]\n"
    ),
}
"""By the name that commands and settings use."""
