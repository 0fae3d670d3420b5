"""`regesta/links`: a build says what the checker says, and a strict one fails on what nobody has acknowledged."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.config import base, config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline, Known, compare, read_baseline
from regesta.checking.checks import Checker, check_document
from regesta.checking.texts import Context
from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.mkdocs_plugins.inert_links import InertLinks, MendedBackLinks
from regesta.model.findings import Finding, Severity
from regesta.reading.archive import read_source
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import SourceFile, Unreadable, list_paths, shown_folder
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown.extensions import Extension
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

__all__ = ["LinksConfig", "LinksPlugin"]

log = logging.getLogger("mkdocs.plugins.regesta")


class LinksConfig(base.Config):
    """Options of `regesta/links` in mkdocs.yml."""

    baseline = config_options.Type(str, default=BASELINE_FILE)
    """A file of findings that are acknowledged, as `regesta check --write-baseline` writes it."""


class LinksPlugin(BasePlugin[LinksConfig]):
    """Checks every file while the archive is read, and logs what is found."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Have an eye on what becomes of the links of hand-written pages."""
        # MkDocs hands the list on to Python-Markdown, which takes extensions themselves as well as their names.
        extensions = cast("list[str | Extension]", config.markdown_extensions)
        extensions += [InertLinks(), MendedBackLinks()]
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Ask to see the files."""
        briefs = briefs_plugin(config, "regesta/links")
        root = briefs.root(config)
        try:
            decisions = open_decisions(root)
        except Unreadable as error:
            log.error("%s", shown(str(error)))  # noqa: TRY400 - a message for people: no traceback
            decisions = None
        context = Context(
            paths=list_paths(root) | list_paths(Path(config.docs_dir)),
            own_fields=frozenset(map(str, briefs.config.fields)),
            decisions=decisions,
        )
        self._checker = Checker(context)
        briefs.observers.append(self._checker)

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Log what was found: errors so that a strict build fails, the rest for information."""
        briefs = briefs_plugin(config, "regesta/links")
        found = [*self._checker.finish(briefs.build.site.archive), *_check_pages(files, config)]
        compared = compare(found, self._known(config))
        for finding in compared.new:
            _log(finding)
        if compared.acknowledged:
            log.info("Acknowledged in %s: %d.", self.config.baseline, compared.acknowledged)
        return files

    def _known(self, config: MkDocsConfig) -> tuple[Known, ...]:
        file = Path(config.config_file_path).parent / self.config.baseline
        try:
            return read_baseline(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            if self.config.baseline != BASELINE_FILE:
                raise PluginError(f"regesta/links: there is no baseline {self.config.baseline!r}.") from None
            return ()
        except (OSError, UnicodeDecodeError, InvalidBaseline) as error:
            raise PluginError(f"regesta/links: {self.config.baseline} cannot be read: {error}") from error


def _check_pages(files: Files, config: MkDocsConfig) -> Iterator[Finding]:
    """Check the hand-written pages, as far as they are files."""
    folder = shown_folder(Path(config.docs_dir))
    for file in files.documentation_pages():
        if file.generated_by or not file.abs_src_path:
            continue
        try:
            source = SourceFile(file.src_uri, f"{folder}{file.src_uri}", Path(file.abs_src_path))
            yield from check_document(read_source(source, site_markdown=True), None, Context())
        except Unreadable as error:
            log.error("%s", shown(str(error)))  # noqa: TRY400


_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.INFO, Severity.INFO: logging.DEBUG}
"""A strict build counts what is logged as a warning or worse, and only errors are to fail it."""


def _log(finding: Finding) -> None:
    log.log(_LEVELS[finding.severity], "%s", shown(str(finding)))
