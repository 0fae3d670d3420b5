"""Addresses of archived copies: which are, of what, and which may be shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.model.dates import parse_date
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.memento_days import memento_day
from regesta.model.mementos import Memento, _is_copy, is_memento_of, read_memento, unwrap
from regesta.model.urls import Url, parse_url

TAKEN = datetime(2020, 9, 9, 12, 0, 1, tzinfo=UTC)
FERRY = "https://ferry.example/a?b=c"


@pytest.mark.parametrize(
    ("url", "original", "time"),
    [
        (f"https://web.archive.org/web/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"http://web.archive.org/web/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://web.archive.org/web/20200909120001if_/{FERRY}", FERRY, TAKEN),
        (f"https://web.archive.org/web/20200909120001id_/{FERRY}", FERRY, TAKEN),
        (f"https://wayback.archive.org/web/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://www.archive.org/web/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"http://web.archive.org/20200909120001/{FERRY}", FERRY, TAKEN),
        ("https://web.archive.org/web/20200909120001/http:/ferry.example/a", "http://ferry.example/a", TAKEN),
        ("https://web.archive.org/web/20200909120001/http%3A//ferry.example/a", "http://ferry.example/a", TAKEN),
        (
            "https://web.archive.org/web/20200909120001/https%3A%2F%2Fferry.example%2Fa%3Fb%3Dc",
            FERRY,
            TAKEN,
        ),
        ("https://web.archive.org/web/20200909120001/ferry.example", "http://ferry.example/", TAKEN),
        ("https://web.archive.org/web/20200909120001/www.ferry.example/a", "http://www.ferry.example/a", TAKEN),
        ("https://web.archive.org/web/20200909120001/ferry.example:8080/a", "http://ferry.example:8080/a", TAKEN),
        ("https://web.archive.org/web/20200909120001/http://ferry.example:80/a", "http://ferry.example/a", TAKEN),
        ("https://web.archive.org/web/20200909120001/HTTP://Ferry.Example/A", "http://ferry.example/A", TAKEN),
        (f"https://web.archive.org/web/20200909120001/{FERRY}#d", f"{FERRY}#d", TAKEN),
        ("https://web.archive.org/web/20200909120001/https://ferry.example/a//b", "https://ferry.example/a//b", TAKEN),
        (
            "https://web.archive.org/web/20200909120001/https://пример.example/вода",
            "https://xn--e1afmkfd.example/%D0%B2%D0%BE%D0%B4%D0%B0",
            TAKEN,
        ),
        ("https://web.archive.org/web/20200909120001/ftp://ferry.example/a", None, TAKEN),
        (f"https://web.archive.org/web/2020/{FERRY}", FERRY, None),
        (f"https://web.archive.org/web/20200909/{FERRY}", FERRY, None),
        (f"https://web.archive.org/web/20201399120001/{FERRY}", FERRY, None),
        (f"https://web.archive.org/web/{FERRY}", FERRY, None),
        (f"https://web.archive.org/web/*/{FERRY}", FERRY, None),
        (f"https://web.archive.org/web/2020*/{FERRY}", None, "not"),
        (f"https://arquivo.pt/wayback/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://arquivo.pt/noFrame/replay/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://www.webarchive.org.uk/wayback/archive/20200909120001mp_/{FERRY}", FERRY, TAKEN),
        (f"https://www.webarchive.org.uk/wayback/en/archive/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://webarchive.nationalarchives.gov.uk/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://wayback.archive-it.org/1234/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://wayback.archive-it.org/all/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://webarchive.loc.gov/all/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://webarchive.nla.gov.au/awa/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://vefsafn.is/is/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"http://timetravel.mementoweb.org/memento/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"http://timetravel.mementoweb.org/timegate/{FERRY}", FERRY, None),
        (f"https://archive.today/20200909120001/{FERRY}", FERRY, TAKEN),
        (f"https://archive.ph/2020.09.09-120001/{FERRY}", FERRY, TAKEN),
        (f"https://archive.is/newest/{FERRY}", FERRY, None),
        (f"https://archive.md/{FERRY}", FERRY, None),
        (f"https://archive.vn/o/AbC12/{FERRY}", FERRY, None),
        ("https://archive.li/AbC12", None, None),
        ("https://archive.fo/AbC12/image", None, None),
        ("https://perma.cc/AB12-CD34", None, None),
        ("https://perma.cc/AB12-CD34?type=image", None, None),
        ("https://www.webcitation.org/5AbCdEfGh", None, None),
        ("http://www.webcitation.org/query?url=https%3A%2F%2Fferry.example%2Fa%3Fb%3Dc&date=2009-01-01", FERRY, None),
        ("https://ghostarchive.org/archive/AbC12", None, None),
    ],
)
def test_copies_are_recognised(url: str, original: str | None, time: datetime | str | None) -> None:
    """Each archive's way to write an address gives the page and the moment, as far as it names them."""
    found = read_memento(normal(url))
    if time == "not":
        assert found is None
        return
    assert found is not None
    assert found[1:] == (original, time)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/web/2020/https://ferry.example/",
        "https://example.org/web/20200909120001/https://ferry.example/",
        "https://web.archive.org.example/web/20200909120001/https://ferry.example/",
        "https://notarchive.ph/20200909120001/https://ferry.example/",
        "https://ferry.example/?u=https://web.archive.org/web/20200909120001/https://quay.example/",
        "https://web.archive.org/",
        "https://web.archive.org/web/",
        "https://web.archive.org/web/20200909120001/",
        "https://web.archive.org/web/20200909120001/about",
        "https://web.archive.org/save/https://ferry.example/",
        "https://web.archive.org/details/https://ferry.example/",
        "https://archive.org/details/ferry_timetable",
        "https://archive.org/details/20200909120001/ferry",
        "https://archive.org/download/ferry-1920/20200909120001/ferry.example.pdf",
        "https://archive.ph/",
        "https://archive.ph/faq.html",
        "https://blog.archive.today/post/618635148292964352/ferry",
        "https://perma.cc/",
        "https://perma.cc/about",
        "https://perma.cc/docs/accounts",
        "https://arquivo.pt/page/search?query=ferry",
        "https://www.loc.gov/item/20200909120001/",
        "https://ghostarchive.org/",
    ],
)
def test_other_addresses_are_no_copies(url: str) -> None:
    """Another host, or an archive's own page, is no copy, whatever its address looks like."""
    assert read_memento(normal(url)) is None


