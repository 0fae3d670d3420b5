"""Citing and quoting, in a real browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.sites import make_site_of, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BRIEF = "briefs/2021/2021-03-10-no-boats/"
AT = f"https://register.example/{BRIEF}"
SELECT = """([from, to]) => {
  const find = (text) => {
    const walker = document.createTreeWalker(document.querySelector(".rg-body"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(text);
      if (at >= 0) { return [walker.currentNode, at]; }
    }
  };
  const range = document.createRange();
  range.setStart(...find(from));
  const [node, at] = find(to);
  range.setEnd(node, at + to.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def page(browser: Browser, top: str) -> Iterator[Page]:
    """Open a brief; in the end nothing may have gone wrong, and nothing but its own site have been asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, timezone_id="Pacific/Kiritimati")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    one = context.new_page()
    complaints: list[str] = []
    one.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on("request", lambda request: None if request.url.startswith(top) else complaints.append(request.url))
    one.clock.install(time="2026-11-26T12:00:00Z")
    one.goto(top + BRIEF)
    yield one
    context.close()
    # The theme asks for the map of a site that lies elsewhere than its site_url says.
    assert [text for text in complaints if "404" not in text] == []


def clipboard(page: Page) -> str:
    """Read what has been copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_reference_is_copied_with_the_readers_day(page: Page) -> None:
    """The box opens; each style is copied by its button, with the day it is where the reader is."""
    page.get_by_text("Cite this brief").click()
    buttons = page.locator(".rg-cite").get_by_role("button", name="Copy", exact=True)
    assert buttons.count() == 3
    buttons.nth(1).click()
    page.get_by_role("button", name="Copied").wait_for()
    assert clipboard(page) == (
        "Lene Marrow and Tomas Ebb, No boats: the strike begins, Tide Table no. 2 (Institute for Harbour Studies, "
        f"March 10, 2021), accessed November 27, 2026, {AT}."
    )
    page.locator(".rg-citation").first.get_by_text("(accessed 27 November 2026)").wait_for()


def test_the_line_below_the_head_leads_to_citing_and_to_the_original(page: Page) -> None:
    """Under the title stand the ways to the Cite box, which opens, to where the brief was published, to its data."""
    line = page.locator(".rg-head .rg-take a")
    assert line.all_inner_texts() == ["Cite", "Original: harbour-studies.example", "JSON"]
    assert line.nth(1).get_attribute("href") == "https://harbour-studies.example/tide/2"
    line.first.click()
    assert page.locator(".rg-citation").first.is_visible()
    page.emulate_media(media="print")
    assert line.nth(1).is_visible()
    assert not line.first.is_visible()


def test_a_reference_is_taken_away_as_a_file(page: Page) -> None:
    """A file of a reference has the name of its brief."""
    page.get_by_text("Cite this brief").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert download.value.suggested_filename == "2021-03-10-no-boats.ris"


def test_selected_words_are_copied_with_all_they_rest_on(page: Page) -> None:
    """A quotation has the words without marks of notes, who said them, its paragraph, and copies of its notes."""
    button = page.get_by_role("button", name="Copy quotation")
    assert not button.is_visible()
    page.evaluate(SELECT, ["Joran Kell", "first statement"])
    button.wait_for()
    page.evaluate(SELECT, ["first statement", "will not touch"])
    button.wait_for()
    page.wait_for_timeout(300)
    button.click()
    page.wait_for_timeout(100)
    first, *notes = clipboard(page).splitlines()
    assert first == (
        '“first statement was one sentence long: "We are at work; it is the boats that have stopped." The Dockers’ '
        "Union of Port Ardel will not touch” — Lene Marrow, Tomas Ebb, Institute for Harbour Studies, 10 March 2021, "
        f"{AT}#p-3"
    )
    assert len(notes) == 1
    assert re.fullmatch(r"\[3\](?: https://web\.archive\.org/web/\d{14}/https://\S+)+", notes[0])
    fragment = first.rpartition("#")[2]
    assert page.locator(f"#{fragment}").inner_text().startswith("Joran Kell")


def test_what_is_known_of_a_link_is_no_word_of_the_brief(
    browser: Browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    """A quotation across a dead link has neither its cross nor the chip of its copy."""
    folder = make_site_of(
        tmp_path / "a", "---\ntitle: X\ndate: 2020-01-01\n---\nThe letter ([here](https://gone.example/)) was short.\n"
    )
    known = {"url": "https://gone.example/", "verdict": "dead", "since": "2026-03-01", "failures": 3}
    copies = {"mementos": {"2020-01-01": "https://web.archive.org/web/20200111093000/https://gone.example/"}}
    (folder / "briefs_src/links.jsonl").write_text(json.dumps(known | copies), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(serve(folder / "site") + "briefs/2020/2020-01-01-x/")
    page.locator(".rg-body", has_text="The letter (here✕ dead ▣ archived) was short.").wait_for()
    page.evaluate(SELECT, ["The letter", "short."])
    page.get_by_role("button", name="Copy quotation").click()
    page.wait_for_timeout(100)
    assert clipboard(page).startswith("“The letter (here) was short.” — ")
    context.close()


def test_a_quotation_may_run_over_paragraphs(page: Page) -> None:
    """Words of two blocks stand apart, and the address is that of the first."""
    page.evaluate(SELECT, ["will not touch", "counts flour"])
    page.get_by_role("button", name="Copy quotation").click()
    page.wait_for_timeout(100)
    first = clipboard(page).splitlines()[0]
    assert "unload. Ministers and flour Minister Kell" in first
    assert first.endswith("#p-3")


def test_quoting_by_keyboard(page: Page) -> None:
    """Tab goes from the selected words to the button, Enter copies, Escape puts the button away."""
    page.evaluate(SELECT, ["Minister Kell", "counts flour"])
    button = page.get_by_role("button", name="Copy quotation")
    button.wait_for()
    page.keyboard.press("Tab")
    assert button.evaluate("(one) => one === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
    assert clipboard(page).startswith("“Minister Kell")
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name=re.compile("Copy quotation|Copied")).is_visible()


def test_what_is_selected_elsewhere_is_no_quotation(page: Page) -> None:
    """Words of a title, or of title and text, are not offered."""
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(400)
    assert not page.get_by_role("button", name="Copy quotation").is_visible()
    page.evaluate("getSelection().selectAllChildren(document.body)")
    page.wait_for_timeout(400)
    assert not page.get_by_role("button", name="Copy quotation").is_visible()


def test_the_box_needs_no_script(browser: Browser, audited_site: Path, serve: Callable[[Path], str]) -> None:
    """Without JavaScript the box opens, has each style, and no empty day of access."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(audited_site) + BRIEF)
    page.get_by_text("Cite this brief").click()
    assert page.locator(".rg-citation").count() == 3
    assert page.locator(".rg-citation").first.is_visible()
    assert "accessed" not in page.locator(".rg-cite").inner_text()
    assert page.get_by_role("button", name="Copy").count() == 0
    context.close()
