"""What readers do with the search, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.sites import make_site, run_mkdocs, serving

from regesta.pages.search.names import bucket, name_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PATIENCE = 20_000


def wait(page: Page, expression: str) -> None:
    """Wait until something is so. Playwright's own way evaluates text in the page, which the site's policy forbids."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def write_briefs(folder: Path, briefs: Mapping[str, str]) -> None:
    """Write a brief about zebras for each title, with more front matter."""
    home = folder / "briefs_src/briefs/2020"
    home.mkdir(parents=True)
    for title, front in briefs.items():
        text = f"---\ntitle: {title}\npublisher: North\n{front}\n---\nA zebra.\n"
        (home / f"{title.lower()}.md").write_text(text, encoding="utf-8")


class Searcher:
    """A tab on a site, and everything that goes wrong in it."""

    def __init__(self, page: Page, top: str) -> None:
        """Open nothing yet."""
        self.page, self.top = page, top
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def ask(self, query: str = "") -> Page:
        """Open the search page with a question."""
        self.page.goto(f"{self.top}search/{query}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page has its answer."""
        self.page.wait_for_selector(".rg-search-form", timeout=PATIENCE)
        wait(self.page, "!document.querySelector('.rg-search').hasAttribute('aria-busy')")

    def write(self, words: str) -> None:
        """Write words into the field of the page, and send them."""
        self.page.get_by_role("searchbox", name="Words or names").fill(words)
        self.page.keyboard.press("Enter")
        self.settle()

    def titles(self) -> list[str]:
        """Give the titles of the results that are shown."""
        return self.page.locator(".rg-hits > li a").all_inner_texts()

    def state(self) -> dict[str, list[str]]:
        """Give what the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def count(self) -> int:
        """Give how many results there are."""
        return int(re.sub(r"\D", "", self.page.get_by_role("status").last.inner_text()) or 0)


@pytest.fixture
def searcher(browser: Browser, archive_site: Path, serve: Callable[[Path], str]) -> Iterator[Searcher]:
    """Give a reader of the invented archive; in the end nothing may have gone wrong, and no other host was asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    top = serve(archive_site)
    one = Searcher(context.new_page(), top)
    yield one
    context.close()
    assert one.complaints == []
    assert {urlsplit(url).netloc for url in one.asked if not url.startswith("blob:")} <= {urlsplit(top).netloc}


def test_words_find_briefs_with_their_sentence(searcher: Searcher) -> None:
    """A word finds the briefs that have it in any form; each shows its date, institute and the sentence, marked."""
    page = searcher.ask()
    searcher.write("ferry")
    assert searcher.count() == len(searcher.titles()) == 8
    assert searcher.state() == {"q": ["ferry"]}
    first = page.locator(".rg-hits > li").first
    assert first.locator(".rg-when").inner_text() == "17 January 2023"
    assert first.locator(".rg-by").inner_text() == "Institute for Harbour Studies"
    assert first.locator("mark").first.inner_text().startswith("Ferries")


def test_a_result_leads_to_the_paragraph_of_its_sentence(searcher: Searcher) -> None:
    """Following a result leads to the very paragraph that has the sentence."""
    page = searcher.ask("?q=telephone")
    row = page.locator(".rg-hits > li", has=page.locator("mark")).first
    words = [word for word in row.locator(".rg-sentence").inner_text().split() if word != "…"]
    row.locator("a").click()
    target = urlsplit(page.url).fragment
    assert re.fullmatch(r"p-\d+", target)
    text = " ".join(page.locator(f"[id='{target}']").inner_text().split())
    assert " ".join(words[:4]) in re.sub(r"\s*\[?\d+\]?(?= |$)", "", text) or words[1] in text


def test_facets_narrow_down_and_count(searcher: Searcher) -> None:
    """Each value says how many results it leaves, and leaves so many; chosen ones can be taken back one by one."""
    page = searcher.ask("?q=ferry")
    person = page.locator("[data-facet=person] label", has_text="Ada Kell")
    left = int(person.locator(".rg-count").inner_text())
    person.click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    assert searcher.count() == left == len(searcher.titles())
    assert searcher.state() == {"q": ["ferry"], "person": ["ada-kell"]}
    place = page.locator("[data-facet=place] label").first
    both = int(place.locator(".rg-count").inner_text())
    place.click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 2")
    searcher.settle()
    assert searcher.count() == both
    page.get_by_role("button", name="Remove: Person Ada Kell").click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    assert "person" not in searcher.state()


def test_subjects_must_all_be_there(searcher: Searcher) -> None:
    """Of two subjects the second leaves as many as it says, and the address has both."""
    page = searcher.ask("?subject=water")
    alone = searcher.count()
    subject = page.locator("[data-facet=subject] label", has_text="law")
    left = int(subject.locator(".rg-count").inner_text())
    subject.click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 2")
    searcher.settle()
    assert searcher.count() == left < alone
    assert searcher.state() == {"subject": ["water", "law"]}
    page.get_by_role("button", name="Remove: Subject law").click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    assert searcher.count() == alone


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("?subject=water&subject=nothing", 0),
        ("?year=2021", 16),
        ("?year=2021&year=2022", 31),
        ("?person=ada-kell&person=joran-kell", None),
        ("?institute=Centre+for+Upland+Affairs", 14),
        ("?series=Tide+Table&year=2021", None),
        ("?language=uk", 5),
        ("?links=none", 0),
        ("?year=1066", 0),
        ("?person=nobody", 0),
    ],
)
def test_facets_alone_list_briefs_without_an_index(searcher: Searcher, question: str, number: int | None) -> None:
    """What is chosen without a word is listed, the newest first; no index and no program is loaded for that."""
    page = searcher.ask(question)
    assert searcher.count() == number if number is not None else searcher.count() > 0
    assert not [url for url in searcher.asked if "pf_index" in url or "wasm" in url or "pf_meta" in url]
    if searcher.count() > 1:
        years = [int(text[-4:]) for text in page.locator(".rg-hits .rg-when").all_inner_texts() if text[-4:].isdigit()]
        assert years == sorted(years, reverse=True)


