"""What results can be narrowed by."""

from __future__ import annotations

import base64
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.searched import read, site_of

from regesta.model.own_fields import read_own_fields
from regesta.pages.search.facets import FACETS, Bundle, facet_lists, facets_file, list_files

IDS = {"briefs/2021/a/": "en_aaaa1110", "briefs/undated/d/": "en_aaaa222"}
BUNDLES = [Bundle("en", "en/", (), IDS), Bundle("uk", "uk/", (), {"briefs/2022/b/": "uk_bbbb333"})]


def facets(site=None, chosen=FACETS):
    """Give what the browser reads first."""
    site = site or site_of()
    return read(facets_file(site, BUNDLES, chosen, facet_lists(site, chosen)))


def rows_of(site, chosen=FACETS):
    """Give the briefs of each value, by the facet's files and the value."""
    files = list_files(facet_lists(site, chosen))
    return {
        (file.path.removeprefix("search/").rpartition("-")[0], value): (name, list(accumulate(steps)))
        for file in files
        for value, name, steps in read(file)
    }


def column(data, name):
    """Give the value of each brief."""
    values = data["columns"][name]["values"]
    return [values[index] for index in data["columns"][name]["of"]]


def test_briefs_are_numbered_by_date() -> None:
    """Briefs have their numbers by date, undated ones first; a withdrawn one has none."""
    data = facets()
    assert data["briefs"] == 3
    assert column(data, "institute") == ["North", "North", "South"]
    assert column(data, "series") == ["", "Tides", ""]
    assert column(data, "year") == ["", "2021", "2022"]
    assert column(data, "language") == ["en", "en", "uk"]
    assert data["columns"]["year"]["values"] == ["", "2022", "2021"]


def test_records_are_known_by_their_names() -> None:
    """The names of records are packed in the order of the briefs; one with more digits than usual stands apart."""
    ids = facets()["ids"]
    digits = base64.b64decode(ids["packed"]).hex()
    named = [f"{ids['prefixes'][of]}_{digits[n * 7 : n * 7 + 7]}" for n, of in enumerate(ids["of"])]
    assert [ids["odd"].get(str(n), name) for n, name in enumerate(named)] == ["en_aaaa222", "en_aaaa1110", "uk_bbbb333"]


def test_facets_that_are_not_wanted_are_not_written() -> None:
    """Only what is chosen is there; year and language stay, which order and indexes need."""
    data = facets(chosen=("person",))
    assert set(data["columns"]) == {"year", "language"}
    assert data["marks"] == []
    assert data["lists"] == [["person", 1, "person"]]
    assert [file.path for file in list_files(facet_lists(site_of(), ("place",)))] == ["search/place-0.json"]


def test_subjects_are_counted_for_each_brief_that_has_them() -> None:
    """A brief has each of its subjects once, however often it is written, and may have none."""
    site = site_of(
        {
            "briefs/a.md": "title: A\ndate: 2020\nsubjects: [water, law, water]\n---\nx\n",
            "briefs/b.md": "title: B\ndate: 2021\nsubjects: water\n---\nx\n",
            "briefs/c.md": "title: C\ndate: 2022\n---\nx\n",
            "briefs/d.md": "title: D\ndate: 2023\nsubjects: [secret]\nstatus: withdrawn\n---\nx\n",
        }
    )
    assert facets(site)["lists"] == [["subject", 1, "subject"]]
    assert rows_of(site) == {("subject", "law"): ("law", [0]), ("subject", "water"): ("water", [0, 1])}
    assert facets(site, ("person",))["lists"] == []


def test_own_fields_are_facets_where_they_say_so() -> None:
    """An own field with `facet: true` follows the others under its label, even if it is called as something else is."""
    declared = {"year": {"label": "Budget year", "facet": True}, "clerk": {"label": "Clerk"}, "order": {"facet": True}}
    written = {"briefs/a.md": "title: A\ndate: 2020\nyear: [2018, '2019']\nclerk: Ada\n---\nx\n"}
    site = replace(site_of(written), own_fields=read_own_fields(declared))
    data = facets(site, ("year",))
    assert data["facets"] == ["year", "field-year", "field-order"]
    assert data["words"]["field-year"] == "Budget year"
    assert data["words"]["year"] == "Year"
    assert data["lists"] == [["field-year", 1, "field-0"]]
    assert rows_of(site, ("year",)) == {("field-0", "2018"): ("2018", [0]), ("field-0", "2019"): ("2019", [0])}
    assert "Ada" not in str(data)


def test_an_own_field_may_be_called_anything() -> None:
    """No name of a field leads a file out of its folder."""
    declared = read_own_fields({"../../x y/Ж": {"facet": True}})
    site = replace(
        site_of({"briefs/a.md": "title: A\n'../../x y/Ж': v\n---\nx\n"}),
        own_fields=declared,
    )
    assert [file.path for file in list_files(facet_lists(site, ()))] == ["search/field-0-0.json"]


def test_links_are_told_by_marks() -> None:
    """Without an audit only briefs without a link are known."""
    assert facets()["marks"] == [1 << 4] * 3
    linked = site_of({"briefs/a.md": "title: T\n---\nSee <https://example.org/>.\n"})
    assert facets(linked)["marks"] == [0]


def test_an_entity_lists_its_briefs_by_steps() -> None:
    """The briefs that name an entity are written as steps from one number to the next."""
    (row,) = (
        row for file in list_files(facet_lists(site_of(), ("person",))) for row in read(file) if row[0] == "ada-kell"
    )
    assert row == ["ada-kell", "Ada Kell", [0, 1, 1]]
    assert rows_of(site_of())["place", "skerrin"] == ("Skerrin", [1])


@given(st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=12))
def test_steps_lead_to_every_brief_that_names_it(named) -> None:
    """Whoever is named where: the steps give just those briefs."""
    entities = {f"e-{n}": f"name: Name{n}\ntype: person" for n in range(10)}
    texts = [" and ".join(f"Name{n}" for n in sorted(who)) for who in named]
    briefs = {
        f"briefs/{i:02}.md": f"title: T\ndate: 2020-01-{i + 1:02}\n---\n{text}.\n" for i, text in enumerate(texts)
    }
    rows = rows_of(site_of(briefs, entities))
    expected = {n: [i for i, who in enumerate(named) if n in who] for n in range(10)}
    assert rows == {("person", f"e-{n}"): (f"Name{n}", held) for n, held in expected.items() if held}


@pytest.mark.parametrize("number", [1, 400])
def test_many_mentions_lie_in_several_files(number) -> None:
    """What everybody is named in does not lie in one file that each query would load."""
    entities = {f"e-{n}": f"name: Name{n}\ntype: person" for n in range(number)}
    text = " and ".join(f"Name{n}" for n in range(number))
    briefs = {f"briefs/{i}.md": f"title: T\n---\n{text}.\n" for i in range(30)}
    site = site_of(briefs, entities)
    lists = facet_lists(site, FACETS)
    files = list(list_files(lists))
    assert len(files) == lists[0].files == (1 if number == 1 else 7)
    assert sum(len(read(file)) for file in files) == number


def test_hostile_names_stay_within_json() -> None:
    """What is called like markup or like JSON is a string in JSON."""
    attack = '</script><script>alert(1)</script>","x":"'
    site = site_of({"briefs/a.md": f"title: T\npublisher: '{attack}'\n---\nx\n"})
    assert column(facets(site), "institute") == [attack]
