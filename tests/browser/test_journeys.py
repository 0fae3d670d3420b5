"""What readers do, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from tests.auditing.audited import Archive
from tests.auditing.fault_server import FaultServer
from tests.browser.conftest import KINDS, Reader
from tests.sites import make_site, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.auditing.fault_server import Exchange

BRIEF = "briefs/2021/2021-03-10-no-boats/"
DEAD = "briefs/2021/2021-02-03-ferries-before-the-strike/"
"""Its third note is dead, and there is a copy."""


@pytest.fixture
def reader(browser: Browser, archive_site: Path, serve: Callable[[Path], str]) -> Iterator[Reader]:
    """Give a reader of the invented archive; in the end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    top = serve(archive_site)
    one = Reader(context.new_page(), top)
    yield one
    context.close()
    assert one.complaints == []
    assert one.hosts <= {urlsplit(top).netloc, ""}


def test_from_home_to_a_person_a_brief_a_note_and_its_day(reader: Reader) -> None:
    """Home, people, a person, a brief that names her, its first note and back, and the day it was published."""
    page = reader.open()
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Mirela Ostrenko").click()
    reader.arrives("people/mirela-ostrenko/")
    page.locator(".rg-where a", has_text="No boats").first.click()
    reader.arrives(BRIEF)
    page.locator("a.footnote-ref").first.click()
    page.locator("#rg-card").get_by_role("link", name="Notes").click()
    reader.arrives(f"{BRIEF}#fn-1")
    assert page.locator("#fn-1").is_visible()
    page.locator("#fn-1 a.footnote-backref").first.click()
    reader.arrives(f"{BRIEF}#fnref-1")
    page.get_by_role("link", name="Dates", exact=True).first.click()
    page.get_by_role("link", name="2021", exact=True).first.click()
    page.get_by_role("link", name=re.compile("10 March, [0-9] published")).click()
    reader.arrives("dates/2021/03/10/")
    page.get_by_role("link", name="No boats").first.wait_for()


def test_a_mention_leads_to_its_paragraph(reader: Reader) -> None:
    """The sign beside a sentence on a person's page leads to the paragraph that has it."""
    page = reader.open("people/mirela-ostrenko/")
    line = page.locator(".rg-mentions ul li").first
    sentence = line.inner_text().removesuffix("¶").strip()
    line.locator("a.rg-pilcrow").click()
    reader.arrives(re.compile("briefs/.+/#p-[0-9]+$"))
    target = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    assert sentence[:40] in " ".join(target.inner_text().split())


def test_from_sources_to_the_paragraph_that_rests_on_one(reader: Reader) -> None:
    """The sources, one of them, a claim that rests on it, and the paragraph that makes the claim."""
    page = reader.open()
    page.get_by_role("link", name="Sources", exact=True).first.click()
    page.locator("article").get_by_role("link", name="Ardel Beacon").click()
    reader.arrives("sources/ardel-beacon.example/")
    claim = page.locator(".rg-claim", has_text="eleven metres deep")
    words = claim.locator("q").inner_text()
    claim.get_by_role("link", name="In its paragraph").click()
    reader.arrives(re.compile("briefs/2023/2023-07-21-the-deep-water-berth/#p-[0-9]+$"))
    target = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    assert words[:40] in " ".join(target.inner_text().split())


def test_by_date_to_what_was_published_and_what_speaks_of_a_day(reader: Reader) -> None:
    """A year, a month, a day with its two clocks, and the next day that has anything."""
    page = reader.open("dates/")
    page.get_by_role("link", name="2021", exact=True).first.click()
    page.get_by_role("link", name="March", exact=True).click()
    reader.arrives("dates/2021/03/")
    page.get_by_role("link", name=re.compile("10 March, 2 published, [0-9]+ mention")).click()
    page.wait_for_url("**/dates/2021/03/10/")
    page.get_by_role("heading", name="Published").wait_for()
    page.get_by_role("heading", name="Sentences that speak of it").wait_for()
    mention = page.locator("article a.rg-pilcrow").last
    mention.click()
    reader.arrives(re.compile("briefs/.+/#p-[0-9]+$"))
    page.go_back()
    page.get_by_role("link", name=re.compile("^11 March 2021")).first.click()
    reader.arrives("dates/2021/03/11/")


