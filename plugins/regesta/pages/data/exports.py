"""The whole archive as files for other programs: what `regesta export` can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.data.files import DATA_FORMATS, archive_files
from regesta.pages.lazy_file import LazyFile
from regesta.pages.references.formats import REFERENCE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regesta.pages.references.formats import ReferenceFormat
    from regesta.pages.site import Site

    Export = Callable[[Site], Iterator[LazyFile]]

__all__ = ["EXPORTS"]


def _references(wanted: ReferenceFormat) -> Export:
    def export(site: Site) -> Iterator[LazyFile]:
        yield LazyFile(f"references{wanted.suffix}", lambda: wanted.write(site.references.values()))

    return export


def _data(name: str) -> Export:
    return lambda site: archive_files(site, [name], folder="")


EXPORTS: Mapping[str, Export] = {
    **{name: _data(name) for name in DATA_FORMATS},
    **{name: _references(wanted) for name, wanted in REFERENCE_FORMATS.items()},
}
"""What each format makes of a site, by the name that the command line uses. Paths are from the folder of the export."""
