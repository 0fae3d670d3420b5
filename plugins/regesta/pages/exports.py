"""The whole archive as files for other programs: what `regesta export` can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.links_data import DataFile
from regesta.pages.reference_formats import REFERENCE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regesta.pages.reference_formats import ReferenceFormat
    from regesta.pages.site import Site

    Export = Callable[[Site], Iterator[DataFile]]

__all__ = ["EXPORTS"]


def _references(wanted: ReferenceFormat) -> Export:
    def export(site: Site) -> Iterator[DataFile]:
        yield DataFile(f"references{wanted.suffix}", wanted.write(site.references.values()))

    return export


EXPORTS: Mapping[str, Export] = {name: _references(wanted) for name, wanted in REFERENCE_FORMATS.items()}
"""What each format makes of a site, by the name that the command line uses. Paths are from the folder of the export."""