def test_a_configured_host_is_an_archive() -> None:
    """A host that is named, with its port, is read like pywb; on another port it is not."""
    url = normal(f"http://copies.example:8080/all/20200909120001mp_/{FERRY}")
    assert read_memento(url) is None
    assert read_memento(url, {"copies.example"}) is None
    assert read_memento(url, {"copies.example:8080"}) == Memento("copies.example:8080", Url(FERRY), TAKEN)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (FERRY, FERRY),
        (f"https://archive.ph/20200909120001/https://web.archive.org/web/2020/{FERRY}", FERRY),
        (f"https://web.archive.org/web/20200909120001/web.archive.org/web/20190909120001/{FERRY}", FERRY),
        ("https://archive.ph/AbC12", "https://archive.ph/AbC12"),
        ("https://web.archive.org/web/2020/https://archive.ph/AbC12", "https://archive.ph/AbC12"),
        ("https://example.org/web/2020/https://ferry.example/", "https://example.org/web/2020/https://ferry.example/"),
    ],
)
def test_a_copy_means_its_page(url: str, page: str) -> None:
    """Wrappers are taken off, one after another, as long as they say what they hold."""
    assert unwrap(normal(url)) == page


COPY = "https://web.archive.org/web/20200909120001/"


@pytest.mark.parametrize(
    ("memento", "url"),
    [
        (f"{COPY}{FERRY}", FERRY),
        (f"{COPY}http://www.ferry.example:80/a?b=c", FERRY),
        (f"{COPY}{FERRY}", f"{FERRY}#timetable"),
        (f"{COPY}ferry.example/a/", "https://ferry.example/a"),
        (f"{COPY}https://ferry.example/a?c=1&b=2", "https://ferry.example/a?b=2&c=1"),
        (f"{COPY}https://ferry.example/%7Eada/%d0%b0", "https://ferry.example/~ada/%D0%B0"),
        (f"https://archive.ph/20200909120001/{FERRY}", FERRY),
        (f"https://www.webarchive.org.uk/wayback/archive/20200909120001/{FERRY}", FERRY),
    ],
)
def test_a_copy_of_the_page_may_be_shown(memento: str, url: str) -> None:
    """The ways in which an archive writes one page all count."""
    assert is_memento_of(memento, Url(url), COPY_HOSTS)


