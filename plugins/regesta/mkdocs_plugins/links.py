"""`regesta/links`: a build says what the checker says, and a strict one fails on what nobody has acknowledged."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import base, config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from regesta.checking.baseline import BASELINE_FILE, InvalidBaseline, Known, compare, read_baseline
from regesta.checking.checks import Checker
from regesta.checking.texts import Context
from regesta.mkdocs_plugins.briefs import briefs_plugin
from regesta.model.findings import Finding, Severity
from regesta.pages.findings import findings_aside
from regesta.reading.decisions import open_decisions
from regesta.reading.folder import Unreadable, list_paths, shown_folder
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from regesta.mkdocs_plugins.archive_page import ArchivePage

__all__ = ["LinksConfig", "LinksPlugin"]

log = logging.getLogger("mkdocs.plugins.regesta")


class LinksConfig(base.Config):
    """Options of `regesta/links` in mkdocs.yml."""

    baseline = config_options.Type(str, default=BASELINE_FILE)
    """A file of findings that are acknowledged, as `regesta check --write-baseline` writes it."""


class LinksPlugin(BasePlugin[LinksConfig]):
    """Checks every file while the archive is read, and logs what is found."""

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
        compared = compare(self._checker.finish(briefs.build.site.archive), self._known(config))
        for finding in compared.new:
            _log(finding)
        if compared.acknowledged:
            log.info("Acknowledged in %s: %d.", self.config.baseline, compared.acknowledged)
        if briefs.serving:
            _show_above(briefs.pages, compared.new, shown_folder(briefs.root(config)))
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


_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.INFO, Severity.INFO: logging.DEBUG}
"""A strict build counts what is logged as a warning or worse, and only errors are to fail it."""


def _show_above(pages: Iterable[ArchivePage], findings: Iterable[Finding], folder: str) -> None:
    """Put what was found in a file above the page that is made from it."""
    by_source: dict[str, list[Finding]] = {}
    for finding in findings:
        harmless = replace(finding, message=shown(finding.message), hint=shown(finding.hint))
        by_source.setdefault(finding.place.path.removeprefix(folder), []).append(harmless)
    for page in pages:
        page.above = findings_aside(by_source.pop(page.sheet.source, ()))


def _log(finding: Finding) -> None:
    log.log(_LEVELS[finding.severity], "%s", shown(str(finding)))
