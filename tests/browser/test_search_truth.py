"""The search answers with the briefs that have every word, and with no others: measured against a scan of the texts."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import snowballstemmer
from tests.browser.test_search import Searcher, wait
from tests.sites import make_site, run_mkdocs

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import Status, read_document
from regesta.model.mentions import Names
from regesta.pages.search.tokens import index_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

ASK = """async ([top, queries, language]) => {
  const folder = `${top}assets/regesta/search/`;
  const [{ Engine }, { Narrowing }, { answer }] = await Promise.all(
    ["engine", "narrow", "results"].map((name) => import(`${folder}${name}.js`)));
  const engine = await Engine.open(`${top}search/`);
  const narrowing = new Narrowing(`${top}search/`, engine.facets);
  const choice = language ? { language: [language] } : {};
  const found = [];
  for (const query of queries) {
    const { hits, lacking } = await answer(engine, narrowing, { query, choice, order: "relevance" });
    found.push([hits.map((hit) => hit.number).sort((a, b) => a - b), lacking.map((clause) => clause.text)]);
  }
  return found;
}"""
STEMMERS = {"en": "english", "ru": "russian"}


def plain(word: str) -> str:
    """Take accents away, but not those of letters of their own."""
    kept = word.replace("й", "1").replace("ї", "2")
    return "".join(char for char in unicodedata.normalize("NFD", kept) if not unicodedata.combining(char))


class Scan:
    """The briefs of one language, read once more without the search."""

    def __init__(self, folder: Path, language: str) -> None:
        """Read an archive."""
        documents = [
            read_document(path.relative_to(folder).as_posix(), path.read_bytes())
            for path in sorted((folder / "briefs").rglob("*.md"))
        ]
        entries = [read_entry(document, Names([])) for document in documents]
        archive = Archive.of([entry for entry in entries if entry.brief.status is not Status.DRAFT], [])
        bodies = {document.path: document.body for document in documents}
        stemmer = snowballstemmer.stemmer(STEMMERS[language]) if language in STEMMERS else None
        self._stem = stemmer.stemWord if stemmer else str
        self.forms: set[str] = set()
        self._stems: dict[int, set[str]] = {}
        for number, entry in enumerate(archive.shown):
            brief = entry.brief
            if (brief.language or "en") != language:
                continue
            blocks = [block.text for block in bodies[brief.path].blocks if block.note is None]
            names = [brief.title, brief.publisher, brief.series, brief.summary, *brief.authors]
            words = self.words("\n".join((*blocks, *names)))
            self.forms |= set(words)
            self._stems[number] = {plain(self._stem(word)) for word in words}

    @staticmethod
    def words(text: str) -> list[str]:
        """Split a text at all that is neither a letter nor a digit."""
        return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())

    def find(self, words: Sequence[str]) -> list[int]:
        """Give the numbers of the briefs that have all words, in any form."""
        wanted = {plain(self._stem(word)) for word in words}
        return [number for number, stems in self._stems.items() if wanted <= stems]


@pytest.fixture
def searcher(browser: Browser, archive_site: Path, serve: Callable[[Path], str]) -> Iterator[Searcher]:
    """Give a reader of the invented archive; in the end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    one = Searcher(context.new_page(), serve(archive_site))
    yield one
    context.close()
    assert one.complaints == []


@pytest.mark.parametrize(("language", "number"), [("en", 700), ("ru", 200), ("uk", 100)])
def test_results_are_those_of_a_scan(searcher: Searcher, archive_site: Path, language: str, number: int) -> None:
    """For random words of the archive, alone and in pairs, the results are those of a scan of the texts."""
    scan = Scan(archive_site.parent / "briefs_src", language)
    chance = random.Random(11)  # noqa: S311 - the same words every time
    forms = sorted(scan.forms)
    asked = [chance.sample(forms, chance.randint(1, 2)) for _ in range(number)]
    page = searcher.ask()
    found = page.evaluate(ASK, [searcher.top, [" ".join(words) for words in asked], language])
    wrong = {
        " ".join(words): (numbers, expected)
        for words, (numbers, _) in zip(asked, found, strict=True)
        if numbers != (expected := scan.find(words))
    }
    assert wrong == {}
    assert sum(bool(numbers) for numbers, _ in found) > number / 3


