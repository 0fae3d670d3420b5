"""Who stands behind an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.paths import is_inside
from regesta.model.sources import InvalidSource, Sources, read_source_record, source_of
from regesta.model.urls import parse_url

RECORDS = Sources(
    [
        read_source_record(
            "harbour-studies", "name: Harbour Studies\nhosts: [harbour.example, www.harbour-old.example]"
        ),
        read_source_record(
            "gauges", "name: The Gauge Channel\npaths: [video.example/@Gauges, https://t.example/gauges/]"
        ),
        read_source_record("gauges-live", "name: Gauges, live\npaths: [video.example/@gauges/live]"),
        read_source_record("desk", "name: The Desk\nhosts: [desk.news.example]"),
        read_source_record("index", "name: Poor Name\npaths: [video.example/c/index]"),
        read_source_record("brod", "name: Брод\nhosts: [брод.example]"),
    ]
)


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://www.harbour.example/a", "harbour.example"),
        ("https://m.harbour.example/a", "harbour.example"),
        ("https://amp.harbour.example:8443/a", "harbour.example"),
        ("https://a.b.harbour.co.uk/", "harbour.co.uk"),
        ("https://mara.github.io/x", "mara.github.io"),
        ("https://github.io/x", "github.io"),
        ("https://m.example/x", "m.example"),
        ("https://web.archive.org/web/20200909/https://www.harbour.example/", "harbour.example"),
        ("https://127.0.0.1:80/", "127.0.0.1"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ("https://xn--90an1b.example/", "xn--90an1b.example"),
        ("https://harbour.example./", "harbour.example"),
    ],
)
def test_a_source_is_a_registrable_domain(address, source):
    """Subdomains, ports, devices and mementos belong to the domain that somebody has registered."""
    assert source_of(parse_url(address)) == source


@pytest.mark.parametrize(
    ("address", "slug", "name"),
    [
        ("https://www.harbour.example/a", "harbour.example", "Harbour Studies"),
        ("https://sub.harbour-old.example/a", "harbour.example", "Harbour Studies"),
        ("https://video.example/@gauges/1", "gauges", "The Gauge Channel"),
        ("https://www.video.example/@GAUGES", "gauges", "The Gauge Channel"),
        ("https://video.example/%40gauges/", "gauges", "The Gauge Channel"),
        ("https://video.example/@gauges/live/2", "gauges-live", "Gauges, live"),
        ("https://video.example/@gaugesandmore", "video.example", "video.example"),
        ("https://t.example/gauges?single", "gauges", "The Gauge Channel"),
        ("https://desk.news.example/x", "desk.news.example", "The Desk"),
        ("https://sport.news.example/x", "news.example", "news.example"),
        ("https://video.example/c/index", "index-source", "Poor Name"),
        ("https://брод.example/", "xn--90ag3ah.example", "Брод"),
        ("https://xn--e1afmkfd.example/", "xn--e1afmkfd.example", "пример.example"),
    ],
)
def test_records_name_sources_and_set_channels_apart(address, slug, name):
    """A record names its hosts as one source, and a channel on a host that others share; the narrowest counts."""
    found = RECORDS.of(parse_url(address))
    assert (found.slug, found.name) == (slug, name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: X", "neither 'hosts' nor 'paths'"),
        ("name: X\nhosts: [a/b]", "'a/b' is no host"),
        ("name: X\nhosts: ['user@harbour.example']", "is no host"),
        ("name: X\npaths: [video.example]", "is no host with a path"),
        ("- name: X", "line 1: expected fields of text"),
        ("", "found nothing"),
        ("name: &a X", "line 1: anchors and aliases"),
        ("name: [", "the YAML cannot be read"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(text, said):
    """What is wrong with a record of a source is said with the value or the line, and the way out."""
    with pytest.raises(InvalidSource, match=r".") as raised:
        read_source_record("x", text)
    assert said in str(raised.value)


@given(st.from_regex(r"https?://[a-z0-9_.~\-\[\]:A-ZЖé%@]{1,40}/[^\n]{0,10}", fullmatch=True))
def test_every_source_has_a_folder_of_its_own(address):
    """The page of any source lies in the site, on every system, and is never the index of sources."""
    if (url := parse_url(address)) is not None:
        slug = Sources().of(url).slug
        assert is_inside(slug)
        assert slug not in {"index", "readme"}
        assert slug.isascii()
        assert "/" not in slug
        assert len(slug) <= 120


@pytest.mark.parametrize(
    "host", ["com1.example", "a_b.example", "localhost", "[::1]", "index", f"{'a' * 60}.{'b' * 63}.example"]
)
def test_odd_hosts_get_a_name_that_every_system_can_hold(host):
    """A device of Windows, an underscore, a colon, a single word: each gets a folder that can be made."""
    slug = Sources().of(parse_url(f"http://{host}/")).slug
    assert is_inside(slug)
    assert slug not in {host, "index"} or len(slug) > 60
