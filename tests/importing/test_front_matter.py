"""Front matter that every YAML loader reads alike."""

from __future__ import annotations

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from regesta.importing.front_matter import original_sha256, write_front_matter

LOADERS = [yaml.SafeLoader, yaml.BaseLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]
TRICKY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(
        [
            "no",
            "Yes",
            "null",
            "~",
            "1e3",
            "0x1F",
            "2020-09-14",
            "12:30:00",
            "a: b",
            "# a",
            "- a",
            "[a]",
            "{a",
            "&a",
            "*a",
            "!a",
            "a #b",
            "a:",
            "'a",
            '"',
            "\\",
            "---",
            "...",
            "=",
            "<<",
            "2_000",
            "٣",
            "\u2028",
            "\x85",
            "\ufeff",
            "🚢",
        ]
    ),
)


@pytest.mark.parametrize("loader", LOADERS)
@given(title=TRICKY, authors=st.lists(TRICKY.filter(bool), min_size=1, max_size=3))
def test_gives_the_same_strings_to_every_loader(loader: type[yaml.SafeLoader], title: str, authors: list[str]) -> None:
    """Truths, nothings, numbers, dates and YAML's own marks come back as the text they were."""
    fields = {"title": title, "authors": authors, "original": {"file": title}}
    written = write_front_matter(fields)
    assert yaml.load(written.split("---\n", 1)[1].rpartition("---\n")[0], loader) == fields  # noqa: S506 - all three are safe
    assert frontmatter.loads(written).metadata == fields


def test_finds_the_original_of_a_brief() -> None:
    """The hash is read from the front matter, however it is written, and from nowhere else."""
    digest = "0123456789abcdef" * 4
    assert original_sha256(f"---\noriginal: {{file: x, sha256: {digest}}}\n---\n".encode()) == digest
    assert original_sha256(f'---\r\noriginal:\r\n  sha256: "{digest}"\r\n---\r\n'.encode()) == digest
    assert original_sha256(f"---\ntitle: x\n---\n\nsha256: {digest}\n".encode()) is None
    assert original_sha256(f"sha256: {digest}".encode()) is None
