"""mkdocs.yml is read as MkDocs reads it, without MkDocs."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from regesta.reading.site_config import InvalidSiteConfig, read_site_config


@pytest.mark.parametrize(
    "plugins",
    [
        "[regesta/briefs: {source: x}, regesta/links: {ignore: U}]",
        "{regesta/briefs: {source: x}, regesta/links: {ignore: U}}",
        "[search, {regesta/briefs: {source: x}}, {regesta/links: {ignore: U}}]",
    ],
)
def test_options_are_found_in_a_list_and_in_a_mapping(tmp_path, plugins):
    """MkDocs allows both."""
    (tmp_path / "mkdocs.yml").write_text(f"plugins: {plugins}\n", encoding="utf-8")
    config = read_site_config(tmp_path)
    assert (config.source, config.check) == (tmp_path / "x", {"ignore": "U"})


def test_a_site_inherits(tmp_path):
    """What another file sets counts where this one is silent; of mappings the parts, of lists the whole."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "base.yml").write_text(
        "docs_dir: words\nplugins: {regesta/briefs: {source: x}, regesta/links: {ignore: [U], fail_on: info}}\n",
        encoding="utf-8",
    )
    (tmp_path / "sites/mkdocs.yml").write_text(
        "INHERIT: ../base.yml\nplugins: {regesta/links: {ignore: [F]}}\n", encoding="utf-8"
    )
    config = read_site_config(tmp_path / "sites")
    assert config.source == tmp_path / "sites/x"
    assert config.docs == tmp_path / "sites/words"
    assert config.check == {"ignore": ["F"], "fail_on": "info"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("INHERIT: mkdocs.yml", "inherit from one another"),
        ("INHERIT: none.yml", "INHERIT names no file: 'none.yml'"),
        ("plugins: [", "cannot be read"),
        ("[" * 200_000 + "]" * 200_000, "nests deeper than 100 levels"),
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_read(tmp_path, text, words):
    """The file is named, and what is wrong with it."""
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSiteConfig, match=words):
        read_site_config(tmp_path)


def test_without_a_site(tmp_path):
    """The defaults."""
    config = read_site_config(tmp_path)
    assert (config.source, config.docs, config.check) == (Path(tmp_path, "briefs_src"), None, {})


@pytest.mark.parametrize(
    "option",
    [
        "plugins: [{regesta/links: {audit: *j}}]",
        "plugins: [{regesta/links: {select: *j}}]",
        "plugins: [{regesta/links: {severity: {U101: *j}}}]",
        "plugins: [{regesta/briefs: {fields: *j}}]",
        "site_name: *j",
        "x: [*j, *j]",
    ],
)
def test_aliases_of_aliases_are_refused(tmp_path, option):
    """A few lines that stand for a billion values end in one sentence, not in a message that quotes them."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in itertools.pairwise("abcdefghij")]
    (tmp_path / "mkdocs.yml").write_text("\n".join([*lines, option]), encoding="utf-8")
    with pytest.raises(InvalidSiteConfig, match="aliases repeat more than 100,000 values"):
        read_site_config(tmp_path)


def test_a_few_aliases_are_read(tmp_path):
    """Settings that are used twice may be written once."""
    text = "x: &x {ignore: [U101]}\nplugins:\n- regesta/briefs\n- regesta/links: *x\nother: *x\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_site_config(tmp_path).check == {"ignore": ["U101"]}