def test_values_of_one_property_are_alternatives(searcher: Searcher) -> None:
    """A year that is chosen leaves the others to be chosen as well, with their counts."""
    page = searcher.ask("?q=ferry")
    years = page.locator("[data-facet=year] label")
    before = years.all_inner_texts()
    years.first.click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    assert years.all_inner_texts() == before
    assert searcher.count() < 8


@pytest.mark.parametrize("query", ["Мірела Остренко", "мірела", "Остренко", "OSTRENKO"])
def test_a_name_in_another_script_finds_its_entity_first(searcher: Searcher, query: str) -> None:
    """A spelling in Cyrillic finds the person before all, with the way to her briefs in every language."""
    page = searcher.ask()
    searcher.write(query)
    first = page.locator(".rg-found-names li").first
    assert first.locator("a").first.inner_text() == "Mirela Ostrenko"
    first.locator("a.rg-only").click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    assert searcher.state() == {"person": ["mirela-ostrenko"]}
    assert searcher.count() > 10
    page.go_back()
    searcher.settle()
    page.locator(".rg-found-names li a").first.click()
    assert page.url == f"{searcher.top}people/mirela-ostrenko/"


def test_words_in_another_script_are_looked_for_in_its_languages(searcher: Searcher) -> None:
    """A Ukrainian word finds Ukrainian briefs from an English page, and the English index is not loaded for it."""
    page = searcher.ask()
    searcher.write("посуху")
    assert "Посуху оголошено" in searcher.titles()
    assert not [url for url in searcher.asked if "/search/en/" in url]
    page.get_by_role("button", name="Search in English as well").click()
    wait(page, "location.search.includes('in=en')")
    searcher.settle()
    assert [url for url in searcher.asked if "/search/en/" in url]


def test_results_can_be_put_in_order_of_date(searcher: Searcher) -> None:
    """By date, the newest or the oldest first; undated briefs come last either way."""
    page = searcher.ask("?q=the")
    order = page.get_by_role("combobox", name="Order")
    while page.get_by_role("button", name="Show more").is_visible():
        shown = len(searcher.titles())
        page.get_by_role("button", name="Show more").click()
        wait(page, f"document.querySelectorAll('.rg-hits > li').length > {shown}")
    for choice, is_reversed in (("oldest", False), ("newest", True)):
        order.select_option(choice)
        wait(page, f"location.search.includes('{choice}')")
        searcher.settle()
        dates = page.locator(".rg-hits .rg-when").all_inner_texts()
        years = [int(found[0]) for date in dates if (found := re.findall(r"\b\d{4}\b", date))]
        assert years == sorted(years, reverse=is_reversed)
        assert len(set(years)) >= 1


