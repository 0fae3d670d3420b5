"""Every kind of page can be read and used by everybody, and loads nothing from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import KINDS, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

OURS = [kind for kind in KINDS if kind != "home"]
"""Pages of the archive; the home page is written by hand."""


@pytest.fixture(params=[(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)], ids=str)
def reader(request: pytest.FixtureRequest, browser: Browser, top: str) -> Iterator[Reader]:
    """Give a reader with each scheme on each width; in the end nothing may have gone wrong."""
    scheme, width = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    one = Reader(context.new_page(), top)
    yield one
    context.close()
    assert one.complaints == []
    assert one.hosts <= {urlsplit(top).netloc, ""}


def test_axe_finds_nothing(reader: Reader) -> None:
    """axe-core finds nothing on any kind of page, nothing breaks its policy, and no request goes elsewhere."""
    script = os.environ.get("REGESTA_AXE")
    if not script:
        pytest.skip("axe-core comes with npm: scripts/test fetches it where that can be had")
    program = Path(script).read_text(encoding="utf-8")
    found = []
    for kind, path in KINDS.items():
        page = reader.open(path)
        page.evaluate(program)
        report = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert report["passes"], "axe has looked at nothing"
        found += [f"{kind}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in report["violations"]]
    assert found == []


@pytest.mark.parametrize("kind", OURS)
def test_a_page_runs_no_script_but_the_themes(browser: Browser, top: str, kind: str) -> None:
    """A script, a handler or a picture that a hostile text brings along is refused by the page's own policy."""
    context = browser.new_context()
    page = context.new_page()
    attack = (
        "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
        "<img src='https://elsewhere.example/x.png'><base href='https://elsewhere.example/'>"
    )

    def infect(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        route.fulfill(response=response, body=response.text().replace("<h1", attack + "<h1", 1))  # type: ignore[attr-defined]

    page.route(top + KINDS[kind], infect)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(top + KINDS[kind])
    page.wait_for_timeout(100)
    assert page.title() != "run"
    assert page.evaluate("document.baseURI").startswith(top)
    for what in ("inline script", "inline event handler", "https://elsewhere.example/x.png", "base URI"):
        assert any(what in line for line in refused), (what, refused)
    # The theme's own scripts run all the same.
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.evaluate("typeof __md_get") == "function"
    context.close()


def _stops(page: Page, most: int = 400) -> list[str]:
    """Press Tab through a page, and give what was reached; what shows no focus is marked."""
    reached: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
              const at = document.activeElement;
              if (!at || at === document.body) return "";
              // The theme draws the switch of colours as the label behind it.
              const seen = at.type === "radio" ? at.nextElementSibling : at;
              const looks = getComputedStyle(seen), box = seen.getBoundingClientRect();
              const shown = looks.outlineStyle !== "none" || looks.boxShadow !== "none";
              const name = (at.getAttribute("aria-label") || at.innerText || at.id || at.tagName).trim();
              at.dataset.visited = (Number(at.dataset.visited || 0) + 1).toString();
              const mark = shown && box.width > 3 ? "" : "UNSEEN ";
              return `${mark}${at.tagName} ${name.slice(0, 40)} ${at.dataset.visited}`;
            }"""
        )
        if not here or here.endswith(" 2"):
            break
        reached.append(here)
    return reached


@pytest.mark.parametrize("kind", ["brief", "person", "month"])
def test_everything_is_reached_by_keyboard(browser: Browser, top: str, kind: str) -> None:
    """Tab reaches every link once, each shows that it has the focus, and the way leads out of the page again."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(top + KINDS[kind])
    reached = _stops(page, 2000)
    assert [stop for stop in reached if stop.startswith("UNSEEN")] == []
    missed = page.eval_on_selector_all(
        "article a[href], article summary, article [tabindex='0']",
        "all => all.filter(one => one.checkVisibility({visibilityProperty: true}) && !one.dataset.visited"
        " && one.tabIndex >= 0).map(one => one.outerHTML.slice(0, 120))",
    )
    assert missed == []
    context.close()


def test_the_first_stop_leads_past_the_navigation(browser: Browser, top: str) -> None:
    """On every page of the archive the first stop of the keyboard is a link to its content, and it works."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for kind in OURS:
        page.goto(top + KINDS[kind])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.classList.contains('md-skip')"), kind
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = "document.activeElement.closest('article, .md-sidebar--secondary, .md-footer') !== null"
        assert page.evaluate(inside), kind
    context.close()


def test_every_page_of_the_archive_has_one_frame(browser: Browser, top: str) -> None:
    """On a wide screen no page of the archive has the navigation twice: it stands in the tabs."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    one = Reader(context.new_page(), top)
    twice = [kind for kind in OURS if one.open(KINDS[kind]).locator(".md-sidebar--primary").is_visible()]
    context.close()
    assert twice == []


def test_who_wants_no_motion_has_none(browser: Browser, top: str) -> None:
    """With reduced motion nothing on a page moves or fades."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(top + KINDS["brief"])
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(one => {
          const looks = getComputedStyle(one);
          return looks.animationName !== "none" || !/^0s(, 0s)*$/.test(looks.transitionDuration)
            && looks.transitionProperty !== "none";
        }).map(one => one.className)"""
    )
    context.close()
    assert moving == []


