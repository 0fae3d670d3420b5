"""Old addresses: which of them a file of the site can answer to."""

from __future__ import annotations

import pytest

from regesta.model.old_addresses import Claim, InvalidOldAddress, answering_file, grant_claims


@pytest.mark.parametrize(
    ("old", "file"),
    [
        ("old/path/", "old/path/index.html"),
        ("old/path", "old/path/index.html"),
        ("old/path.html", "old/path.html"),
        ("old/path.md", "old/path/index.html"),
        ("старе/місце/", "старе/місце/index.html"),
        ("%D1%81%D1%82%D0%B0%D1%80%D0%B5/", "старе/index.html"),
        ("café/", "café/index.html"),
        ("cafe\u0301/", "cafe\u0301/index.html"),
        ("歴史/理事.html", "歴史/理事.html"),
        ("a%20b/", "a b/index.html"),
        ("ä" * 120 + "/", "ä" * 120 + "/index.html"),
    ],
)
def test_an_address_has_a_file(old: str, file: str) -> None:
    """The file is named in letters, as a server looks for it; encoded or not, it is one file."""
    assert answering_file(old) == file


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ("", "names no page"),
        ("/", "names no page"),
        ("//", "names no page"),
        (" / ", "names no page"),
        ("https://other.example/a/", "whole address"),
        ("//other.example/a/", "whole address"),
        ("mailto:a@other.example", "whole address"),
        ("/old/", "begins with a slash"),
        ("../up/", "no relative path"),
        ("a/../../b", "no relative path"),
        ("a/./b", "no relative path"),
        ("a//b", "no relative path"),
        ("a\\b", "no relative path"),
        ("%2e%2e/up/", "no relative path"),
        (".git/config", "no relative path"),
        ("a/con/", "no relative path"),
        ("NUL.html", "no relative path"),
        ("a/aux.txt/", "no relative path"),
        ("a./", "no relative path"),
        ("a /", "no relative path"),
        ("a|b/", "no relative path"),
        ("a/?page=2", "query or a fragment"),
        ("a/#part", "query or a fragment"),
        ("a%2Fb/", "encoded slash"),
        ("a%5cb/", "encoded slash"),
        ("caf%e9/", "not UTF-8"),
        ("\ud800/", "not UTF-8"),
        ("a\x07/", "cannot be seen"),
        ("a%00/", "cannot be seen"),
        ("a%0d%0ab/", "cannot be seen"),
        ("a\u202eb/", "cannot be seen"),
        ("a\x85b/", "cannot be seen"),
        ("a" * 256 + "/", "longer than 255 bytes"),
        ("a" * 251 + ".html", "longer than 255 bytes"),
        ("ä" * 128 + "/", "longer than 255 bytes"),
        ("a/" * 2500, "longer than 1,000 bytes"),
        ("a" * 250 + ("/" + "b" * 250) * 20 + "/", "longer than 1,000 bytes"),
    ],
)
def test_an_address_without_a_file_is_refused(old: str, why: str) -> None:
    """What no file can answer to, on one system or on any, is refused with the reason."""
    with pytest.raises(InvalidOldAddress, match=why):
        answering_file(old)


@pytest.mark.parametrize(
    ("old", "why"),
    [
        (["sitemap.xml/"], "'sitemap.xml' is a file, and no file can be in it"),
        (["404.html"], "a page of the site stands there"),
        (["index.html"], "a page of the site stands there"),
        (["INDEX.html"], "a page of the site stands there"),
        (["About/"], "a page of the site stands there"),
        (["search/old/"], "the site's own files lie in 'search'"),
        (["assets/old.html"], "the site's own files lie in 'assets'"),
        (["about/index.html/old"], "'about/index.html' is a file, and no file can be in it"),
        (["annex.pdf/old"], "'annex.pdf' is a file, and no file can be in it"),
        (["odd.html"], "a folder of the site has that name"),
        (["q.html", "q.html/z"], "'q.html' is a file, and no file can be in it"),
        (["q.html/z", "q.html"], "a folder of the site has that name"),
        (["Q.html", "q.HTML/z"], "'q.html' is a file, and no file can be in it"),
    ],
)
def test_a_file_of_the_site_keeps_its_place(old: list[str], why: str) -> None:
    """An old address is refused where another file stands, or where a folder and a file would have one name."""
    claims = [Claim("briefs/a.md", "briefs/a.md", one, one) for one in old]
    taken = {"about/index.html", "annex.pdf", "odd.html/index.html"}
    _, refused = grant_claims(claims, taken)
    assert [refusal.why for refusal in refused] == [why]


@pytest.mark.parametrize(
    ("first", "second"),
    [("old/A/", "old/a/"), ("café/", "cafe\u0301/"), ("СТАРЕ/", "старе/"), ("a/", "a/index.html"), ("a%62/", "ab/")],
)
def test_two_pages_cannot_have_one_old_address(first: str, second: str) -> None:
    """Of two that are one file on some computer, the first is granted and the second is named."""
    claims = [Claim(path, path, old, old) for path, old in (("briefs/a.md", first), ("briefs/b.md", second))]
    granted, refused = grant_claims(claims, ())
    assert [claim.path for claim in granted.values()] == ["briefs/a.md"]
    assert [str(one) for one in refused] == [f"redirect_from {second!r} is left out: 'briefs/a.md' claims it too."]
