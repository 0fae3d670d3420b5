"""`regesta/search`: an index of all briefs, made in the build, that readers' browsers search by themselves."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.pagefind import Pagefind, PagefindFailed, find_pagefind
from regesta.mkdocs_plugins.search_indexing import Indexing
from regesta.mkdocs_plugins.site_language import site_language
from regesta.mkdocs_plugins.strict_options import AtLeast, StrictConfig
from regesta.pages.addresses import Addresses
from regesta.pages.search.facets import FACETS, facet_lists, facets_file, list_files
from regesta.pages.search.names import name_files
from regesta.pages.search.page import search_sheet
from regesta.pages.search.vocabulary import vocabulary_files

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["SearchConfig", "SearchPlugin"]

log = logging.getLogger("mkdocs.plugins.regesta")

_STYLE = "assets/regesta/search.css"


class SearchConfig(StrictConfig):
    """Options of `regesta/search` in mkdocs.yml."""

    enabled = config_options.Type(bool, default=True)
    """Whether the site has a search: `!ENV` can turn it off while writing."""
    facets = config_options.ListOfItems(config_options.Choice(FACETS), default=list(FACETS))
    """What results can be narrowed by."""
    results = AtLeast(1, default=8)
    """Results that are shown at a time."""
    shard = AtLeast(100, default=5000)
    """Briefs in one index: a larger one takes more memory to make."""


class SearchPlugin(BasePlugin[SearchConfig]):
    """Hands each brief to Pagefind while the archive is read, and writes the index at the end."""

    def __init__(self) -> None:
        """Wait for a build."""
        self._indexing: Indexing | None = None
        self._serving = False
        self._offered = False
        """Whether the site has a search page."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Live as long as `mkdocs serve` does."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the look of the search."""
        if self.config.enabled and _STYLE not in config.extra_css:
            config.extra_css.insert(0, _STYLE)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Start Pagefind, and ask to see the briefs."""
        self._stop()
        briefs = briefs_plugin(config, "regesta/search")
        if briefs.translating:
            return
        self._offered = False
        if not self.config.enabled:
            return
        program = find_pagefind()
        if program is None:
            log.warning(
                "regesta/search: Pagefind is not installed, and the site gets no search. "
                "Install it with 'pip install pagefind-bin', or delete the line '- regesta/search' in mkdocs.yml."
            )
            return
        self._indexing = Indexing(
            Pagefind(program),
            addresses=Addresses(config.use_directory_urls),
            language=site_language(config),
            size=self.config.shard,
            drafts=self._serving,
        )
        briefs.observers.append(self._indexing)
        self._offered = True

    @event_priority(30)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the search page, and let Pagefind finish while the pages are written."""
        if self._offered:
            briefs = briefs_plugin(config, "regesta/search")
            briefs.add_pages(files, config, [search_sheet(briefs.build.site, results=self.config.results)])
        if self._indexing is not None:
            self._indexing.finish()
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Let the theme show its search box, which is ours here: it asks whether its own plugin is there."""
        if self._offered:
            # Not by the collection's own method, which would have every event come to us twice.
            dict.__setitem__(config.plugins, "material/search", self)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the index, and let other plugins no longer find ours where they look for the theme's."""
        if config.plugins.get("material/search") is self:
            dict.__delitem__(config.plugins, "material/search")
        if self._indexing is None:
            return
        briefs = briefs_plugin(config, "regesta/search")
        site = briefs.build.site
        try:
            bundles = []
            for bundle, indexed in self._indexing.collect():
                bundles.append(bundle)
                for path, content in indexed:
                    briefs.write_file(config, f"search/{path}", content)
            words = vocabulary_files(self._indexing.words)
        except PagefindFailed as error:
            raise PluginError(f"regesta/search: {error}") from error
        finally:
            self._stop()
        lists = facet_lists(site, self.config.facets)
        facets = facets_file(site, bundles, self.config.facets, lists, list(words))
        for one in (facets, *name_files(site), *words.values(), *list_files(lists)):
            briefs.write_file(config, one.path, b"".join(one.pieces()))

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave no program running behind a build that failed."""
        self._stop()

    def _stop(self) -> None:
        if self._indexing is not None:
            self._indexing.close()
            self._indexing = None