def test_altered_words_are_found_where_a_scan_finds_them(searcher: Searcher, archive_site: Path) -> None:
    """A word with a letter more, fewer or changed has the results of a scan: mostly none, and then it is named."""
    scan = Scan(archive_site.parent / "briefs_src", "en")
    chance = random.Random(12)  # noqa: S311 - see above
    words = [word for word in sorted(scan.forms) if len(word) > 3]
    asked = []
    for word in chance.sample(words, 300):
        at, letter = chance.randrange(len(word)), chance.choice("abdegikmnorstuvz")
        altered = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:-1], word + letter)
        asked.append(chance.choice(altered))
    found = searcher.ask().evaluate(ASK, [searcher.top, asked, "en"])
    for word, (numbers, lacking) in zip(asked, found, strict=True):
        assert numbers == scan.find([word]), word
        assert lacking == ([] if numbers else [word])


BRIEFS = {
    "en/harbour": ("en", "The harbour held an election. Ada Kell’s S-300 stood by the well-known pier—and waited."),
    "en/pier": ("en", "A pier, a harbour; elections were put off. Kell wrote of «Паром» in C++."),
    "en/quay": (
        "en",
        "Known well, the quay of Skerrin has café and cafe. The café election harbours Лукашенко. A light\u00adhouse.",
    ),
    "ru/voina": ("ru", "Новый паром пришёл войной. Мой край и мои края, Ёлкин."),
    "ru/mir": ("ru", "Война и новая гавань. Воин читал Putin. Елкин ждал паромы."),
    "uk/voda": ("uk", "Вода й воду, п’ять їжаків. Київ чекав."),
    "uk/misto": ("uk", "У місті водою п'ять човнів чекали."),
    "zh/bj": ("zh", "北京大学的选举。港口在北京市。"),
    "zh/sh": ("zh", "上海港口。京北公路，大学。"),
    "ja/kaki": ("ja", "カキの港。東京で選挙。"),
    "ja/gagi": ("ja", "ガギの港。京都で。"),
    "ko/seoul": ("ko", "서울 항구의 선거"),
}
PEOPLE = {
    "ada-kell": "name: Ada Kell\ntype: person\nvariants: [Kell, {name: Ада Келль, kind: native}]",
    "lukashenko": "name: Alexander Lukashenko\ntype: person\nvariants: [Лукашенко, 卢卡申科, 루카셴코]",
    "skerrin": "name: Skerrin\ntype: place",
}


@pytest.fixture(scope="module")
def mixed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an archive in six languages and four scripts."""
    folder = make_site(tmp_path_factory.mktemp("mixed") / "archive", source=None)
    for name, (language, text) in BRIEFS.items():
        path = folder / f"briefs_src/briefs/2020/{name.replace('/', '-')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = f"title: {name}\npublisher: North\ndate: 2020-01-01\nlanguage: {language}"
        path.write_text(f"---\n{front}\n---\n{text}\n\nA second paragraph.\n", encoding="utf-8")
    for slug, record in PEOPLE.items():
        path = folder / f"briefs_src/entities/{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{record}\n---\n", encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def mixed(browser: Browser, mixed_site: Path, serve: Callable[[Path], str]) -> Iterator[Searcher]:
    """Give a reader of the archive in six languages; in the end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    one = Searcher(context.new_page(), serve(mixed_site))
    yield one
    context.close()
    assert one.complaints == []


