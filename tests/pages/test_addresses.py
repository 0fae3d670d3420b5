"""Addresses of pages."""

from __future__ import annotations

import pytest
from mkdocs.structure.files import File

from regesta.pages.addresses import Addresses

PATHS = ["index.md", "briefs/index.md", "briefs/2020/a.md", "dates/2020/09/14/index.md", "x/README.md", "x/ä b.md"]


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_addresses_are_those_of_mkdocs(path: str, *, directory_urls: bool) -> None:
    """A page's address is the one that MkDocs gives its file."""
    theirs = File(path, None, "/site", directory_urls).url
    assert Addresses(directory_urls).url(path) == ("" if theirs == "./" else theirs)


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("source", PATHS)
@pytest.mark.parametrize("target", PATHS)
def test_a_link_leads_where_it_should(source: str, target: str, *, directory_urls: bool) -> None:
    """Following a relative link from one page gives the address of the other."""
    from urllib.parse import urljoin  # noqa: PLC0415 - this test alone

    addresses = Addresses(directory_urls)
    start = f"https://example.org/{addresses.url(source)}"
    assert urljoin(start, addresses.link(source, target)) == f"https://example.org/{addresses.url(target)}"
