"""`regesta/links`: what is known of links, on pages and in the log.

A build says what the checker says, and a strict one fails on what nobody has acknowledged. Verdicts are read from the
committed record: a build opens no connection.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from mkdocs.config import config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from regesta.checking.baseline import BASELINE, BASELINE_LIMIT, InvalidBaseline, Known, compare, read_baseline
from regesta.checking.checks import Checker, check_document
from regesta.checking.held_back import hold_back
from regesta.checking.registry import Selection, UnknownRule
from regesta.checking.settings import InvalidSettings, read_settings
from regesta.checking.texts import Context
from regesta.mkdocs_plugins.archive_page import ArchivePage
from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.inert_links import InertLinks, MendedBackLinks
from regesta.mkdocs_plugins.links_sarif import sarif_file
from regesta.mkdocs_plugins.strict_options import AtLeast, StrictConfig
from regesta.model.findings import Finding, Severity
from regesta.model.memento_archives import COPY_HOSTS
from regesta.model.site_paths import SitePaths
from regesta.pages.briefs.findings import findings_aside
from regesta.pages.links.health_pages import health_sheets
from regesta.pages.links.links_data import link_files
from regesta.pages.links.source_pages import source_sheets
from regesta.pages.site import PageSizes
from regesta.reading.archive import read_source
from regesta.reading.decisions import open_decisions
from regesta.reading.docs import left_out, list_docs, page_anchors
from regesta.reading.exemptions import open_exemptions
from regesta.reading.folder import SourceFile, Unreadable, list_paths, list_symlinks, read_own_text, shown_folder
from regesta.reading.ledger import remembered_copy_hosts
from regesta.reading.project_config import AUDIT_TABLE, PROJECT_TABLE, read_project_config
from regesta.reading.site_config import SITE_OPTIONS, InvalidSiteConfig
from regesta.reading.watch import open_watch
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from markdown.extensions import Extension
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from regesta.model.decisions import Decisions
    from regesta.pages.languages.language import Language

__all__ = ["LinksConfig", "LinksPlugin"]

log = logging.getLogger("mkdocs.plugins.regesta")


class LinksConfig(StrictConfig):
    """Options of `regesta/links` in mkdocs.yml: what the checker looks for, in a build and in `regesta check`."""

    select = config_options.Optional(config_options.Type((str, list)))
    """The only rules that are run: codes, names, beginnings of codes."""
    ignore = config_options.Optional(config_options.Type((str, list)))
    """Rules that are not run."""
    per_file = config_options.Optional(config_options.Type(dict))
    """Rules that do not count in some files: codes by pattern of the path."""
    severity = config_options.Optional(config_options.Type(dict))
    """Other weights than the rules' own, by code."""
    fail_on = config_options.Optional(config_options.Type(str))
    """The least weight that fails a strict build, or `never`."""
    baseline = config_options.Optional(config_options.Type((str, bool)))
    """A file of findings that are acknowledged, as `regesta check --write-baseline` writes it; `false` for none."""
    audit = config_options.Optional(config_options.Type(dict))
    """How `regesta audit` visits links; a build makes nothing of it."""
    sources = config_options.Type(bool, default=True)
    """Whether each source has a page with the claims that rest on it."""
    health = config_options.Type(bool, default=True)
    """Whether the site has the page `links/` on the health of its links, and their data."""
    score = config_options.Type(bool, default=True)
    """Whether a brief says how many of its links can be verified."""
    page_size = AtLeast(1, default=PageSizes().links)
    """How many links stand in each queue of the page `links/`."""