QUERIES = [
    # Words in their forms, and none that only begins alike.
    ("harbours", {"en/harbour", "en/pier", "en/quay"}),
    ("elections harbour", {"en/harbour", "en/pier", "en/quay"}),
    ("putting", {"en/pier"}),
    ("elect", {"en/harbour", "en/pier", "en/quay"}),
    ("ele", set()),
    ("война", {"ru/voina", "ru/mir"}),
    ("воин", {"ru/mir"}),
    ("новые", {"ru/voina", "ru/mir"}),
    ("края", {"ru/voina"}),
    ("Елкин", {"ru/voina", "ru/mir"}),
    # Punctuation and accents.
    ("S-300", {"en/harbour"}),
    ("s 300", {"en/harbour"}),
    ("300", {"en/harbour"}),
    ("C++", {"en/pier"}),
    ("pier", {"en/harbour", "en/pier"}),
    ("well-known", {"en/harbour"}),
    ("well known", {"en/harbour", "en/quay"}),
    ("cafe", {"en/quay"}),
    ("café", {"en/quay"}),
    ("cafés election", {"en/quay"}),
    ("kell's", {"en/harbour"}),
    ("Kell", {"en/harbour", "en/pier"}),
    # Characters that nobody sees, in the text and in the question.
    ("lighthouse", {"en/quay"}),
    ("Light\u00adhouse quay", {"en/quay"}),
    ("har\u2060bour -K\u200dell", {"en/quay"}),
    # Phrases, also not closed, in the quotation marks of several languages, and not from one paragraph to the next.
    ('"harbours election"', {"en/pier"}),
    ('"election harbours"', {"en/quay"}),
    ('"a harbour"', {"en/pier"}),
    ("«a harbour»", {"en/pier"}),
    ("„a harbour“", {"en/pier"}),
    ("“a harbour”", {"en/pier"}),
    ('"a harbour', {"en/pier"}),
    ('election "the harbour"', {"en/harbour"}),
    ('"waited a second"', set()),
    ('"second paragraphs"', {"en/harbour", "en/pier", "en/quay"}),
    ('"cafe and café"', {"en/quay"}),
    ('"café and cafe"', {"en/quay"}),
    # What is left out.
    ("harbour -kell", {"en/quay"}),
    ('harbour -"a harbour"', {"en/harbour", "en/quay"}),
    ("-harbour -second", set()),
    ("harbour -qqq", {"en/harbour", "en/pier", "en/quay"}),
    ("港口 -北京", {"zh/sh"}),
    # Scripts and languages together.
    ("Паром Kell", {"en/pier"}),
    ("Лукашенко election", {"en/quay"}),
    ("Putin", {"ru/mir"}),
    ("harbour гавань", set()),
    ("Putin гавань", {"ru/mir"}),
    # No blanks.
    ("北京", {"zh/bj"}),
    ("京北", {"zh/sh"}),
    ("大学", {"zh/bj", "zh/sh"}),
    ("北京大学", {"zh/bj"}),
    ("港口 大学", {"zh/bj", "zh/sh"}),
    ("カキ", {"ja/kaki"}),
    ("ガギ", {"ja/gagi"}),
    ("東京", {"ja/kaki"}),
    ("서울", {"ko/seoul"}),
    # Only exact forms where there is no stemmer.
    ("вода", {"uk/voda"}),
    ("п'ять", {"uk/voda", "uk/misto"}),
    ("Київ", {"uk/voda"}),
    ("Киів", set()),
]


def test_each_question_has_its_briefs_and_no_others(mixed: Searcher) -> None:
    """Words, phrases and exclusions in six languages are answered with the briefs that have all that was asked."""
    page = mixed.ask()
    numbers = page.evaluate(ASK, [mixed.top, [query for query, _ in QUERIES], ""])
    titles = sorted(BRIEFS, key=lambda name: name.replace("/", "-"))
    found = [{titles[number] for number in hits} for hits, _ in numbers]
    wrong = {query: one for (query, expected), one in zip(QUERIES, found, strict=True) if one != expected}
    assert wrong == {}


@pytest.mark.parametrize(
    ("query", "said", "offered"),
    [
        ("aardvark", ["aardvark"], ([], [], "")),
        ("Harbuor", ["Harbuor"], ([], ["harbour", "harbours"], "")),
        ("Lukashenka", ["Lukashenka"], (["Alexander Lukashenko (1)"], ["лукашенко"], "")),
        ("Лукашэнка", ["Лукашэнка"], (["Alexander Lukashenko (1)"], ["лукашенко"], "")),
        ("Лукшенко election", ["Лукшенко"], (["Alexander Lukashenko (1)"], ["лукашенко"], "election: 3")),
        ("卢卡申柯", ["卢卡申柯"], (["Alexander Lukashenko (1)"], [], "")),
        ("루카센코", ["루카센코"], (["Alexander Lukashenko (1)"], [], "")),
        ("Skerin harbour", ["Skerin"], (["Skerrin (1)"], ["skerrin"], "harbour: 3")),
        ("Kel harbour", ["Kel"], (["Ada Kell (2)"], ["kell"], "harbour: 3")),
        ("войска", ["войска"], ([], [], "")),
        ("harbour qqq zzz", ["qqq", "zzz"], ([], [], "harbour: 3")),
        ('"harbour of gold" pier', ["harbour of gold"], ([], [], "pier: 2")),
        ("водопад", ["водопад"], ([], [], "")),
        ("上海大学校", ["上海大学校"], ([], [], "")),
    ],
)
def test_what_no_brief_has_is_named_and_near_ones_are_offered(
    mixed: Searcher, query: str, said: list[str], offered: tuple[list[str], list[str], str]
) -> None:
    """The page says which word no brief has, shows no result, and offers near names, near words and the other words."""
    page = mixed.ask(f"?q={quote(query)}")
    names, words, rest = offered
    status = page.get_by_role("status").last.inner_text()
    assert status == " ".join(f"No brief has “{word}”." for word in said)
    assert mixed.titles() == []
    assert not page.get_by_role("button", name="CSV").is_visible()
    assert not page.get_by_text("Narrow down").is_visible()
    near = {
        kind: page.locator(".rg-search-notes p", has_text=re.compile(f"^{kind} like")).locator("a").all_inner_texts()
        for kind in ("Names", "Words")
    }
    assert near["Names"] == names
    assert near["Words"][: len(words)] == words
    others = page.locator(".rg-search-notes a", has_text="Without it").all_inner_texts()
    assert others == ([f"Without it, briefs with {rest}"] if rest else [])