def test_undated_briefs_come_last_either_way(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """Whether the newest or the oldest come first, with words or without: what has no date comes after what has."""
    folder = make_site(tmp_path / "a", source=None)
    write_briefs(folder, {"Early": "date: 2019-05-01", "Late": "date: 2022-05-01", "Never": "summary: Zebra."})
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    one = Searcher(context.new_page(), serve(folder / "site"))
    found = {}
    for question in (
        "?q=zebra&order=oldest",
        "?q=zebra&order=newest",
        "?institute=North&order=oldest",
        "?institute=North",
    ):
        one.ask(question)
        found[question] = one.titles()
    oldest, newest = ["Early", "Late", "Never"], ["Late", "Early", "Never"]
    assert list(found.values()) == [oldest, newest, oldest, newest]
    context.close()
    assert one.complaints == []


def test_an_own_field_narrows_down(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """A field of the archive's own is a facet under its label, counts its values, and stands in the address."""
    folder = make_site(tmp_path / "a", source=None)
    write_briefs(folder, {"One": "year: [North, Coast]", "Two": "year: North", "Three": "year: '<img src=x>'"})
    config = folder / "mkdocs.yml"
    declared = '- regesta/briefs: {fields: {year: {label: "Part <b>of</b> it", facet: true}}}\n'
    text = config.read_text(encoding="utf-8").replace("- regesta/briefs\n", declared)
    config.write_text(text, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    one = Searcher(context.new_page(), serve(folder / "site"))
    page = one.ask("?q=zebra")
    facet = page.locator("[data-facet=field-year]")
    assert facet.locator("summary").inner_text() == "Part <b>of</b> it"
    values = [text.split("\n") for text in facet.locator("label").all_inner_texts()]
    assert values == [["North", "2"], ["<img src=x>", "1"], ["Coast", "1"]]
    facet.locator("label", has_text="North").click()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    one.settle()
    assert sorted(one.titles()) == ["One", "Two"]
    assert one.state() == {"q": ["zebra"], "field-year": ["North"]}
    one.ask("?field-year=North&field-year=Coast")
    assert one.titles() == ["One"]
    context.close()
    assert one.complaints == []


def test_a_draft_is_found_by_its_writer_alone(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """A draft is found, and called one, where `mkdocs serve` makes the index; what is built has it nowhere."""
    folder = make_site(tmp_path / "a", source=None)
    write_briefs(folder, {"Kept": "date: 2020-01-01", "Begun": "date: 2021-01-01\nstatus: draft"})
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    reader = Searcher(context.new_page(), serve(folder / "site"))
    reader.ask("?q=zebra")
    assert reader.titles() == ["Kept"]
    with serving(folder) as top:
        writer = Searcher(context.new_page(), top)
        page = writer.ask("?q=zebra&order=newest")
        assert writer.titles() == ["Begun", "Kept"]
        assert "draft" in page.locator(".rg-hits > li").first.inner_text()
    context.close()
    assert reader.complaints == []


def test_the_address_holds_the_question(searcher: Searcher, browser: Browser) -> None:
    """An address shows the same to whoever opens it, and the browser's back leads through what was asked."""
    page = searcher.ask()
    searcher.write("strike")
    strike = searcher.titles()
    page.locator("[data-facet=year] label").first.click()
    wait(page, "location.search.includes('year=')")
    searcher.settle()
    narrowed, address = searcher.titles(), page.url
    page.go_back()
    searcher.settle()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 0")
    assert searcher.titles() == strike
    assert page.get_by_role("searchbox", name="Words or names").input_value() == "strike"
    page.go_forward()
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    assert searcher.titles() == narrowed
    other = Searcher(browser.new_context().new_page(), searcher.top)
    other.page.goto(address)
    other.settle()
    assert other.titles() == narrowed
    other.page.context.close()


def test_all_can_be_done_by_the_keyboard(searcher: Searcher) -> None:
    """A key opens the box, arrows go through what it found, Return follows it, Escape closes the box."""
    page = searcher.page
    page.goto(searcher.top)
    for key in ("/", "s"):
        page.wait_for_load_state("load")
        page.wait_for_timeout(200)
        page.keyboard.press(key)
        wait(page, "document.activeElement.matches('.md-search__input')")
        assert page.evaluate("document.activeElement.value") == ""
        page.keyboard.press("Escape")
        wait(page, "!document.activeElement.matches('.md-search__input')")
        assert not page.locator("#__search").is_checked()
    page.keyboard.press("/")
    page.keyboard.type("mirela s/")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.wait_for_selector(".md-search-result__link")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.innerText").startswith("Mirela Ostrenko")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.innerText").strip() == "All results"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/mirela-ostrenko/")
    page.wait_for_timeout(200)
    page.keyboard.press("/")
    page.keyboard.type("strike")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=strike")
    searcher.settle()
    assert searcher.titles()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('.rg-search-form') !== null")


def test_facets_keep_the_focus(searcher: Searcher) -> None:
    """Whoever chooses by the keyboard stays where he is, though the lists are written anew."""
    page = searcher.ask("?q=ferry")
    page.locator("[data-facet=person] input").nth(1).focus()
    key = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("Space")
    wait(page, "document.querySelectorAll('.rg-chosen li').length === 1")
    searcher.settle()
    wait(page, f"document.activeElement.dataset.key === {json.dumps(key)}")


def test_results_can_be_taken_away_as_csv(searcher: Searcher) -> None:
    """The CSV has every result, not only those shown, opens in Excel, and has no formula."""
    page = searcher.ask("?year=2022&order=oldest")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert text.startswith("\ufefftitle,date,institute")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == searcher.count() > len(searcher.titles())
    assert [row["title"] for row in rows][: len(searcher.titles())] == searcher.titles()
    assert all(row["date"].startswith("2022") and row["address"].startswith(searcher.top) for row in rows)


def test_results_can_be_taken_away_as_ris(searcher: Searcher) -> None:
    """The RIS has one report for each result, with its title, its year and its address."""
    page = searcher.ask("?q=ferry&year=2021")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="RIS").click()
    text = waiting.value.path().read_bytes().decode()
    assert text.count("TY  - RPRT\r\n") == text.count("ER  - \r\n") == searcher.count()
    assert text.count("\r\nPY  - 2021\r\n") == searcher.count()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in text.split("\r\n"))


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_fits_the_screen(searcher: Searcher, width: int) -> None:
    """On no width the page needs scrolling sideways."""
    searcher.page.set_viewport_size({"width": width, "height": 800})
    page = searcher.ask("?q=ferry&person=ada-kell")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_scripts_the_page_leads_to_the_indexes(
    browser: Browser, archive_site: Path, serve: Callable[[Path], str]
) -> None:
    """Without JavaScript the page names the ways to every brief, and each leads somewhere."""
    top = serve(archive_site)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{top}search/")
    ways = page.locator("[data-search-without] a").all()
    assert ways[0].inner_text() == "People from A to Z"
    targets = [way.get_attribute("href") for way in ways]
    assert len(targets) == 6
    for target in targets:
        answer = page.goto(f"{top}search/{target}")
        assert answer is not None
        assert answer.ok
    context.close()


def test_who_asks_nothing_is_shown_the_other_ways(searcher: Searcher) -> None:
    """Before a question the page leads to names and dates; a question takes that place."""
    page = searcher.ask()
    ways = page.locator(".rg-search-results .rg-search-ways a")
    assert ways.first.inner_text() == "People from A to Z"
    searcher.write("ferry")
    assert not ways.first.is_visible()
    page.go_back()
    searcher.settle()
    ways.first.click()
    page.wait_for_url(f"{searcher.top}people/")


def test_a_search_that_cannot_be_loaded_leaves_the_other_ways(
    browser: Browser, archive_site: Path, serve: Callable[[Path], str]
) -> None:
    """Where the search works its page shows no other ways; where its data do not come it says so, and shows them."""
    top = serve(archive_site)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{top}search/")
    page.wait_for_selector(".rg-search-form", timeout=PATIENCE)
    assert not page.locator("[data-search-without]").is_visible()
    page.route("**/facets.json", lambda route: route.abort())
    page.goto(f"{top}search/")
    page.get_by_role("alert").wait_for()
    assert "could not be loaded" in page.get_by_role("alert").inner_text()
    page.get_by_role("link", name="People from A to Z").click()
    page.wait_for_url(f"{top}people/")
    context.close()


def test_names_are_split_in_the_browser_as_in_the_build(searcher: Searcher) -> None:
    """The script splits names and chooses files letter for letter as the build does."""
    page = searcher.ask()
    texts = [
        "Tsikhanoŭskaya",
        "O’Brien-Лукашенко",
        "Йо́рк ЁЛКА",
        "İstanbul ΣΟΦΟΣ",
        "ﬁve ½ a_b",
        "東京 ｶﾅ",
        "𝒜da",
        "…",
        "",
    ]
    script = """async ([names, data, texts]) => {
      const [{ nameWords }, { bucket }] = await Promise.all([import(names), import(data)]);
      return texts.map((text) => [nameWords(text), bucket(text, 37, 2), bucket(text, 37)]);
    }"""
    folder = f"{searcher.top}assets/regesta/search/"
    found = page.evaluate(script, [f"{folder}names.js", f"{folder}data.js", texts])
    assert found == [[name_words(text), bucket(text, 37, 2), bucket(text, 37)] for text in texts]


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\"'><svg onload=alert(3)>"


def test_nothing_hostile_runs_in_results(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """Titles, names, institutes and texts full of markup are shown as they are written, in results, facets, files."""
    folder = make_site(tmp_path / "a", source=None)
    brief = folder / "briefs_src/briefs/2020/2020-01-01-x.md"
    brief.parent.mkdir(parents=True)
    front = "\n".join(f'{name}: "{ATTACK}"' for name in ("title", "publisher", "series", "summary", "number", "doi"))
    brief.write_text(
        f'---\n{front}\nauthors: ["=1+1\\nTY  - evil", "{ATTACK}"]\ndate: 2020-01-01\nlanguage: "../{ATTACK}"\n---\n'
        f"`{ATTACK}` and Mentioned in zebras.\n\n&lt;img src=x onerror=alert(4)&gt; zebra\n",
        encoding="utf-8",
    )
    entity = folder / "briefs_src/entities/x.md"
    entity.parent.mkdir()
    entity.write_text(f'---\nname: "{ATTACK}"\ntype: person\nvariants: [Mentioned]\n---\n', encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context(accept_downloads=True)
    one = Searcher(context.new_page(), serve(folder / "site"))
    for question in ("?q=zebra", "?q=mentioned", "?person=x", "?q=alert", f"?q={ATTACK}&year={ATTACK}&person={ATTACK}"):
        page = one.ask(question)
        page.wait_for_timeout(100)
        assert page.locator(".rg-search :is(script, img, svg)").count() == 0, question
    page = one.ask("?q=zebra")
    assert ATTACK.replace('\\"', '"') in page.locator(".rg-hits a").inner_text()
    for name in ("CSV", "RIS"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        text = waiting.value.path().read_bytes().decode()
        assert ",=1" not in text
        assert not re.search(r"^TY  - evil", text, re.MULTILINE)
    page.keyboard.press("Escape")
    page.goto(one.top)
    page.wait_for_timeout(200)
    page.keyboard.press("/")
    page.keyboard.type("mentioned")
    page.wait_for_selector(".md-search-result__link")
    assert page.locator(".md-search-result__list :is(script, img, svg)").count() == 0
    context.close()
    assert one.complaints == []


def test_several_indexes_are_one_search(browser: Browser, tmp_path: Path, serve: Callable[[Path], str]) -> None:
    """What lies in several indexes is found as one, counted together and put in one order of date."""
    folder = make_site(tmp_path / "a", source=None)
    for number in range(130):
        path = folder / f"briefs_src/briefs/2020/{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        date = f"20{10 + number * 7 % 13}-01-{1 + number % 28:02}"
        path.write_text(f"---\ntitle: Brief {number}\ndate: {date}\n---\nZebra {number}.\n", encoding="utf-8")
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "regesta/search\n", "regesta/search: {shard: 100, results: 200}\n"
    )
    config.write_text(text, encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    one = Searcher(context.new_page(), serve(folder / "site"))
    page = one.ask("?q=zebra&order=oldest")
    assert one.count() == len(one.titles()) == len(set(one.titles())) == 130
    years = [int(text[-4:]) for text in page.locator(".rg-hits .rg-when").all_inner_texts()]
    assert years == sorted(years)
    one.ask("?year=2015&q=zebra")
    assert one.count() == 10
    one.ask("?year=2015")
    assert one.count() == 10
    assert len([url for url in one.asked if "wasm" in url]) <= 2
    context.close()
    assert one.complaints == []
