"""What becomes of a brief's body in a browser: labels of notes, attachments, aligned columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

TABLE = "| left | right | middle |\n|:---|---:|:---:|\n| a | 12 | b |\n"
NOTES = "[^1]: One\n\n[^2a]: Two a, https://a.example/2a\n\n[^*]: A star\n\n[^iv]: Four\n"
BODY = (
    f"First.[^1] Inserted.[^2a] Starred.[^*] Again.[^2a] Roman.[^iv] [The annex](annex.pdf#page=2).\n\n{TABLE}\n{NOTES}"
)
HOSTILE = '<a class="footnote-ref" href="https://b.example/#%E0%A4%A">x</a> <a class="footnote-ref">y</a>\n\n'


@pytest.fixture
def open_brief(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> Iterator[Callable[[str], Page]]:
    """Build one brief, by our engine and by the site's, and open either; nothing may go wrong in it."""
    folder = make_site(tmp_path / "a", source=None, extra="markdown_extensions: [footnotes, tables, attr_list]\n")
    briefs = folder / "briefs_src/briefs/2020"
    briefs.mkdir(parents=True)
    (briefs / "annex.pdf").write_bytes(b"%PDF-1.4\n")
    for name, more in (("ours", ""), ("theirs", "markdown: mkdocs\n")):
        text = f"---\ntitle: A\ndate: 2020-01-01\n{more}---\n{HOSTILE}{BODY}"
        (briefs / f"{name}.md").write_text(text, encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    top = serve(folder / "site")
    context = browser.new_context(viewport={"width": 1280, "height": 1400}, accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    def opened(name: str) -> Page:
        page.goto(f"{top}briefs/2020/{name}/")
        return page

    yield opened
    context.close()
    assert complaints == []


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_a_note_is_called_the_same_everywhere(open_brief: Callable[[str], Page], name: str) -> None:
    """Mark, list and card show the author's label, and a note that stands twice has two ways back."""
    page = open_brief(name)
    marks = page.locator(".rg-main a.footnote-ref")
    assert marks.all_inner_texts() == ["1", "2a", "*", "2a", "iv"]
    labels = page.locator(".rg-labelled > li > .rg-label")
    assert [label.strip() for label in labels.all_inner_texts()] == ["1", "2a", "*", "iv"]
    item = page.locator(".rg-labelled > li").nth(1)
    assert item.evaluate("item => getComputedStyle(item).listStyleType") == "none"
    assert item.locator(".footnote-backref").count() == 2
    marks.nth(1).click()
    card = page.locator("#rg-card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Two a")
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    assert labels.first.is_visible()


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_columns_are_aligned_without_a_style_in_the_page(open_brief: Callable[[str], Page], name: str) -> None:
    """The alignment that the author gives a column is what the browser computes, in its head as well."""
    page = open_brief(name)
    for tag in ("th", "td"):
        cells = page.locator(f".rg-body table {tag}")
        found = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).textAlign)")
        assert found == ["left", "right", "center"]
    assert page.locator(".rg-main [style]").count() == 0


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_an_attachment_is_there(open_brief: Callable[[str], Page], name: str) -> None:
    """The link to a file beside a brief leads to the file, with the page that is meant."""
    page = open_brief(name)
    link = page.get_by_role("link", name="The annex")
    address = str(link.evaluate("link => link.href"))
    assert address.endswith("/briefs/2020/annex.pdf#page=2")
    assert page.request.get(address).body() == b"%PDF-1.4\n"