def test_forced_colours_keep_focus_and_shades_apart(browser: Browser, top: str) -> None:
    """Where the system chooses the colours, focus has an outline, and a day with briefs has an edge."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(top + KINDS["month"])
    page.locator(".rg-calendar a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    edge = page.locator(".rg-calendar .rg-s1, .rg-calendar .rg-s2").first.evaluate(
        "cell => getComputedStyle(cell).borderTopStyle"
    )
    context.close()
    assert (outline, edge) == ("solid", "solid")


def test_words_in_another_language_say_so(browser: Browser, top: str) -> None:
    """The title and text of a brief, a sentence of it elsewhere and a name in another script have their `lang`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(top + KINDS["foreign brief"])
    assert page.locator("article h1").get_attribute("lang") == "uk"
    assert page.locator(".rg-body").get_attribute("lang") == "uk"
    page.goto(top + KINDS["briefs"])
    assert page.locator(".rg-entries a[lang=uk]").count() > 0
    page.goto(top + KINDS["person"])
    assert page.locator(".rg-native").get_attribute("lang") == "und-Cyrl"
    assert page.locator(".rg-mentions li[lang=uk]").count() > 0
    context.close()


def test_a_printed_brief_is_its_text_and_its_notes(browser: Browser, top: str) -> None:
    """On paper there is no navigation, and the addresses of notes are written out."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(top + KINDS["brief"])
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".headerlink", ".md-footer", ".rg-cite", ".rg-margin"):
        shown = page.locator(part).evaluate_all("all => all.filter(one => one.checkVisibility()).length")
        assert shown == 0, part
    assert page.locator(".rg-notes li").first.is_visible()
    context.close()


def test_who_reads_in_the_dark_prints_on_white(browser: Browser, top: str) -> None:
    """On paper the colours are the light ones, whatever the reader has chosen for the screen."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(top + KINDS["month"])
    look = "getComputedStyle(document.{}).{}"
    colours = f"[{look.format('body', 'backgroundColor')}, {look.format('querySelector(`h1`)', 'color')}]"
    ground, ink = page.evaluate(colours)
    assert (ground, ink) == ("rgb(23, 22, 19)", "rgb(232, 228, 218)")
    page.emulate_media(media="print")
    ground, ink = page.evaluate(colours)
    context.close()
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_printed_results_say_what_was_asked(browser: Browser, top: str) -> None:
    """On paper results stand with the words and the choice that found them, and without what is to be pressed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = Reader(context.new_page(), top).open(KINDS["results"])
    page.emulate_media(media="print")
    assert page.locator(".rg-search-form input").is_visible()
    assert page.locator(".rg-chosen").get_by_text("Ada Kell").is_visible()
    for part in (".rg-search-form button", ".rg-narrow", ".rg-downloads", ".rg-search select"):
        assert not any(one.is_visible() for one in page.locator(part).all()), part
    context.close()


def test_large_letters_need_no_scrolling_sideways(browser: Browser, top: str) -> None:
    """With letters of twice their size every kind of page fits a telephone, and the site's name can be read."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    one = Reader(context.new_page(), top)
    wide = []
    for kind, path in KINDS.items():
        page = one.open(path)
        page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's own is 125 %
        page.evaluate("document.querySelectorAll('article details').forEach(one => (one.open = true))")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(kind)
    name = page.locator(".md-header__topic").first.locator(".md-ellipsis")
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth && name.clientHeight < 96")
    context.close()
    assert wide == []


def test_the_foot_says_how_old_and_where_from(browser: Browser, top: str) -> None:
    """Every kind of page ends with the way to the data, the day of the last audit, and the way to its source."""
    context = browser.new_context()
    one = Reader(context.new_page(), top)
    for kind, path in KINDS.items():
        foot = one.open(path).locator(".rg-foot")
        assert foot.get_by_role("link", name="Last audit 25 November 2026").get_attribute("href"), kind
    page = one.open(KINDS["brief"])
    edit = page.locator(".rg-foot").get_by_role("link", name="Edit this page").get_attribute("href") or ""
    assert edit.endswith("briefs_src/briefs/2021/2021-03-10-no-boats.md")
    page.locator(".rg-foot").get_by_role("link", name="Data").click()
    one.arrives("data/")
    context.close()


def test_a_first_view_is_small(browser: Browser, top: str, audited_site: Path) -> None:
    """All that the first view of a brief loads is at most 250 KB, compressed as servers do."""
    import gzip  # noqa: PLC0415 - only here

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(urlsplit(request.url).path))
    page.goto(top + KINDS["brief"], wait_until="networkidle")
    context.close()
    sizes = {}
    for path in loaded:
        file = audited_site / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        sizes[path] = len(gzip.compress(file.read_bytes(), 6))
    assert len(sizes) > 3
    assert sum(sizes.values()) <= 250_000, sizes