def test_a_word_is_looked_for_in_all_languages_before_it_is_called_absent(mixed: Searcher) -> None:
    """Within one language the page names it; without a choice a word of a language in another script is found."""
    page = mixed.ask("?q=Putin&language=en")
    assert page.get_by_role("status").last.inner_text() == "No brief has “Putin” (looked for in: English)."
    mixed.ask("?q=Putin")
    assert mixed.titles() == ["ru/mir"]
    page = mixed.ask("?q=Putin+qqq")
    assert page.get_by_role("status").last.inner_text() == "No brief has “qqq”."
    assert page.locator(".rg-search-notes a").all_inner_texts() == ["Without it, briefs with Putin: 1"]


@pytest.mark.parametrize(
    ("query", "link", "asked", "titles"),
    [
        ("Skerin harbour", "Skerrin (1)", {"q": ["harbour"], "place": ["skerrin"]}, ["en/quay"]),
        ("Harbuor -kell", "harbour", {"q": ["harbour -kell"]}, ["en/quay"]),
        ("pier qqq", "Without it, briefs with pier: 2", {"q": ["pier"]}, ["en/harbour", "en/pier"]),
        ("pier -harbour", "If nothing is excluded, briefs with pier: 2", {"q": ["pier"]}, ["en/harbour", "en/pier"]),
        ("вода", "водою", {"q": ["водою"]}, ["uk/misto"]),
        ("водами", "вода", {"q": ["вода"]}, ["uk/voda"]),
        ("pier quay", "quay (1)", {"q": ["quay"]}, ["en/quay"]),
        ("Kell", "In any spelling: 2", {"person": ["ada-kell"]}, ["en/harbour", "en/pier"]),
    ],
)
def test_links_lead_to_what_they_say(
    mixed: Searcher, query: str, link: str, asked: dict[str, list[str]], titles: list[str]
) -> None:
    """Whoever follows what is offered asks just that: the address and the field say so, and the results are there."""
    page = mixed.ask(f"?q={quote(query)}")
    page.locator(".rg-search-results a", has_text=re.compile(f"^{re.escape(link)}$")).first.click()
    wait(page, f"document.querySelector('input[name=q]').value !== {query!r}")
    mixed.settle()
    assert mixed.state() == asked
    assert page.get_by_role("searchbox", name="Words or names").input_value() == "".join(asked.get("q", []))
    wait(page, f"document.querySelectorAll('.rg-hits > li').length === {len(titles)}")
    assert sorted(mixed.titles()) == titles
    page.go_back()
    mixed.settle()
    wait(page, f"document.querySelector('.rg-search-form input').value === {query!r}")


def test_facets_and_files_are_of_the_results_that_are_shown(mixed: Searcher) -> None:
    """What the facets count and what the files hold are the briefs that are shown, and the sentence has the word."""
    page = mixed.ask("?q=elections")
    assert mixed.count() == 3
    assert page.get_by_text("Narrow down").is_visible()
    year = page.locator("[data-facet=year] .rg-count").first.inner_text()
    language = page.locator("[data-facet=language] .rg-count").all_inner_texts()
    assert (year, language) == ("3", ["3"])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    text = waiting.value.path().read_bytes().decode()
    assert all(text.count(f"\r\n{title},") == 1 for title in mixed.titles())
    assert text.lower().count("election") == 3
    marks = page.locator(".rg-hits mark").all_inner_texts()
    assert sorted(marks) == ["election", "election", "elections"]