def test_from_a_dead_note_to_its_copy(browser: Browser, top: str) -> None:
    """The mark of a note says that its link is dead; its card has the copy nearest the brief's day first."""
    context = browser.new_context()
    one = Reader(context.new_page(), top)
    page = one.open(DEAD)
    page.locator("a.footnote-ref[aria-label='Note 3, 1 of 1 link dead']").click()
    links = page.locator("#rg-card a[href^=http]")
    context.route("https://web.archive.org/**", lambda route: route.abort())
    assert links.first.inner_text() == "Archived copy, 11 February 2021 (8 days after this brief)"
    assert links.nth(1).get_attribute("href") == "https://ferries.example/letters/2021-01-31"
    with page.expect_request("https://web.archive.org/**") as asked:
        links.first.click()
    assert asked.value.url == "https://web.archive.org/web/20210211093000/https://ferries.example/letters/2021-01-31"
    context.close()


def test_what_a_person_is_said_to_have_done_is_taken_away(reader: Reader) -> None:
    """From a person's page all mentions come as a table that says where each stands."""
    page = reader.open("people/mirela-ostrenko/")
    listed = page.locator(".rg-mentions mark").count()
    address = page.get_by_role("link", name="mentions.csv").get_attribute("href")
    assert address is not None
    answer = page.request.get(f"{reader.top}people/mirela-ostrenko/{address}")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert len(rows) == listed
    page.goto(rows[0]["address"].replace("https://register.example/", reader.top))
    target = page.locator(f"[id='{urlsplit(page.url).fragment}']")
    assert rows[0]["sentence"][:40] in " ".join(target.inner_text().split())


def test_a_site_is_read_from_a_folder(browser: Browser, build: Callable[..., Path]) -> None:
    """Without any server the pages have their looks, and links lead from one to the next."""
    folder = build(directory_urls=False)
    context = browser.new_context(offline=True)
    one = Reader(context.new_page(), f"{(folder / 'site').as_uri()}/")
    page = one.open("index.html")
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Mirela Ostrenko").click()
    one.arrives("people/mirela-ostrenko.html")
    page.locator(".rg-where a", has_text="No boats").first.click()
    one.arrives("briefs/2021/2021-03-10-no-boats.html")
    assert page.locator(".rg-margin").evaluate("margin => getComputedStyle(margin).fontFamily").startswith("system-ui")
    page.locator("a.footnote-ref").first.click()
    page.locator("#rg-card, #fn-1:target").first.wait_for()
    one.open("search/index.html").get_by_role("link", name="People from A to Z").click()
    one.arrives("people/index.html")
    context.close()
    assert one.hosts <= {""}


def test_a_note_shows_itself_at_its_mark(reader: Reader) -> None:
    """Hovering over a note's mark shows the note beside it."""
    page = reader.open(BRIEF)
    page.locator("a.footnote-ref").first.hover()
    page.wait_for_selector("#rg-card", timeout=3000)
    shown = page.locator("#rg-card a").first.inner_text()
    assert shown.strip()
    assert shown.strip()[:30] in page.locator("#fn-1").inner_text()
    assert page.locator(".md-tooltip2").count() == 0


