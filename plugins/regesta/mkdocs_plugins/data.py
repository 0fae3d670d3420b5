"""`regesta/data`: feeds, the archive as data, and sitemaps of any size."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from mkdocs.config import config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.utils import write_file

from regesta.mkdocs_plugins.archive_page import ArchivePage
from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.strict_options import StrictConfig
from regesta.pages.data.files import DATA_FORMATS, archive_files, data_sheet
from regesta.pages.data.record_files import record_files
from regesta.pages.data.sqlite import ArchiveDatabase
from regesta.pages.feeds.feeds import HOME
from regesta.pages.feeds.files import feed_files
from regesta.pages.feeds.links import feed_links
from regesta.pages.lazy_file import LazyFile
from regesta.pages.sitemaps import robots_txt, split_sitemap

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

__all__ = ["DataConfig", "DataPlugin"]

log = logging.getLogger("mkdocs.plugins.regesta")


class DataConfig(StrictConfig):
    """Options of `regesta/data` in mkdocs.yml."""

    feeds = config_options.Type(bool, default=True)
    """Whether there are feeds of the site, of institutes, series and entities. They need `site_url`."""
    feed_size = config_options.Type(int, default=20)
    """How many briefs a feed has at most."""
    records = config_options.Type(bool, default=True)
    """Whether briefs and entities have their data beside their pages."""
    archive = config_options.ListOfItems(config_options.Choice(DATA_FORMATS), default=list(DATA_FORMATS))
    """The formats in which `data/` has the whole archive; an empty list for none."""


class DataPlugin(BasePlugin[DataConfig]):
    """Adds what programs read; the archive itself is read by `regesta/briefs`."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Refuse what would be no feed, and say why there are none."""
        if self.config.feed_size < 1:
            raise PluginError(
                f"regesta/data: feed_size is how many briefs a feed has, not {self.config.feed_size}. "
                "Write 'feeds: false' to have no feeds."
            )
        if self.config.feeds and not config.site_url:
            log.info("There are no feeds: they need whole addresses. Set site_url in mkdocs.yml.")

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Tell which feeds and records pages are to link to."""
        briefs = briefs_plugin(config, "regesta/data")
        briefs.feed_size = self.config.feed_size if self.config.feeds else 0
        briefs.records = self.config.records
        briefs.data_page = bool(self.config.archive or (self.config.feeds and config.site_url))

    @event_priority(35)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the files, and the page that explains them."""
        briefs = briefs_plugin(config, "regesta/data")
        site = briefs.build.site
        database = ArchiveDatabase(site)
        if site.data_page:
            briefs.add_pages(files, config, [data_sheet(site, self.config.archive)])
        briefs.add_data(files, config, feed_files(site))
        if robots := robots_txt(config.site_url or ""):
            briefs.add_data(files, config, [LazyFile("robots.txt", lambda: robots)])
        if self.config.records:
            briefs.add_data(files, config, record_files(site, database))
        briefs.add_data(files, config, archive_files(site, self.config.archive, database=database))
        return files

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Name the site's feed in the head of a home page that is written by hand: other pages have our template."""
        if not page.is_homepage or isinstance(page, ArchivePage):
            return output
        links = feed_links(briefs_plugin(config, "regesta/data").build.site, HOME)
        return output.replace("</head>", f"{links}\n</head>", 1) if links else output

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Split a sitemap that is larger than crawlers read."""
        if template_name != "sitemap.xml":
            return output_content
        index, maps = split_sitemap(output_content, config.site_url or "")
        for name, content in maps.items():
            write_file(content, f"{config.site_dir}/{name}")
        return index