@pytest.mark.parametrize(
    "memento",
    [
        f"{COPY}https://ferry.example/b",
        f"{COPY}https://quay.example/a?b=c",
        f"{COPY}https://ferry.example/A?b=c",
        f"{COPY}https://ferry.example/a",
        f"{COPY}https://ferry.example:8443/a?b=c",
        f"{COPY}https://quay.example/?{FERRY}",
        f"{COPY}https://quay.example/#{FERRY}",
        f"{COPY}https://ferry.example@quay.example/a?b=c",
        f"https://web.archive.org/web/2020/{FERRY}",
        f"https://web.archive.org/web/*/{FERRY}",
        f"https://web.archive.org/save/{FERRY}",
        f"https://web.archive.org:8443/web/20200909120001/{FERRY}",
        f"https://ada:grain@web.archive.org/web/20200909120001/{FERRY}",
        f"https://web.archive.org@quay.example/web/20200909120001/{FERRY}",
        f"https://quay.example/web/20200909120001/{FERRY}",
        f"https://web.archive.org.quay.example/web/20200909120001/{FERRY}",
        f"https:\\\\web.archive.org/web/20200909120001/{FERRY}",
        f"https://WEB.archive.org/web/20200909120001/{FERRY}",
        f"https://web.archive.org/web/20200909120001/{FERRY}\n",
        f"https://web.archive.org/web/20200909120001/{FERRY}/../../../../../save/x",
        f"https://web.archive.org/web/20200909120001/{COPY}https://quay.example/",
        f"https://archive.ph/o/AbC12/{FERRY}",
        "https://archive.ph/AbC12",
        "https://perma.cc/AB12-CD34",
        f"javascript:alert(1)//web.archive.org/web/20200909120001/{FERRY}",
        f"//web.archive.org/web/20200909120001/{FERRY}",
        "none",
        "refused",
        "",
    ],
)
def test_anything_else_is_not_shown(memento: str) -> None:
    """Another page, an unknown moment, another host, hidden credentials or an address that browsers mend: none."""
    assert not is_memento_of(memento, Url(FERRY), COPY_HOSTS)


def test_only_configured_hosts_are_shown() -> None:
    """A known archive that is not configured is as good as any stranger."""
    assert not is_memento_of(f"{COPY}{FERRY}", Url(FERRY), {"archive.ph"})


PAGES = st.from_regex(r"https?://[a-z]{1,8}\.example(:[1-9][0-9]{1,3})?/[ -~а-я]{0,20}", fullmatch=True)


@given(PAGES, st.sampled_from(["web.archive.org/web", "arquivo.pt/wayback", "archive.ph"]))
def test_what_is_wrapped_is_unwrapped(written: str, archive: str) -> None:
    """Of the copy of any page, the page is found again, and it may be shown for that page."""
    page = normal(written)
    copy = parse_url(f"https://{archive}/20200909120001/{page}")
    assert copy is not None
    if "/../" not in f"{page}/" and "/./" not in f"{page}/":
        assert unwrap(copy) == unwrap(page)
        assert is_memento_of(copy, page, COPY_HOSTS)


@given(
    PAGES,
    st.sampled_from(["web.archive.org/web", "arquivo.pt/wayback", "archive.ph", "copies.example:8080/all", "perma.cc"]),
    st.sampled_from(["20200909120001", "20200931120001", "20200230000000", "2020", "20201301000000"]),
)
def test_the_quick_look_says_the_same(written: str, archive: str, stamp: str) -> None:
    """What is known of usual copies without the parser is what it would say."""
    page, hosts = normal(written), COPY_HOSTS | {"copies.example:8080"}
    for copy in (f"https://{archive}/{stamp}/{page}", f"https://{archive}/{stamp}/{page}/b"):
        assert is_memento_of(copy, page, hosts) == _is_copy(copy, page, hosts)


@given(st.text(max_size=60), st.sampled_from(sorted(COPY_HOSTS)))
def test_no_address_is_too_odd(tail: str, host: str) -> None:
    """Whatever stands behind an archive's host is read without an error, and what is found is an address."""
    url = parse_url(f"https://{host}/{tail}")
    if url and (found := read_memento(url)) and found.original:
        assert parse_url(found.original) == found.original


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-09-09", "2020-09-09"),
        ("2020-09-09T23:30:00-04:00", "2020-09-09"),
        ("2020-09-14~", "2020-09-14"),
        ("2020-02", "2020-02-15"),
        ("2020", "2020-07-01"),
        ("2020-09-01/2020-09-20", "2020-09-15"),
        ("1984-09-09", "1991-01-01"),
        ("XXXX-09-14", "1991-01-01"),
        ("201X", "1991-01-01"),
    ],
)
def test_a_brief_has_its_day(written: str, day: str) -> None:
    """A brief of a month wants the copy nearest its middle; one without a year, or older than the web, the earliest."""
    assert memento_day(parse_date(written)).isoformat() == day


def normal(url: str) -> Url:
    """Give an address as the parser writes it."""
    parsed = parse_url(url)
    assert parsed is not None, url
    return parsed