class LinksPlugin(BasePlugin[LinksConfig]):
    """Checks every file while the archive is read, and logs what is found."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the settings, those of pyproject.toml too, and have an eye on the links of hand-written pages."""
        folder = Path(config.config_file_path).parent
        try:
            options = {name: value for name, value in self.config.items() if name not in SITE_OPTIONS}
            self._settings = read_settings(
                (f"pyproject.toml, [{PROJECT_TABLE}]", read_project_config(folder)), ("mkdocs.yml", options)
            )
            self._selection = self._settings.selection
        except (InvalidSettings, InvalidSiteConfig, UnknownRule) as error:
            raise PluginError(f"regesta/links: {error}") from error
        # MkDocs hands the list on to Python-Markdown, which takes extensions themselves as well as their names.
        extensions = cast("list[str | Extension]", config.markdown_extensions)
        extensions += [InertLinks(), MendedBackLinks()]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Ask to see the files."""
        briefs = briefs_plugin(config, "regesta/links")
        root = briefs.root(config)
        self._decisions = _read(open_decisions, root)
        docs = Path(config.docs_dir)
        without = [left_out(), *filter(None, (config.exclude_docs, None if briefs.serving else config.draft_docs))]
        site = SitePaths(
            archive=list_paths(root),
            docs=list_docs(docs, without),
            symlinks=list_symlinks(root),
            folders=briefs.config.paths,
            directory_urls=config.use_directory_urls,
            site_url=config.site_url or "",
        )
        context = Context(
            paths=site.archive | site.docs,
            site=site,
            below=shown_folder(root),
            anchors_of=page_anchors(docs),
            own_fields=frozenset(field.name for field in briefs.config.fields),
            decisions=self._decisions,
            directory_urls=config.use_directory_urls,
        )
        self._checker = Checker(context, self._selection)
        briefs.observers.append(self._checker)
        briefs.watch = open_watch(root, on_problem=_log_problem, copy_hosts=_copy_hosts(config, self.config.audit))
        briefs.tell_lost = self._tell
        briefs.with_sources, briefs.with_score = self.config.sources, self.config.score
        briefs.sizes = replace(briefs.sizes, links=self.config.page_size)

    @event_priority(40)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of links and sources, and log what was found: errors so that a strict build fails."""
        briefs = briefs_plugin(config, "regesta/links")
        site = briefs.build.site
        if self.config.sources:
            briefs.add_pages(files, config, source_sheets(site))
        if self.config.health:
            briefs.add_pages(files, config, health_sheets(site))
            briefs.add_data(files, config, (*link_files(site), sarif_file(site)))
        if not briefs.translating:
            self._report(files, config)
        return files

    def _report(self, files: Files, config: MkDocsConfig) -> None:
        briefs = briefs_plugin(config, "regesta/links")
        root = briefs.root(config)
        found = self._checker.finish(briefs.build.site.archive)
        exempted = hold_back(
            [*found, *_check_pages(files, config, self._selection, self._decisions)],
            _read(open_exemptions, root) or (),
            settings=self._settings,
            selection=self._selection,
            below=shown_folder(root),
            now=None,
            complete=True,
        )
        file, known = self._baseline(config, root)
        compared = compare(exempted.findings, known)
        for finding in compared.new:
            log.log(self._level(finding), "%s", shown(str(finding)))
        if compared.acknowledged:
            log.info("Acknowledged in %s: %d.", file, compared.acknowledged)
        if exempted.held:
            log.info("Held back by exceptions: %d.", exempted.held)
        if briefs.serving:
            _show_above(briefs.pages, compared.new, shown_folder(root), briefs.build.site.language)

    def _tell(self, finding: Finding) -> None:
        """Log a finding that another of our plugins has made, as the settings weigh it."""
        if finding.rule in self._selection.codes:
            for weighed in self._settings.weigh([finding]):
                log.log(self._level(weighed), "%s", shown(str(weighed)))

    def _baseline(self, config: MkDocsConfig, root: Path) -> tuple[str, tuple[Known, ...]]:
        """Read the baseline that is set, or the one in the archive's folder, if any; give its name, too."""
        if self._settings.baseline == "":
            return "", ()
        is_set = self._settings.baseline is not None
        name = self._settings.baseline if self._settings.baseline is not None else f"{shown_folder(root)}{BASELINE}"
        file = Path(config.config_file_path).parent / name if is_set else root / BASELINE
        try:
            text = read_own_text(file, limit=BASELINE_LIMIT)
            if text is None and is_set:
                raise PluginError(f"regesta/links: there is no baseline {name!r}.")
            return name, () if text is None else read_baseline(text)
        except (Unreadable, InvalidBaseline) as error:
            raise PluginError(f"regesta/links: {name} cannot be read: {error}") from error

    def _level(self, finding: Finding) -> int:
        """Choose a level: a strict build fails on warnings of the log, so that nothing else may be one."""
        if self._settings.counts(finding):
            return logging.ERROR if finding.severity is Severity.ERROR else logging.WARNING
        return logging.DEBUG if finding.severity is Severity.INFO else logging.INFO


def _check_pages(
    files: Files, config: MkDocsConfig, selection: Selection, decisions: Decisions | None
) -> Iterator[Finding]:
    """Check the hand-written pages, as far as they are files."""
    folder = shown_folder(Path(config.docs_dir))
    # What MkDocs leaves out is not among its pages any more.
    context = Context(is_published=lambda _path: True, decisions=decisions)
    for file in files.documentation_pages():
        if file.generated_by or not file.abs_src_path or isinstance(file.page, ArchivePage):
            continue
        try:
            source = SourceFile(file.src_uri, f"{folder}{file.src_uri}", Path(file.abs_src_path))
            document = read_source(source, site_markdown=True)
            yield from check_document(document, None, context, selection=selection)
        except Unreadable as error:
            log.error("%s", shown(str(error)))  # noqa: TRY400


def _copy_hosts(config: MkDocsConfig, audit: Mapping[str, object] | None) -> frozenset[str]:
    """Give the archives whose copies are shown: those that are known, and those that audits here ask."""
    folder = Path(config.config_file_path or "mkdocs.yml").absolute().parent
    hosts = COPY_HOSTS | remembered_copy_hosts(folder)
    given = read_project_config(folder, AUDIT_TABLE)
    if not (audit or given):
        return hosts
    from regesta.auditing.settings import InvalidAuditSettings, read_audit_settings  # noqa: PLC0415 - few set anything

    layers = ((f"pyproject.toml, [{AUDIT_TABLE}]", given), ("regesta/links: audit", audit or {}))
    try:
        return hosts | read_audit_settings(*layers).mementos.server.hosts
    except InvalidAuditSettings as error:
        raise PluginError(str(error)) from error


def _log_problem(message: str) -> None:
    """Tell of what cannot be read in the record. It is no error: the site is whole without it."""
    log.info("%s", shown(message))


_T = TypeVar("_T")


def _read(read: Callable[[Path], _T], root: Path) -> _T | None:
    try:
        return read(root)
    except Unreadable as error:
        log.error("%s", shown(str(error)))  # noqa: TRY400 - a message for people: no traceback
        return None


def _show_above(pages: Iterable[ArchivePage], findings: Iterable[Finding], folder: str, language: Language) -> None:
    """Put what was found in a file above the page that is made from it."""
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        harmless = replace(finding, message=shown(finding.message), hint=shown(finding.hint))
        by_source.setdefault(finding.place.path.removeprefix(folder), []).append(harmless)
    for page in pages:
        page.above = findings_aside(by_source.pop(page.sheet.source, ()), language)
