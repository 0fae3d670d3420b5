"""Sitemaps that are too large for crawlers are split, and the same addresses give the same bytes."""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.pages.sitemaps import MOST_ADDRESSES, split_sitemap

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def sitemap(number: int) -> str:
    """Write a sitemap as MkDocs does."""
    entries = "\n".join(
        f"    <url>\n         <loc>https://register.example/a&amp;{index}/</loc>\n"
        f"         <lastmod>2020-01-{1 + index % 28:02}</lastmod>\n    </url>"
        for index in range(number)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{entries}\n</urlset>"
    )


def addresses(document: str | bytes) -> list[str | None]:
    """Read the addresses of a map or an index."""
    return [element.text for element in ET.fromstring(document).iter(f"{NAMESPACE}loc")]  # noqa: S314 - our own writing


@pytest.mark.parametrize("number", [0, 1, 5])
def test_a_small_sitemap_stays_as_it_is(number: int) -> None:
    """Up to the most addresses of one file nothing changes."""
    assert split_sitemap(sitemap(number), "https://register.example/", most=5) == (sitemap(number), {})


@given(st.integers(1, 40), st.integers(1, 12))
def test_every_address_is_in_one_map(number: int, most: int) -> None:
    """The maps that the index names have all addresses, in order, none twice, and none has too many."""
    index, files = split_sitemap(sitemap(number), "https://register.example", most=most)
    if number <= most:
        assert not files
        return
    assert addresses(index) == [f"https://register.example/{name}" for name in files]
    found = [addresses(gzip.decompress(content)) for content in files.values()]
    assert [one for part in found for one in part] == addresses(sitemap(number))
    assert max(map(len, found)) <= most


def test_a_map_is_not_too_large() -> None:
    """Long addresses split a map before their number does."""
    _, files = split_sitemap(sitemap(20), "https://register.example/", largest=1000)
    assert len(files) > 1
    assert all(len(gzip.decompress(content)) < 1300 for content in files.values())


def test_the_bytes_are_the_same_each_time() -> None:
    """No clock is in the packed files, and the index tells the newest day of each."""
    first = split_sitemap(sitemap(9), "https://register.example/", most=4)
    assert first == split_sitemap(sitemap(9), "https://register.example/", most=4)
    assert all(content[4:8] == bytes(4) for content in first[1].values())
    assert "<lastmod>2020-01-04</lastmod>" in first[0]


def test_the_limit_is_that_of_the_protocol() -> None:
    """50,000 addresses stay in one file; one more makes two."""
    assert not split_sitemap(sitemap(MOST_ADDRESSES), "https://register.example/")[1]
    assert list(split_sitemap(sitemap(MOST_ADDRESSES + 1), "https://register.example/")[1]) == [
        "sitemap-1.xml.gz",
        "sitemap-2.xml.gz",
    ]


def test_without_an_address_nothing_is_split() -> None:
    """An index needs whole addresses."""
    assert split_sitemap(sitemap(9), "", most=2) == (sitemap(9), {})