def test_defanged_links_cannot_be_clicked(reader: Reader) -> None:
    """The brief with defanged links has none of them as a link, and says of each why."""
    page = reader.open("briefs/2022/2022-07-20-false-mirrors/")
    assert page.locator(".rg-defanged").count() >= 3
    assert page.locator(".rg-defanged a, a .rg-defanged").count() == 0
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    assert not [href for href in hrefs if "hxxp" in href or "(.)" in href or "[.]" in href]
    assert page.get_by_text("not linked: defanged").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, top: str, width: int, scheme: str) -> None:
    """No page of any kind needs scrolling sideways, on the narrowest screen too."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    one = Reader(context.new_page(), top)
    wide = []
    for kind, path in KINDS.items():
        page = one.open(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(kind)
    context.close()
    assert wide == []


def test_everything_can_be_read_without_scripts(browser: Browser, top: str) -> None:
    """Without JavaScript a reader goes by person, date and source, follows a dead note to its copy, and can cite."""
    context = browser.new_context(java_script_enabled=False)
    one = Reader(context.new_page(), top)
    page = one.open()
    page.get_by_role("link", name="All briefs").click()
    page.get_by_role("link", name="No boats").first.click()
    page.locator("a.footnote-ref").first.click()
    assert page.url.endswith("#fn-1")
    page.locator("#fn-1 .footnote-backref").first.click()
    assert "#fnref-1" in page.url
    page.get_by_text("Cite this brief").click()
    assert page.locator(".rg-citation").first.is_visible()
    # By person, to the very paragraph
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="Mirela Ostrenko").click()
    page.locator("a.rg-pilcrow").first.click()
    assert page.locator(f"[id='{urlsplit(page.url).fragment}']").is_visible()
    # By date, from the year to the day
    page.get_by_role("link", name="Dates", exact=True).first.click()
    page.get_by_role("link", name="2021", exact=True).click()
    page.get_by_role("link", name="March", exact=True).click()
    page.get_by_role("link", name=re.compile("10 March")).first.click()
    one.arrives("dates/2021/03/10/")
    # By source, to the brief that rests on it
    page.get_by_role("link", name="Sources", exact=True).first.click()
    page.get_by_role("link", name="Ardel Beacon").first.click()
    page.locator(".rg-claims a, .rg-resting a").first.click()
    assert "/briefs/" in page.url
    # A dead note leads to its copy
    page = one.open(DEAD)
    assert page.locator("#fn-3 a").first.inner_text().startswith("Archived copy, 11 February 2021")
    context.close()
    assert one.hosts <= {urlsplit(top).netloc, ""}


def test_by_keyboard_alone_from_a_name_to_a_copy(browser: Browser, top: str) -> None:
    """Without a pointer a reader finds a person by the search, her brief, its dead note, and the archived copy."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    one = Reader(context.new_page(), top)
    context.route("https://web.archive.org/**", lambda route: route.abort())
    page = one.open()

    def tab_to(selector: str) -> None:
        for _ in range(400):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"no way to {selector}")

    page.keyboard.press("s")
    page.keyboard.type("Остренко")
    page.locator(".md-search-result__list a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    one.arrives("people/mirela-ostrenko/")
    tab_to(".rg-where a")
    page.keyboard.press("Enter")
    one.arrives(re.compile("briefs/.*"))
    page = one.open(DEAD)
    tab_to("a.footnote-ref[aria-label*='dead']")
    mark = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.locator("#rg-card").wait_for()
    tab_to("#rg-card a.rg-copy")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == mark
    page.keyboard.press("Enter")
    page.locator("#rg-card").wait_for()
    tab_to("#rg-card a.rg-copy")
    with page.expect_request("https://web.archive.org/**"):
        page.keyboard.press("Enter")
    context.close()


def test_nothing_hostile_runs(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """A brief, an entity, a record and a decision full of hostile strings open no dialog and load nothing."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\"'><svg onload=alert(3)>"
    folder = make_site(tmp_path / "a", source=None)
    brief = folder / "briefs_src/briefs/2020/2020-01-01-x.md"
    brief.parent.mkdir(parents=True)
    fields = "title publisher series summary rights doi number date_note".split()
    front = "\n".join(f'{name}: "{attack}"' for name in fields)
    body = (
        f"{attack}\n\n# {attack}\n\n[x](javascript:alert(4)) <javascript:alert(5)> ![x](https://evil.example/x.png)\n\n"
        f"<div id=__config class=md-header onclick=alert(6)>{attack}</div>\n\nMentioned here.[^__config]\n\n"
        f"[^__config]: {attack} <https://evil.example/>\n"
    )
    authors = f'authors: ["{attack}"]\ncorrections: [{{date: 2020-01-02, note: "{attack}"}}]\nsubjects: ["{attack}"]'
    brief.write_text(f"---\n{front}\ndate: 2020-01-01\n{authors}\n---\n{body}", encoding="utf-8")
    entity = folder / "briefs_src/entities/x.md"
    entity.parent.mkdir()
    entity.write_text(
        f'---\nname: "{attack}"\ntype: person\nvariants: [Mentioned, "{attack}"]\n'
        f'same_as: {{wikidata: "{attack}"}}\n---\n{attack}\n',
        encoding="utf-8",
    )
    # What a server said, and a copy of a page, as a planted record would have it.
    seen = {"at": "2026-01-02T03:04:05Z", "says": "dead", "status": 404, "final_url": "javascript:alert(7)"}
    planted = {
        "url": "https://evil.example/",
        "verdict": "moved",
        "since": "2026-01-02",
        "failures": 3,
        "reason": f"Its title is {attack}",
        "final_url": 'https://evil.example/"onmouseover="alert(8)',
        "evidence": [{**seen, "reason": attack}],
        "mementos": {"2020-01-01": "javascript:alert(9)"},
    }
    lines = [planted, {**planted, "url": f"https://evil.example/{attack}", "verdict": attack}]
    (folder / "briefs_src/links.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    decision = {"url": "https://evil.example/", "say": "live", "by": attack, "why": attack, "on": "2026-01-02"}
    (folder / "briefs_src/decisions.yml").write_text(json.dumps([decision]), encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    top = serve(folder / "site")
    context = browser.new_context()
    one = Reader(context.new_page(), top)
    for path in sorted((folder / "site").rglob("*.html")):
        one.open(path.relative_to(folder / "site").as_posix())
        one.page.wait_for_timeout(50)
        assert one.page.locator("#__config").count() == 1
    context.close()
    assert [line for line in one.complaints if "404" not in line] == []
    assert one.hosts <= {urlsplit(top).netloc, ""}


def test_nothing_hostile_that_a_server_said_runs(
    browser: Browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    """A title full of markup, as an audit heard it from a server, is words on the site and in reports."""
    attack = '"><img src=x onerror=alert(1)>'

    async def say(exchange: Exchange) -> None:
        text = "<p>Sorry, the page you are looking for does not exist."
        await exchange.reply(200, f"<!doctype html><title>Page not found | {attack}</title>{text}")

    archive = Archive(make_site(tmp_path / "a", source=None))
    with FaultServer(say) as server:
        archive.write([server.url("/gone")])
        archive.run("--confirm", "1")
    (record,) = archive.records.values()
    assert attack in record["reason"]
    assert run_mkdocs(archive.folder).returncode == 0
    command = [sys.executable, "-m", "regesta", "report", "--output-format", "html=site/report.html"]
    subprocess.run(command, cwd=archive.folder, check=True, capture_output=True, timeout=60)
    context = browser.new_context()
    one = Reader(context.new_page(), serve(archive.folder / "site"))
    said = []
    for path in sorted((archive.folder / "site").rglob("*.html")):
        page = one.open(path.relative_to(archive.folder / "site").as_posix())
        page.wait_for_timeout(50)
        said += [path.name] if attack in page.inner_text("body") else []
        assert page.locator("img[src=x]").count() == 0, path
    context.close()
    assert len(said) >= 2
    assert [line for line in one.complaints if "404" not in line] == []
    assert one.hosts <= {urlsplit(one.top).netloc, ""}
