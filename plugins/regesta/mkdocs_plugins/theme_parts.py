"""Our part of the theme: templates, styles and scripts, added to whatever the site has of its own."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["ThemeMissing", "add_theme_parts"]

log = logging.getLogger("mkdocs.plugins.regesta")

_THEME = Path(__file__).parent.parent / "pages" / "theme"
_PART_OF_MATERIAL = ("partials", "toc-item.html")
"""A template that no other theme has, and that our pages are made with."""
_STYLES = ("regesta", "quote", "links", "data", "dates", "frame", "notes", "figures", "access", "print")
"""In the order of the cascade: the tokens that all others use come first."""
_SCRIPTS = ("margin", "notes")
"""Modules, each by itself: a page without what it works on leaves it idle."""


class ThemeMissing(Exception):
    """The site has another theme than the one that our pages are made for."""


def add_theme_parts(config: MkDocsConfig) -> None:
    """Add our folder of the theme, our styles before the site's own and our scripts behind them.

    Raise `ThemeMissing` where the theme is neither Material for MkDocs nor made of it.
    """
    if not any(Path(folder, *_PART_OF_MATERIAL).is_file() for folder in config.theme.dirs):
        name = config.theme.name
        has = f"{name!r}" if name else "a theme of its own" if config.theme.custom_dir else "no theme"
        raise ThemeMissing(
            f"The pages of an archive need the theme Material for MkDocs, and this site has {has}. "
            "Write 'theme: {name: material}' in mkdocs.yml; a 'custom_dir' may stand beside it."
        )
    features = config.theme.get("features") or []
    for name in [name for name in features if name.startswith("navigation.instant")]:
        log.info("The theme's feature '%s' is left out: it loads the list of all pages at every visit.", name)
        features.remove(name)
    if "content.footnote.tooltips" in features:
        # Our cards show the notes, in docs/ too; the theme's beside them would be one too many.
        features.remove("content.footnote.tooltips")
    if os.fspath(_THEME) not in config.theme.dirs:
        # After the archive's own custom_dir, before the theme itself.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, os.fspath(_THEME))
    styles = [path for name in _STYLES if (path := f"assets/regesta/{name}.css") not in config.extra_css]
    config.extra_css[:0] = styles
    for name in _SCRIPTS:
        script = config_options.ExtraScriptValue(f"assets/regesta/{name}.js")
        script.type = "module"
        if script.path not in map(str, config.extra_javascript):
            config.extra_javascript.append(script)
