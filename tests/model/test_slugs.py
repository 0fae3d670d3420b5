"""Slugs that every file system and address can hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regesta.model.slugs import LONGEST_SLUG, is_slug, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The Harbour's Quay: What Next?", "the-harbours-quay-what-next"),
        ("Порт закрыли", "port-zakryli"),
        ("Łódź — Zürich", "lodz-zurich"),
        ("a" * 100, "a" * 80),
        (" ".join(["harbour"] * 20), "-".join(["harbour"] * 10)),
    ],
)
def test_makes_slugs(text: str, slug: str) -> None:
    """Titles become short Latin words."""
    assert slugify(text) == slug


@given(st.text())
@example("")
@example("NUL")
@example("lpt1")
@example("../..")
@example("\ud800")
def test_any_text_has_a_slug(text: str) -> None:
    """A slug is valid, and the same for the same text."""
    slug = slugify(text)
    assert is_slug(slug)
    assert len(slug) <= LONGEST_SLUG
    assert slugify(text) == slug
    assert slugify(slug) == slug


@pytest.mark.parametrize("text", ["", "A", "a--b", "-a", "a_b", "é", "aux", "com1", "a" * 81, "a\n", "../a"])
def test_refuses_what_is_no_slug(text: str) -> None:
    """Nothing that could leave its folder or clash with a device is a slug."""
    assert not is_slug(text)
