"""The language of the archive's pages, which is that of the theme where there are words for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from markupsafe import escape

from regesta.pages.languages.language import ENGLISH, UnknownLanguage, language_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from regesta.pages.languages.language import Language

__all__ = ["foreign_tag", "in_language", "site_language", "tell_of_unknown_language"]

log = logging.getLogger("mkdocs.plugins.regesta")


def site_language(config: MkDocsConfig) -> Language:
    """Take the language of the theme; English where there are no words for it."""
    try:
        return language_of(_theme_tag(config))
    except UnknownLanguage:
        return ENGLISH


def tell_of_unknown_language(config: MkDocsConfig) -> None:
    """Say in the log that the theme has a language without words of ours. One plugin does, once a build."""
    try:
        language_of(_theme_tag(config))
    except UnknownLanguage as error:
        log.info("theme.language: %s The archive's pages are in English; the guide tells how to add a language.", error)


def foreign_tag(language: Language, config: MkDocsConfig) -> str:
    """Give the tag of a language where the theme has another one; else nothing."""
    return language.tag if language.foreign(_theme_tag(config)) else ""


def in_language(html: str, tag: str) -> str:
    """Say of HTML that it is in another language than the theme around it; leave it alone without a tag."""
    return f'<div lang="{escape(tag)}">{html}</div>' if tag else html


def _theme_tag(config: MkDocsConfig) -> str:
    return str(config.theme.get("language") or ENGLISH.tag)
