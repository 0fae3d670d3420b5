"""What can be set in mkdocs.yml does what it says, and what cannot be set is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from tests.mkdocs_plugins.test_site import BRIEF, brief, files, page, test_every_inner_link_leads_somewhere
from tests.sites import make_site, run_mkdocs

from regesta.mkdocs_plugins.briefs import BriefsPlugin
from regesta.mkdocs_plugins.dates import DatesPlugin
from regesta.mkdocs_plugins.entities import EntitiesPlugin
from regesta.mkdocs_plugins.links import LinksPlugin
from regesta.model.entities import EntityType

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs.plugins import BasePlugin


def load(plugin: type[BasePlugin[Any]], options: dict[str, Any]) -> tuple[Any, str]:
    """Give the settings that MkDocs makes of options, and what it says against them."""
    made = plugin()
    errors, warnings = made.load_config(options)
    assert warnings == []
    return made.config, "\n".join(f"{name}: {error}" for name, error in errors)


WRONG: list[tuple[type[BasePlugin[Any]], dict[str, Any], tuple[str, ...]]] = [
    (BriefsPlugin, {"sorce": "x"}, ("sorce", "Is 'source' meant?")),
    (BriefsPlugin, {"source": 3}, ("source",)),
    (BriefsPlugin, {"page_size": 0}, ("page_size", "from 1 on", "0")),
    (BriefsPlugin, {"page_size": True}, ("page_size", "True")),
    (BriefsPlugin, {"latest": -1}, ("latest", "-1")),
    (BriefsPlugin, {"latest": "5"}, ("latest", "'5'")),
    (BriefsPlugin, {"paths": {"peple": "x"}}, ("paths", "Is 'people' meant?")),
    (BriefsPlugin, {"paths": {"people": "places"}}, ("paths", "'places'")),
    (BriefsPlugin, {"paths": {"people": "assets"}}, ("paths", "'assets'")),
    (BriefsPlugin, {"paths": {"people": "../x"}}, ("paths", "'../x'")),
    (BriefsPlugin, {"paths": {"people": "a/b"}}, ("paths", "'a/b'")),
    (BriefsPlugin, {"paths": {"people": ""}}, ("paths", "''")),
    (BriefsPlugin, {"paths": ["people"]}, ("paths", "people: persons")),
    (BriefsPlugin, {"fields": ["region"]}, ("fields", "region")),
    (BriefsPlugin, {"fields": {"title": {}}}, ("fields", "'title'")),
    (BriefsPlugin, {"fields": {"region": {"lable": "x"}}}, ("fields", "'lable'", "Is 'label' meant?")),
    (BriefsPlugin, {"fields": {"region": {"facet": "yes"}}}, ("fields", "region: facet", "'yes'")),
    (BriefsPlugin, {"fields": {"region": {"label": 3}}}, ("fields", "region: label", "3")),
    (BriefsPlugin, {"fields": {"region": {"dublin_core": "covrage"}}}, ("fields", "Is 'coverage' meant?")),
    (BriefsPlugin, {"fields": {"region": 3}}, ("fields", "3")),
    (EntitiesPlugin, {"type": ["person"]}, ("type", "Is 'types' meant?")),
    (EntitiesPlugin, {"types": ["persons"]}, ("types", "'persons'", "Is 'person' meant?")),
    (EntitiesPlugin, {"types": 3}, ("types", "3")),
    (EntitiesPlugin, {"types": {"person": True}}, ("types", "person")),
    (EntitiesPlugin, {"link": "sections"}, ("link", "Is 'section' meant?")),
    (EntitiesPlugin, {"link": 1}, ("link", "1", "section, page, mention, never")),
    (DatesPlugin, {"page_size": 3}, ("page_size", "none")),
    (LinksPlugin, {"scor": True}, ("scor", "Is 'score' meant?")),
    (LinksPlugin, {"score": "yes"}, ("score",)),
]


@pytest.mark.parametrize(("plugin", "options", "words"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_option_is_refused(
    plugin: type[BasePlugin[Any]], options: dict[str, Any], words: tuple[str, ...]
) -> None:
    """An unknown name or an impossible value is an error that names it, and the nearest that is possible."""
    _, errors = load(plugin, options)
    for word in words:
        assert word in errors


def test_a_refusal_ends_the_build_in_one_line(tmp_path: Path) -> None:
    """MkDocs only warns of a name that it does not know; ours end the build, without a traceback."""
    folder = make_site(tmp_path / "a", source=None)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("- regesta/dates", "- regesta/dates: {pages: 3}"), encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 1
    assert "Plugin 'regesta/dates' option 'pages': There is no such option." in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("written", [{}, {"types": None}, {"types": [*EntityType]}, {"types": "person"}])
def test_types_keep_their_own_order(written: dict[str, Any]) -> None:
    """All types unless some are chosen; one may stand without a list."""
    config, errors = load(EntitiesPlugin, written)
    assert errors == ""
    assert config.types == ((EntityType.PERSON,) if written.get("types") == "person" else tuple(EntityType))


def test_a_hyphen_is_an_underscore() -> None:
    """Commands and pyproject.toml have hyphens; nobody needs to remember where."""
    config, errors = load(BriefsPlugin, {"page-size": 7})
    assert (config.page_size, errors) == (7, "")


def configured(folder: Path, **options: str) -> Path:
    """Give plugins options, by the plugin's name, and build."""
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    for name, written in options.items():
        text = text.replace(f"  - regesta/{name}\n", f"  - regesta/{name}: {written}\n")
    config.write_text(text, encoding="utf-8")
    done = run_mkdocs(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_types_that_are_off_are_nowhere(tmp_path: Path) -> None:
    """Without places and events there is no page of one, no link to one and no dead end."""
    folder = make_site(tmp_path / "a")
    config = folder / "mkdocs.yml"
    named = [line for line in config.read_text(encoding="utf-8").splitlines() if "places/" not in line]
    config.write_text("\n".join(line for line in named if "events/" not in line) + "\n", encoding="utf-8")
    site = configured(folder, entities="{types: [person, organisation]}")
    assert (site / "people/mirela-ostrenko/index.html").is_file()
    assert not (site / "places").exists()
    assert not (site / "events").exists()
    listed = [str(a["href"]) for path in ("", BRIEF, "organisations") for a in page(site, path).select("article a")]
    assert not [address for address in listed if "places/" in address or "events/" in address]
    test_every_inner_link_leads_somewhere(site)


@pytest.mark.parametrize(("often", "links"), [("section", 3), ("page", 1), ("mention", 5), ("never", 0)])
def test_how_often_a_name_is_a_link(tmp_path: Path, often: str, links: int) -> None:
    """Once a section, once a page, at each mention or never; by hand always."""
    folder = make_site(tmp_path / "a", source=None)
    (folder / "briefs_src/entities").mkdir(parents=True)
    record = "---\nname: Ada Renn\ntype: person\nvariants: [Renn]\n---\n"
    (folder / "briefs_src/entities/ada-renn.md").write_text(record, encoding="utf-8")
    body = "Renn and Renn.\n\n## One\n\nRenn, Renn.\n\n## Two\n\nRenn, [by hand](entity:ada-renn).\n"
    brief(folder, "2020/x", "title: X\ndate: 2020-01-01", body)
    site = configured(folder, entities=f"{{link: {often}}}")
    found = [link.text for link in page(site, "briefs/2020/x").select(".rg-body a.rg-entity")]
    assert found == ["Renn"] * links + ["by hand"]


def test_own_fields_are_shown_with_their_label(tmp_path: Path) -> None:
    """A declared field stands below the title, in the order of the declaration, and is no finding."""
    folder = make_site(tmp_path / "a", source=None)
    front = "title: X\ndate: 2020-01-01\nregion: [North, '<b>South</b>']\nfield_office: Grey Ford\nmood: grim"
    brief(folder, "2020/x", front)
    site = configured(folder, briefs="{fields: {field_office: null, region: {label: Part of the country}}}")
    facts = page(site, "briefs/2020/x").select_one(".rg-own")
    assert [dt.text for dt in facts.select("dt")] == ["Field office", "Part of the country"]
    assert [li.text for li in facts.select("li")] == ["Grey Ford", "North", "<b>South</b>"]
    assert b"grim" not in (site / "briefs/2020/x/index.html").read_bytes()


def test_sizes_of_pages(tmp_path: Path) -> None:
    """The list of briefs, the home page and the pages of entities divide where they are told to."""
    site = configured(make_site(tmp_path / "a"), briefs="{page_size: 3, latest: 2}", entities="{page_size: 2}")
    assert len(page(site, "briefs").select(".rg-entries > li")) == 3
    assert len(page(site, "").select(".rg-overview .rg-entries > li")) == 2
    assert (site / "people/mirela-ostrenko/2021/index.html").is_file()
    test_every_inner_link_leads_somewhere(site)


@pytest.mark.parametrize("directory_urls", [True, False])
def test_folders_by_another_name(tmp_path: Path, *, directory_urls: bool) -> None:
    """Every page of a renamed folder lies there, nothing leads to the old name, and former addresses lead on."""
    folder = make_site(tmp_path / "a", directory_urls=directory_urls)
    assert run_mkdocs(folder).returncode == 0
    old = {name for name in files(folder / "site") if name.startswith("people/") and "ostrenko" in name}
    site = configured(folder, briefs="{paths: {people: osoby, briefs: memos, links: health}}")
    suffix = "/index.html" if directory_urls else ".html"
    assert (site / f"osoby/mirela-ostrenko{suffix}").is_file()
    assert (site / f"memos/2021/2021-03-10-no-boats{suffix}").is_file()
    assert (site / "health/links.json").is_file()
    assert old
    for name in old & {f"people/mirela-ostrenko{suffix}"}:
        stub = BeautifulSoup((site / name).read_text(encoding="utf-8"), "lxml")
        assert 'http-equiv="refresh"' in str(stub)
        assert "osoby/mirela-ostrenko" in str(stub.a["href"])
    pages = [path for path in site.rglob("*.html") if b'http-equiv="refresh"' not in path.read_bytes()]
    assert not [path for path in pages if path.relative_to(site).parts[0] in {"people", "briefs", "links"}]
    test_every_inner_link_leads_somewhere(site)


def test_the_score_can_be_left_out(tmp_path: Path) -> None:
    """With `score: false` no brief says how many of its links can be verified."""
    from tests.ledgers import write_ledger  # noqa: PLC0415 - only here

    folder = make_site(tmp_path / "a")
    write_ledger(folder / "briefs_src")
    assert run_mkdocs(folder).returncode == 0
    with_it = (folder / "site" / BRIEF / "index.html").read_text(encoding="utf-8")
    assert "verifiable" in with_it
    site = configured(folder, links="{score: false, page_size: 1}")
    assert not [name for name, html in files(site).items() if name.endswith(".html") and b"verifiable" in html]
    assert all(len(queue.select(":scope > li")) <= 1 for queue in page(site, "links").select(".rg-queue"))