def test_the_box_offers_words_that_begin_so_and_guesses_no_result(mixed: Searcher) -> None:
    """While a word is being written the box says that no brief has it so far, and leads to the words that begin so."""
    page = mixed.page
    page.goto(mixed.top)
    page.keyboard.press("/")
    page.keyboard.type("elec")
    page.wait_for_selector(".md-search-result__link")
    assert page.locator(".md-search-result__meta").inner_text() == "No brief has “elec”."
    rows = page.locator(".md-search-result__link").all_inner_texts()
    assert [row.strip() for row in rows] == ["election", "elections"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=election")
    mixed.settle()
    assert mixed.count() == 3


def test_help_is_behind_a_question_mark(mixed: Searcher) -> None:
    """The question mark shows how to ask, and hides it again; a screen reader knows which."""
    page = mixed.ask()
    button = page.get_by_role("button", name="How to search")
    assert not page.locator("#rg-help").is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#rg-help").is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert "also in other forms" in page.locator("#rg-help").inner_text()
    page.keyboard.press("Enter")
    assert not page.locator("#rg-help").is_visible()


def test_an_index_that_cannot_be_loaded_is_said_and_leaves_no_old_results(
    browser: Browser, mixed_site: Path, serve: Callable[[Path], str]
) -> None:
    """Where a part of the index does not come, the page says so; results of the question before are gone."""
    context = browser.new_context()
    one = Searcher(context.new_page(), serve(mixed_site))
    page = one.ask("?q=Putin")
    assert one.titles() == ["ru/mir"]
    page.route("**/search/en/**", lambda route: route.abort())
    page.route("**/search/uk/**", lambda route: route.abort())
    one.write("вода")
    assert "could not be loaded" in page.get_by_role("status").last.inner_text()
    assert one.titles() == []
    assert not page.get_by_role("button", name="CSV").is_visible()
    context.close()


def test_a_name_that_very_many_briefs_have_is_answered_from_their_list(
    browser: Browser, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    """Without the index the page lists all briefs that name somebody; in quotation marks the words are looked for."""
    folder = make_site(tmp_path / "a", source=None)
    home = folder / "briefs_src/briefs/2020"
    home.mkdir(parents=True)
    for number in range(410):
        name = "Ada Kell" if number % 2 else "Ада Келль"
        (home / f"{number:03}.md").write_text(f"---\ntitle: B{number}\n---\n{name} spoke.\n", encoding="utf-8")
    record = folder / "briefs_src/entities/ada-kell.md"
    record.parent.mkdir()
    record.write_text(f"---\n{PEOPLE['ada-kell']}\n---\n", encoding="utf-8")
    assert run_mkdocs(folder).returncode == 0
    context = browser.new_context()
    one = Searcher(context.new_page(), serve(folder / "site"))
    page = one.ask("?q=ada+kell")
    assert page.get_by_role("status").last.inner_text() == "Briefs that name Ada Kell, in any spelling: 410"
    assert not [url for url in one.asked if "pf_index" in url or "wasm" in url]
    page.get_by_role("link", name="Look for these words as written").click()
    wait(page, "location.search.includes('%22')")
    one.settle()
    wait(page, "document.querySelector('.rg-search [role=status]').textContent === 'Briefs with these words: 205'")
    context.close()
    assert one.complaints == []


def test_texts_are_split_in_the_browser_as_in_the_build(mixed: Searcher) -> None:
    """The script makes the same words of a text as the build, in every language that has rules of its own."""
    texts = [
        "The S-300’s, O'Brien ﬁve ½ a_b 1,000 𝒜da İstanbul ΣΟΦΟΣ Йо́рк",
        "Новый мой случай важнейшей делайте рисуй бойся ейте Ёлкин край войной",
        "Київ п’ять пʼять їжак ўлада",
        "prezydentów czekać Łódź ów ć",
        "decidió hablaría comíamos francés ió",
        "北京大学2020年 カギ ガギ ｶﾞ กินข้าว 서울은 दिन",
        "l’Élysée مُحَمَّد שָׁלוֹם 👋 — …",
        "Light\u00adhouse prezydent\u00adów Но\u00adвый می\u200cخواهم 北\ufeff京 zero\u200bsum \u202equay",
        "",
    ]
    asked = [[text, language] for text in texts for language in ("en", "ru", "uk", "pl", "es", "ja", "")]
    script = """async ([address, asked]) => {
      const { indexWords } = await import(address);
      return asked.map(([text, language]) => indexWords(text, language));
    }"""
    found = mixed.ask().evaluate(script, [f"{mixed.top}assets/regesta/search/tokens.js", asked])
    assert found == [index_words(text, language) for text, language in asked]
