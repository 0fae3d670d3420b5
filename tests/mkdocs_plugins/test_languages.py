"""Sites in other languages than English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from tests.ledgers import write_ledger
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = """\
---
title: Паромы на Лиссене
date: {date}
authors: [Мирела Остренко]
publisher: Институт рек
series: Обзор рек
summary: Паромы стоят вторую неделю.
language: {language}
{more}
---
Мирела Остренко видела паромы.[^1] Лиссенская комиссия молчит[^2], пишет [она](https://one.example/{n}).

[^1]: https://one.example/{n}; https://two.example/{n}
[^2]: https://three.example/{n} и hxxps://four[.]example/{n}, <https://one.example/{n}(.)com/>
"""
PERSON = "---\nname: Мирела Остренко\ntype: person\nvariants: [Остренко, {name: Мирэла, kind: former, to: 2019}]\n---\n"
COMMISSION = (
    "---\nname: Лиссенская комиссия\ntype: organisation\nalso: [event]\nsame_as: {wikidata: Q1}\n---\nЗапись.\n"
)
DATES = (
    "2020-09-14",
    "2020-09",
    "2020",
    "2020-03-01~",
    "XXXX-09-14",
    "2019-05-02?",
    "2020-09-14",
    "2020-03-01/2020-05",
)


def archive(folder: Path, language: str) -> Path:
    """Lay out an archive whose own words are all in Cyrillic, with a ledger: what is Latin on a page is ours."""
    make_site(folder, source=None)
    source = folder / "briefs_src"
    for number, date in enumerate(DATES):
        path = source / "briefs" / "2020" / f"brief-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        more = {
            1: "status: withdrawn\nwithdrawn: {date: 2021-01-02, reason: Просьба.}",
            2: "updated: 2021-01-02\ncorrections: [{date: 2021-01-02, note: Опечатка.}]",
            3: "date_basis: inferred",
            4: "supersedes: briefs/2020/brief-0.md\nredirect_from: [old/path/]",
        }.get(number, "")
        path.write_text(BRIEF.format(date=date, n=number, more=more, language=language), encoding="utf-8")
    (source / "entities").mkdir()
    (source / "entities" / "ostrenko.md").write_text(PERSON, encoding="utf-8")
    (source / "entities" / "komissiya.md").write_text(COMMISSION, encoding="utf-8")
    write_ledger(source)
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("  font: false\n", f"  font: false\n  language: {language}\n", 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["pl", "ru", "uk"])
def translated(request, tmp_path_factory) -> tuple[str, Path]:
    """Build a site in each language; give its tag and its folder."""
    folder = archive(tmp_path_factory.mktemp(request.param) / "archive", request.param)
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    assert "theme.language" not in done.stderr
    return request.param, folder / "site"


def articles(site: Path) -> dict[str, BeautifulSoup]:
    """Give what our own part of each page says."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        article = soup.find("article")
        # The page for what is not there is the theme's, in English.
        if article is not None and path.name != "404.html":
            found[path.relative_to(site).as_posix()] = article
    return found


# Names of files, formats, styles and authorities, and single letters of addresses.
OURS = re.compile(
    r"\b(links\.(?:json|csv)|BibTeX|RIS|CSL-JSON|JSON Feed|JSON|CSV|SQLite|"
    r"Atom|JavaScript|Chicago|APA|Wikidata|Q1|regesta check --fix)\b"
)


# What stands in the columns of data files, which the codebook explains in the site's language.
VALUES = re.compile(
    r"\b(none|year|month|day|time|stated|inferred|given|person|organisation|place|event|briefs?|entity|entities|publisher|"
    r"form|ok|damaged|defanged|malformed|empty|not-http|http|live|moved|dead|ISO|EDTF|BCP|DOI|en|uk)\b"
)


def latin(text: str) -> list[str]:
    """Find Latin words that are no address and no name of ours."""
    text = re.sub(r"(?:hxxps?|https?)\S+|\S*\bexample\S*|\S+\.(?:json|csv|sarif|ris|bib|xml|sqlite|zip)\b", " ", text)
    return re.findall(r"[A-Za-z]{2,}", OURS.sub(" ", text))


def test_no_word_is_left_in_english(translated):
    """On no page, and in no name that a screen reader says, is a word of ours in another alphabet than the site's."""
    tag, site = translated
    if tag == "pl":
        pytest.skip("Polish and English have one alphabet: the catalogues are held complete elsewhere")
    found = {}
    for path, article in articles(site).items():
        if path == "index.html":
            article.h1.decompose()
            for welcome in article.find_all("p", string="Welcome."):
                welcome.decompose()
        for table in article.select("h3[id^=table-]"):
            table.decompose()
        for meaning in article.select(".rg-codebook td, h2#codebook ~ p"):
            meaning.string = VALUES.sub(" ", meaning.text)
        for foreign in [*article.find_all(lang="en"), *article.find_all(lang="en-US"), *article.find_all(["code"])]:
            foreign.decompose()
        said = [article.get_text(" ")]
        for name in ("aria-label", "title", "alt", "data-copy", "data-copied"):
            said += [
                str(one[name])
                for one in article.find_all(attrs={name: True})
                if "md-" not in " ".join(one.get("class", []))
            ]
        if words := [word for text in said for word in latin(text)]:
            found[path] = words
    assert found == {}


def test_pages_say_their_language(translated):
    """`lang` of every page is the theme's language, and titles and descriptions are in it."""
    tag, site = translated
    for path in sorted(site.rglob("*.html")):
        assert f'<html lang="{tag}"' in path.read_text(encoding="utf-8"), path
    title = BeautifulSoup((site / "briefs/index.html").read_text(encoding="utf-8"), "lxml").title.text
    assert title.startswith({"pl": "Opracowania", "ru": "Обзоры", "uk": "Огляди"}[tag])


def test_dates_are_written_in_the_language(translated):
    """A day has its month in the genitive, a month by itself in the nominative, and 'about' asks for the genitive."""
    tag, site = translated
    pages = articles(site)
    day, month, about = {
        "pl": ("14 września 2020", "Wrzesień 2020", "ok. 1 marca 2020"),
        "ru": ("14 сентября 2020\u202fг.", "Сентябрь 2020\u202fг.", "около 1 марта 2020\u202fг."),
        "uk": ("14 вересня 2020\u202fр.", "Вересень 2020\u202fр.", "близько 1 березня 2020\u202fр."),
    }[tag]
    assert pages["dates/2020/09/14/index.html"].h1.text == day
    assert pages["dates/2020/09/index.html"].h1.text.capitalize() == month
    assert about in pages["briefs/2020/brief-3/index.html"].text


@pytest.mark.parametrize("tag", ["en", "ru"])
def test_text_in_another_language_says_so(tag, tmp_path):
    """A Ukrainian brief on a site in another language has `lang` on its title wherever that stands, and on its body."""
    folder = archive(tmp_path / "archive", tag)
    for path in (folder / "briefs_src/briefs/2020").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"language: {tag}", "language: uk"), encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    pages = articles(folder / "site")
    assert pages["briefs/2020/brief-0/index.html"].h1["lang"] == "uk"
    for path, article in pages.items():
        for node in article.find_all(string=re.compile("Паромы на Лиссене|видела паромы|вторую неделю")):
            if node.find_parent(["title", "script", "nav"]) is None:
                assert any(parent.get("lang") == "uk" for parent in node.parents), (path, str(node))


def test_an_unknown_language_falls_back(tmp_path):
    """A theme's language without words of ours gives English pages that say so, and one line in the log."""
    folder = archive(tmp_path / "archive", "de")
    for path in (folder / "briefs_src/briefs/2020").iterdir():
        path.write_text(path.read_text(encoding="utf-8").partition("[^1]: ")[0].replace("[^1]", "").replace("[^2]", ""))
    done = run_mkdocs(folder, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("theme.language") == 1
    assert "'de'" in done.stderr
    for path in ("briefs/2020/brief-0/index.html", "index.html"):
        page = BeautifulSoup((folder / "site" / path).read_text(encoding="utf-8"), "lxml")
        assert page.html["lang"] == "de"
        heading = page.find(string=re.compile("Named in this brief|Latest briefs"))
        assert next(parent["lang"] for parent in heading.parents if parent.get("lang")) == "en", path


def test_anchors_do_not_change_with_the_language(translated):
    """A link to a place in a page holds when the site's language changes."""
    _, site = translated
    assert {one["id"] for one in articles(site)["dates/index.html"].find_all("h2")} == {"undated"}
    ids = {one["id"] for one in articles(site)["people/ostrenko/index.html"].find_all("h2")}
    assert {"y-2020", "y-undated"} <= ids
