"""The page for people who do not program."""

from __future__ import annotations

import json
import os
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.reporting.link_reports import a_hostile_link_report, a_link_report
from tests.reporting.reports import HOSTILE, a_hostile_report, a_whole_report, finding, report

from regesta.model.findings import Severity
from regesta.model.spans import Place
from regesta.reporting.html_page import html_report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

REPORTS = {
    "whole": a_whole_report(),
    "empty": report(),
    "links": a_link_report(),
    **{f"hostile-{at}": a_hostile_report(text) for at, text in enumerate(HOSTILE)},
    **{f"hostile-links-{at}": a_hostile_link_report(text) for at, text in enumerate(HOSTILE)},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write all pages into a folder."""
    folder = tmp_path_factory.mktemp("pages")
    for name, found in REPORTS.items():
        (folder / f"{name}.html").write_text(html_report(found), encoding="utf-8")
    return folder


def test_the_nu_checker_finds_nothing(pages: Path) -> None:
    """The Nu HTML checker has no error and no warning about any page, hostile ones included."""
    jar = os.environ.get("REGESTA_VNU_JAR")
    if not jar:
        pytest.skip("the Nu HTML checker needs npm and Java: scripts/test fetches it where both can be had")
    command = ["java", "-jar", jar, "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, os.fspath(pages)], capture_output=True, text=True, check=False, timeout=300)
    messages = [
        f"{m['url'].rpartition('/')[2]}: {m['message']}" for m in json.loads(done.stderr or done.stdout)["messages"]
    ]
    # It guesses the language of a page from the words that the page quotes.
    assert [message for message in messages if "appears to be written in" not in message] == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_fits_and_asks_nobody(browser: Browser, pages: Path, width: int) -> None:
    """No page is wider than the screen, asks another host for anything or runs a script; its policy is never broken."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    for file in sorted(pages.iterdir()):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file.name
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_can_be_read(browser: Browser, pages: Path, scheme: str) -> None:
    """Every text stands out from what is behind it by 4.5 to 1, in the light and in the dark."""
    page = browser.new_page(color_scheme=scheme)
    page.goto((pages / "whole.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    weakest = page.evaluate(CONTRAST)
    assert weakest["ratio"] >= 4.5, weakest
    page.close()


def test_the_page_has_its_landmarks_and_ways(browser: Browser, pages: Path) -> None:
    """One main part, headings without a gap, no id twice, and every way within the page leads somewhere."""
    page = browser.new_page()
    page.goto((pages / "whole.html").as_uri())
    assert page.locator("main").count() == page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(each => Number(each.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    ways = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(each => each.hash.slice(1))")
    assert ways
    assert set(ways) <= set(ids)
    page.close()


def test_the_line_can_be_edited() -> None:
    """Where it is known how, each finding has a link to its line; everywhere its path and line are told."""
    html = html_report(a_whole_report())
    assert html.count(">Edit this line</a>") == 3
    assert 'href="https://code.example/edit/main/briefs_src/briefs/2021/ferries%2C%20100%25%20before.md#L8"' in html
    assert '<p class="path">/elsewhere/note.md</p>' in html
    assert "line 8 <span" in html


def test_the_sentence_around_is_shown() -> None:
    """A quotation is the sentence in which it stands, in the language of its brief, with the place marked."""
    html = html_report(a_whole_report())
    assert '<blockquote lang="en">date: <mark>2020-02-30</mark></blockquote>' in html
    assert (
        '<blockquote lang="en">[^2]: Harbour Board, &lt;<mark>hxxps://board[.]example/notice?a=1&amp;b=2</mark>&gt;, '
        "read on 漢字 day.</blockquote>"
    ) in html


def test_a_page_of_thousands_is_cut() -> None:
    """The heaviest two thousand are shown, and the page says so."""
    places = [Place(path="a.md", line=n, column=1, end_line=n, end_column=2, offset=0) for n in range(1, 2501)]
    light = [finding(place=place, severity=Severity.INFO) for place in places]
    html = html_report(report(*light, finding()))
    assert html.count('<li id="f-') == 2000
    assert "This page shows the 2,000 heaviest findings; 501 are left out." in html
    assert ">line 41<" in html


CONTRAST = """
() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  let weakest = { ratio: 99 };
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < weakest.ratio) weakest = { ratio, html: element.outerHTML.slice(0, 80) };
  }
  return weakest;
}
"""
