"""A note's card: by mouse, keyboard and touch, and what is there without a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.sites import make_site_of, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BRIEF = "briefs/2021/2021-03-10-no-boats/"
MARK = "a.footnote-ref"


@pytest.fixture
def open_brief(browser: Browser, archive_site: Path, serve: Callable[[Path], str]) -> Iterator[Callable[..., Page]]:
    """Open the brief in a window of a width; nothing may go wrong in it."""
    top = serve(archive_site)
    contexts, complaints = [], []

    def opened(width: int = 1280, path: str = BRIEF, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(top + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_click_opens_the_card_and_the_address_stays(open_brief: Callable[..., Page]) -> None:
    """A click shows the note at its mark, with its links, and a click elsewhere closes it."""
    page = open_brief()
    page.locator(MARK).first.click()
    card = page.locator("#rg-card")
    expect(card).to_be_visible()
    expect(card.get_by_role("link").first).to_have_text("ardel-beacon.example/2021/03/10/no-boats")
    assert page.url.endswith(BRIEF)
    assert page.locator(MARK).first.get_attribute("aria-expanded") == "true"
    page.locator("h1").click()
    expect(card).to_be_hidden()
    assert page.locator(MARK).first.get_attribute("aria-expanded") is None


def test_a_card_is_closed_in_the_language_of_the_site(
    browser: Browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    """The button that closes a card has its name in the site's language."""
    folder = make_site_of(tmp_path / "a", "---\ntitle: X\ndate: 2020-01-01\n---\nText.[^1]\n\n[^1]: A note.\n")
    config = folder / "mkdocs.yml"
    written = config.read_text(encoding="utf-8").replace("name: material\n", "name: material\n  language: pl\n")
    config.write_text(written, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    page = context.new_page()
    page.goto(serve(folder / "site") + "briefs/2020/2020-01-01-x/")
    page.locator(MARK).first.click()
    page.locator("#rg-card").get_by_role("button", name="Zamknij").click()
    expect(page.locator("#rg-card")).to_be_hidden()
    context.close()


def test_the_note_stands_once_in_the_page(open_brief: Callable[..., Page]) -> None:
    """The card is cloned from the list without ids and ways back: no id is there twice."""
    page = open_brief()
    page.locator(MARK).first.click()
    expect(page.locator("#rg-card")).to_be_visible()
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    )
    assert [one for one in twice if not one.startswith("__")] == []
    assert page.locator("#rg-card .footnote-backref").count() == 0


def test_enter_opens_and_escape_returns(open_brief: Callable[..., Page]) -> None:
    """By keyboard: Enter opens the card, Tab reaches its links, Escape closes it and the focus is at the mark again."""
    page = open_brief()
    page.locator(MARK).nth(1).focus()
    page.keyboard.press("Enter")
    card = page.locator("#rg-card")
    expect(card).to_be_visible()
    expect(card).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.locator("a, button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(MARK).nth(1)).to_be_focused()


def test_the_pointer_opens_it_when_it_rests(open_brief: Callable[..., Page]) -> None:
    """Passing over a mark opens nothing; resting there does, the card can be entered, and leaving closes it."""
    page = open_brief()
    card = page.locator("#rg-card")
    mark = page.locator(MARK).first
    mark.hover()
    page.wait_for_timeout(100)
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    expect(card).to_be_hidden()
    mark.hover()
    expect(card).to_be_visible()
    card.hover()
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_the_next_mark_shows_the_next_note(open_brief: Callable[..., Page]) -> None:
    """From one mark to another the card moves along, with the other note in it."""
    page = open_brief()
    page.locator(MARK).first.click()
    page.keyboard.press("Escape")
    page.locator(MARK).nth(1).click()
    expect(page.locator("#rg-card")).to_contain_text("Institute for Harbour Studies")
    assert page.locator("[aria-expanded]").and_(page.locator(MARK)).count() == 1


def test_a_tap_opens_a_sheet_at_the_bottom(open_brief: Callable[..., Page]) -> None:
    """On a telephone the card is as wide as the screen and lies at its lower edge."""
    page = open_brief(390, has_touch=True, is_mobile=True)
    page.locator(MARK).first.tap()
    card = page.locator("#rg-card")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 900)
    card.get_by_role("button").tap()
    expect(card).to_be_hidden()


def test_a_mark_is_large_enough_for_a_finger(open_brief: Callable[..., Page]) -> None:
    """24 pixels each way lead to the mark, more than the figure takes."""
    page = open_brief()
    hit = page.evaluate(
        """() => {
          const mark = document.querySelector("a.footnote-ref");
          mark.scrollIntoView({ block: "center" });
          const at = mark.getBoundingClientRect();
          const x = at.left + at.width / 2, y = at.top + at.height / 2;
          return [[-11, 0], [11, 0], [0, -11], [0, 11]]
            .map(([dx, dy]) => document.elementFromPoint(x + dx, y + dy)?.closest("a") === mark);
        }"""
    )
    assert hit == [True, True, True, True]


def test_other_clicks_are_the_browsers(open_brief: Callable[..., Page]) -> None:
    """With Control held, a mark is an ordinary link, and the card that the resting pointer has opened goes."""
    page = open_brief()
    page.locator(MARK).first.hover()
    expect(page.locator("#rg-card")).to_be_visible()
    with page.context.expect_page() as other:
        page.locator(MARK).first.click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith("#fn-1")
    expect(page.locator("#rg-card")).to_be_hidden()


def test_without_a_script_a_mark_leads_to_the_list(open_brief: Callable[..., Page]) -> None:
    """The jump is there where nothing runs, and the margin can be unfolded."""
    page = open_brief(390, java_script_enabled=False)
    page.locator(".rg-margin summary", has_text=re.compile("^This brief")).click()
    expect(page.locator(".rg-margin dd", has_text="Institute for Harbour Studies")).to_be_visible()
    page.locator(MARK).first.click()
    assert page.url.endswith("#fn-1")


@pytest.mark.parametrize(("width", "visible"), [(1280, True), (800, True), (390, False)])
def test_the_margin_folds_where_there_is_no_room(open_brief: Callable[..., Page], width: int, visible: bool) -> None:  # noqa: FBT001
    """Beside the text the margin is open, with a script and without; on a narrow screen it folds up."""
    for runs in (True, False):
        page = open_brief(width, java_script_enabled=runs)
        facts = page.locator(".rg-margin dl")
        assert facts.is_visible() is visible, runs
        assert page.locator(".rg-margin").bounding_box()["x"] > 300 if visible else True  # type: ignore[index]


def test_three_columns_stand_beside_each_other(open_brief: Callable[..., Page]) -> None:
    """On a wide screen: contents, text and margin, in this order, the text not wider than it reads well."""
    page = open_brief(1280)
    left, text, right = (
        page.locator(place).first.bounding_box() for place in (".md-sidebar--secondary", ".rg-body", ".rg-margin")
    )
    assert left is not None
    assert text is not None
    assert right is not None
    assert left["x"] + left["width"] <= text["x"]
    assert text["x"] + text["width"] <= right["x"]
    assert right["x"] + right["width"] <= 1280
    assert 500 < text["width"] < 680
