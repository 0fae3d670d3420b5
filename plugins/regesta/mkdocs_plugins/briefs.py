"""`regesta/briefs`: reads the archive, adds the briefs' pages, and hands all pages of the archive to the theme."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from markdown import Markdown
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, InclusionLevel

from regesta.checking.addresses import address_lost
from regesta.mkdocs_plugins.archive_build import ArchiveBuild, build_archive
from regesta.mkdocs_plugins.archive_page import ArchivePage, archive_file, at_its_address, edit_address
from regesta.mkdocs_plugins.briefs_options import FOLDERS, BriefsConfig
from regesta.mkdocs_plugins.fast_theme import FastTemplate, ThemeEnvironment
from regesta.mkdocs_plugins.inert_links import InertLinks
from regesta.mkdocs_plugins.log_lines import guard_log
from regesta.mkdocs_plugins.nav_titles import nav_titles
from regesta.mkdocs_plugins.other_plugins import (
    add_to_translated_sitemap,
    builds_translation,
    run_after_translations,
    who_adds_context,
    who_reads_content,
    who_rewrites_pages,
)
from regesta.mkdocs_plugins.page_memory import CACHE_FILE, PageMemories
from regesta.mkdocs_plugins.previous_site import PreviousSite
from regesta.mkdocs_plugins.site_language import foreign_tag, in_language, site_language, tell_of_unknown_language
from regesta.mkdocs_plugins.site_state import site_state
from regesta.mkdocs_plugins.skipped_pages import SKIPPED
from regesta.mkdocs_plugins.theme_parts import ThemeMissing, add_theme_parts
from regesta.mkdocs_plugins.written_file import WrittenFile
from regesta.model.briefs import read_document
from regesta.model.findings import Finding
from regesta.model.site_paths import Leads, is_published_type, meant_name
from regesta.model.spans import Place
from regesta.model.watch import Watch
from regesta.pages.addresses import Addresses
from regesta.pages.briefs.brief_pages import brief_sheets
from regesta.pages.briefs.list_pages import list_sheets, overview
from regesta.pages.feeds.links import with_feed
from regesta.pages.footer import footer_links, footer_words
from regesta.pages.redirects import moved, redirect_html, redirects, stable_addresses
from regesta.pages.references.files import ReferenceFiles
from regesta.pages.references.formats import REFERENCE_FORMATS
from regesta.pages.security_policy import policy_beside, with_policy
from regesta.pages.site import PageSizes
from regesta.pages.writing.link_writer import Linking
from regesta.reading.addresses import add_addresses, read_addresses
from regesta.reading.folder import ArchiveMissing, is_utf8, shown_folder
from regesta.reading.whole_files import NotReplaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from regesta.mkdocs_plugins.archive_build import Observer
    from regesta.mkdocs_plugins.page_memory import PageMemory
    from regesta.model.entities import EntityType
    from regesta.model.site_paths import SitePaths
    from regesta.pages.lazy_file import LazyFile
    from regesta.pages.sheet import Sheet

__all__ = ["BriefsConfig", "BriefsPlugin", "briefs_plugin"]

log = logging.getLogger("mkdocs.plugins.regesta")


class BriefsPlugin(BasePlugin[BriefsConfig]):
    """Reads the archive once a build. Our other plugins ask this one for it."""

    build: ArchiveBuild
    """The archive of this build, from `on_files` on."""
    references: ReferenceFiles
    """Writes the references beside pages."""
    serving: bool
    """Whether a writer looks at the site with `mkdocs serve`."""
    watch: Watch
    """What is known of links: `regesta/links` gives it before the archive is read."""
    with_sources: bool
    """Whether `regesta/links` makes pages of sources."""
    with_score: bool
    """Whether a brief says how many of its links can be verified."""
    entity_types: tuple[EntityType, ...]
    """The types of entities that have pages: `regesta/entities` says so before the archive is read."""
    linking: Linking
    """How often names of entities are links."""
    sizes: PageSizes
    """How much stands on one page; our other plugins add what is theirs."""
    feed_size: int
    """How many briefs a feed has: `regesta/data` says so; 0 for no feeds."""
    records: bool
    """Whether `regesta/data` puts data beside pages."""
    data_page: bool
    """Whether `regesta/data` makes a page that leads to the archive as data."""
    tell_lost: Callable[[Finding], None]
    """Reports an address that was published and leads nowhere: `regesta/links` weighs it as its settings say."""
    translating: bool
    """Whether hand-written pages are being built in a further language: the archive's pages are there already."""

    def __init__(self) -> None:
        """Wait for a build."""
        guard_log()
        self.observers: list[Observer] = []
        self._forget()
        self.serving = self.translating = False
        self._memories = PageMemories()
        self._pages: list[ArchivePage] = []
        self._overviews: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""
        if dirty:
            raise PluginError(
                "regesta/briefs cannot build with --dirty: pages of an archive depend on each other. Leave it out; "
                "a page that has not changed is not written again anyway."
            )
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Refuse what would break the archive, and add our part of the theme."""
        if "search" in config.plugins or "material/search" in config.plugins:
            raise PluginError(
                "The theme's own search takes 5 ms a page and makes readers load one index of all pages. "
                "Delete the line '- search' (or '- material/search') from plugins: in mkdocs.yml."
            )
        self.observers.clear()
        self._forget()
        run_after_translations(config)
        self.translating = builds_translation(config)
        self.sizes = PageSizes(latest=self.config.latest, briefs=self.config.page_size)
        try:
            add_theme_parts(config)
        except ThemeMissing as error:
            raise PluginError(f"regesta/briefs: {error}") from error
        root = self.root(config)
        if os.fspath(root) not in config.watch:
            config.watch.append(os.fspath(root))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Save the last build's pages from MkDocs, which empties the site's folder next."""
        self._pages.clear()
        if self.translating:
            return
        self._previous = PreviousSite(config.site_dir, {*FOLDERS, *self.config.paths.values()})
        self._previous.set_aside()

    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the archive and add the pages of its briefs."""
        for file in files.documentation_pages():
            if not is_utf8(file.src_uri):
                # MkDocs would end the build: no address can be made of it.
                log.error(
                    "%s%s: has a name that is not UTF-8. Rename it.", shown_folder(Path(config.docs_dir)), file.src_uri
                )
                files.remove(file)
        if not self.translating:
            self._read_archive(files, config)
        self._add_files(files, config)
        self.add_pages(files, config, list_sheets(self.build.site))
        self.add_pages(files, config, brief_sheets(self.build.site))
        return files

    def _read_archive(self, files: Files, config: MkDocsConfig) -> None:
        root = self.root(config)
        source_dir = self._source_dir(config)
        self._linkable = _linkable(files, config, drafts=self.serving)
        tell_of_unknown_language(config)
        try:
            self.build = build_archive(
                root,
                addresses=Addresses(config.use_directory_urls, self.config.paths),
                name=config.site_name,
                description=config.site_description or "",
                site_url=config.site_url or "",
                reference_formats=tuple(REFERENCE_FORMATS[name] for name in dict.fromkeys(self.config.references)),
                docs=self._linkable,
                entity_types=self.entity_types,
                linking=self.linking,
                with_dates="regesta/dates" in config.plugins,
                drafts=self.serving,
                render=_site_markdown(config),
                observers=self.observers,
                watch=self.watch,
                with_sources=self.with_sources,
                with_score=self.with_score,
                own_fields=self.config.fields,
                sizes=self.sizes,
                feed_size=self.feed_size,
                records=self.records,
                data_page=self.data_page,
                source=f"{self.config.source.rstrip('/')}/",
                edit_address=lambda path: edit_address(config, source_dir, path),
                language=site_language(config),
            )
        except ArchiveMissing as error:
            raise PluginError(f"regesta/briefs: {error} The option 'source' names another folder.") from error
        self.references = ReferenceFiles(self.build.site)
        for unreadable in self.build.unreadable:
            log.error("%s", unreadable)
        if "regesta/links" not in config.plugins:  # which says so, too
            for path in sorted(self.build.paths.archive):
                if (meant := meant_name(path)) not in {None, path}:
                    log.error("B323 %s/%s is not read because of its name. Rename it to '%s'.", root.name, path, meant)

    def _add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Publish the images and other files that a text of the site shows or leads to, and no other."""
        root, paths, addresses = self.root(config), self.build.paths, self.build.site.addresses
        used = set().union(*self.build.uses.files.values())
        if any(is_published_type(path) and path.startswith("briefs/") for path in paths.archive - used):
            used |= _used_by_pages(files, paths)
        for path in sorted(used - paths.docs):
            if files.get_file_from_path(path) is None:
                file = File.generated(config, path, abs_src_path=os.fspath(root / path))
                files.append(at_its_address(file, addresses))

    @event_priority(-100)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Tell each page its place in the navigation, and lead old addresses on: all pages are known now."""
        by_path = {page.file.src_uri: page for page in nav.pages}
        for page in self._pages:
            page.hub = by_path.get(page.sheet.hub)
        if self.translating:
            return nav
        self._add_redirects(files, config)
        newest = self._newest()
        for file in files.documentation_pages():
            if file.page is not None and not isinstance(file.page, ArchivePage):
                file.page.update_date = ""
        for page in self._pages:
            page.update_date = page.update_date or newest
        add_to_translated_sitemap(config, (page.file for page in self._pages))
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str | None:  # noqa: ARG002
        """Put the archive at a glance below the words of the home page."""
        if self.config.overview and not isinstance(page, ArchivePage) and page.is_homepage:
            written = overview(self.build.site, page.file.src_uri)
            self._overviews[page.file.src_uri] = in_language(written, foreign_tag(self.build.site.language, config))
            return f"{html}\n{self._overviews[page.file.src_uri]}"
        return None

    @event_priority(100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002
        """Give our pages the fast way through the theme, and bring back what the last build wrote."""
        if not self.translating:
            self._previous.take_back()
        env.globals["archive_links"] = footer_links(self.build.site)
        env.globals["archive_words"] = footer_words(self.build.site)
        pages = FastTemplate(
            env,
            whole=who_adds_context(config),
            load_from=self.config.load_from,
            memory=None if self.translating else self._remember(config),
            written=self.translating,
        )
        # It stands for the environment wherever MkDocs asks one for a template.
        return cast("Environment", ThemeEnvironment(env, pages))

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Skip the writing of a page that stands there already; guard a hand-written one that shows words of briefs."""
        if (words := self._overviews.pop(page.file.src_uri, None)) and not self.serving:
            # Where the words were written anew, by whoever packs the site, no script of the page is known by them.
            frame = output.replace(words, "") if words in output else output.partition("</head>")[0]
            return with_policy(output, policy_beside(frame, self.config.load_from))
        if not isinstance(page, ArchivePage) or not output:
            return None
        content = output.encode("utf-8", errors="xmlcharrefreplace")
        if not self._previous.has(page.file.dest_uri, content):
            return None
        SKIPPED.pages.add(page.file.src_uri)
        return ""

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Guard the page that stands where an address leads nowhere, as pages of the archive are."""
        if template_name != "404.html" or self.serving:
            return None
        return with_policy(output, policy_beside(output, self.config.load_from))

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Delete the pages of the last build that are no more, and keep the list of addresses."""
        SKIPPED.pages.clear()
        if self.translating:
            return
        self._previous.drop_all_but(self._written)
        self._previous.drop_aside()
        if self._memory is not None:
            self._memories.close(self._memory)
            if self._memory.found:
                log.info("Pages that are as the last build left them: %d.", self._memory.found)
        if self.config.addresses and not self.serving:
            site = self.build.site
            try:
                if add_addresses(
                    self.root(config), stable_addresses(site.archive, site.addresses, site.shown_entities)
                ):
                    log.info("New addresses were added to %s/addresses.txt. Commit it.", self.config.source)
            except NotReplaced as error:
                log.error("%s", error)  # noqa: TRY400 - a message for people: no traceback

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave no trace of a build that failed."""
        if hasattr(self, "_previous"):
            self._previous.drop_aside()

    def add_pages(self, files: Files, config: MkDocsConfig, sheets: Iterable[Sheet]) -> None:
        """Turn sheets into pages of MkDocs. A page in docs/ at the same address wins."""
        taken = {file.dest_uri: file for file in files}
        language = foreign_tag(self.build.site.language, config)
        eager = bool(who_reads_content(config))
        titles = nav_titles(config.nav)
        source_dir = self._source_dir(config)
        references = self.references
        for plain in sheets:
            sheet = with_feed(self.build.site, references.offered(plain))
            source = self.root(config) / sheet.source if sheet.source else None
            file = archive_file(sheet.path, config, self.build.site.addresses, source=source)
            if (other := taken.get(file.dest_uri)) is not None:
                log.warning(
                    "%s and the archive's page '%s' have one address. The file in docs/ wins; rename it to have both.",
                    other.src_uri,
                    sheet.title,
                )
                continue
            taken[file.dest_uri] = file
            if sheet.path in titles:
                file.inclusion = InclusionLevel.INCLUDED
            page = ArchivePage(
                sheet, file, config, date=sheet.date, edit_url=edit_address(config, source_dir, sheet.source)
            )
            page.eager = eager
            page.language = language
            files.append(file)
            self._pages.append(page)
            for one in references.beside(sheet):
                if one.path not in taken:
                    written = WrittenFile(one, config, self._previous, written=self.translating)
                    files.append(at_its_address(written, self.build.site.addresses))

    @property
    def pages(self) -> Sequence[ArchivePage]:
        """The pages that were made so far in this build."""
        return self._pages

    def root(self, config: MkDocsConfig) -> Path:
        """Give the archive's folder."""
        return Path(config.config_file_path).parent / self.config.source

    def add_data(self, files: Files, config: MkDocsConfig, data: Iterable[LazyFile]) -> None:
        """Add files that are no pages. A file in docs/ at the same address wins."""
        for one in data:
            if files.get_file_from_path(one.path) is None:
                file = WrittenFile(one, config, self._previous, written=self.translating)
                files.append(at_its_address(file, self.build.site.addresses))

    def _forget(self) -> None:
        """Go back to what holds when no other plugin of ours says anything."""
        self.watch, self.tell_lost = Watch(), _log_lost
        self.with_sources, self.with_score = False, True
        self.entity_types, self.linking = (), Linking.SECTION
        self.sizes = PageSizes()
        self.feed_size, self.records, self.data_page = 0, False, False

    def write_file(self, config: MkDocsConfig, path: str, content: bytes) -> None:
        """Write a file that is made when all pages are written, unless the last build left the very same there."""
        self._written.add(path)
        if not self._previous.has(path, content):
            file = Path(config.site_dir, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _remember(self, config: MkDocsConfig) -> PageMemory | None:
        """Find out which pages need not be made again; none where other plugins have a hand in them."""
        self._memory = None
        if not (who_rewrites_pages(config) or who_reads_content(config)):
            options = (self.linking, self.config.paths, config.use_directory_urls, config.repo_url, config.edit_uri)
            state = site_state(self.build, settings=(*options, self._source_dir(config)), pages=self._linkable)
            # A site that is served lies in a folder of its own, which goes when its server ends.
            kept_in = None if self.serving else Path(config.config_file_path).parent / CACHE_FILE
            self._memory = self._memories.open(config.site_dir, state, kept_in)
        return self._memory

    def _source_dir(self, config: MkDocsConfig) -> str:
        return os.path.relpath(self.root(config), config.docs_dir).replace(os.sep, "/")

    def _add_redirects(self, files: Files, config: MkDocsConfig) -> None:
        site = self.build.site
        taken = {file.dest_uri for file in files}
        taken.update(config.theme.static_templates, config.extra_templates)
        wished, refused = redirects(site.archive, site.addresses, site.shown_entities, taken)
        published = read_addresses(self.root(config))
        for problem in published.problems:
            log.error("%s", problem)
        taken |= {redirect.file for redirect in wished}
        led, lost = moved(site.archive, site.addresses, site.shown_entities, published.addresses, taken)
        for redirect in (*wished, *led):
            title = self._title(redirect.target)
            html = redirect_html(title, _from_file(redirect.file, site.addresses.url(redirect.target)), site.language)
            files.append(File.generated(config, redirect.file, content=html, inclusion=InclusionLevel.NOT_IN_NAV))
        for refusal in refused:
            # What the checker can know it has said already, in the same words.
            if refusal.is_address_taken or "regesta/links" not in config.plugins:
                log.warning("%s: %s", refusal.claim.path, refusal)
        if lost:
            self._tell_of_lost(config, [gone.address for gone in lost])
        self._written = {file.dest_uri for file in files}
        self._tell_of_lost_pages()

    def _tell_of_lost(self, config: MkDocsConfig, addresses: Sequence[str]) -> None:
        """Report published addresses that lead nowhere, each at its line of the list."""
        root = self.root(config)
        shown_path = f"{shown_folder(root)}addresses.txt"
        try:
            lines = (root / "addresses.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        for address in addresses:
            line = next((number for number, written in enumerate(lines, 1) if address in written.split()), 1)
            self.tell_lost(
                Finding(
                    rule=address_lost.code,
                    name=address_lost.name,
                    severity=address_lost.severity,
                    place=Place(path=shown_path, line=line, column=1, end_line=line, end_column=1, offset=0),
                    message=f"The published address {address!r} leads nowhere any more.",
                    hint="Add it to the redirect_from of the brief or entity that took its place.",
                    subject=address,
                )
            )

    def _tell_of_lost_pages(self) -> None:
        """Name the links to pages that are made from the archive, where there is none: only now all are known."""
        shown = self.config.source.rstrip("/")
        for path, addresses in sorted(self.build.uses.made.items()):
            for address in sorted(addresses):
                file = f"{address}index.html" if address.endswith("/") else address
                if file not in self._written:
                    log.warning(
                        "%s/%s: B312 There is no page '%s' on the site. Correct the link, or delete it.",
                        shown,
                        path,
                        address,
                    )

    def _title(self, path: str) -> str:
        entry = self.build.site.archive.by_path.get(path)
        if entry is not None:
            return entry.brief.title
        slug = path.rpartition("/")[2].removesuffix(".md")
        return self.build.site.archive.entities[slug].name

    def _newest(self) -> str:
        days = [entry.brief.date.first_day for entry in self.build.site.archive.shown if entry.brief.date]
        return max((day.isoformat() for day in days if day), default="1970-01-01")


def briefs_plugin(config: MkDocsConfig, asking: str) -> BriefsPlugin:
    """Find the plugin that holds the archive; the others are nothing without it."""
    plugin = config.plugins.get("regesta/briefs")
    if not isinstance(plugin, BriefsPlugin):
        raise PluginError(f"{asking} needs regesta/briefs. Add the line '- regesta/briefs' to plugins: in mkdocs.yml.")
    return plugin


def _linkable(files: Files, config: MkDocsConfig, *, drafts: bool) -> frozenset[str]:
    """Give the paths of the hand-written pages that the site has, and of the files beside them."""
    inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_in_serve if drafts else InclusionLevel.is_included
    pages = {file.src_uri for file in files.documentation_pages(inclusion=inclusion)}
    beside = {
        file.src_uri
        for file in files
        if file.src_dir == config.docs_dir and not file.is_documentation_page() and inclusion(file.inclusion)
    }
    return frozenset(pages | beside)


def _used_by_pages(files: Files, paths: SitePaths) -> set[str]:
    """Find the files of the archive that hand-written pages show or lead to."""
    used = set()
    for file in files.documentation_pages():
        try:
            document = read_document(file.src_uri, file.content_bytes, site_markdown=True)
        except (OSError, UnicodeDecodeError):
            continue  # MkDocs says so
        found = (paths.find(link.text, file.src_uri) for link in document.links)
        used |= {one.path for one in found if one is not None and one.leads is Leads.FILE}
    return used


def _site_markdown(config: MkDocsConfig) -> Callable[[str], str]:
    """Give what turns Markdown into HTML with the site's extensions, made when a brief first asks for it."""
    made: list[Markdown] = []

    def render(text: str) -> str:
        if not made:
            # In a brief the sanitiser says what became of a link, and would take the remark for the author's.
            extensions = [one for one in config.markdown_extensions if not isinstance(one, InertLinks)]
            made.append(Markdown(extensions=extensions, extension_configs=config.mdx_configs))
        return str(made[0].reset().convert(text))

    return render


def _log_lost(finding: Finding) -> None:
    log.error("%s", finding)


def _from_file(file: str, target: str) -> str:
    """Give the address of a target relative to a file."""
    return "../" * file.count("/") + target or "./"
