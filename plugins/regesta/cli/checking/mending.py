"""`regesta check --fix` and `--diff`: what is mended, file by file."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

import click

from regesta.checking.checks import check_document
from regesta.checking.fixes import Mended, is_wanted, mend
from regesta.model.archive import read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.reading.folder import SourceFile, Unreadable, read_file
from regesta.reading.whole_files import NotReplaced, replace_whole
from regesta.reporting.diff import is_safe_to_show, unified
from regesta.reporting.terminal import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.checking.held_back import Exempted
    from regesta.checking.registry import Selection
    from regesta.checking.texts import Context
    from regesta.model.archive import Entry
    from regesta.model.entities import Entity
    from regesta.model.findings import Finding

__all__ = ["Checked", "HoldBack", "Mending", "show_diff", "write_fixes"]


class HoldBack(Protocol):
    """Takes out what settings and exceptions keep from being reported, and mended."""

    def __call__(self, findings: list[Finding], *, complete: bool = False) -> Exempted:
        """Give what is left. `complete` says that these are all findings of an archive."""


class Checked(NamedTuple):
    """How files were checked, so that one of them can be checked again while it is mended."""

    context: Context
    selection: Selection
    hold_back: HoldBack
    in_archive: bool = True

    def again(self, file: SourceFile, source: bytes) -> list[Finding]:
        """Check the file as if it held `source`. Fixes need no mention of an entity, so that none is looked for."""
        document = read_document(file.path, source, shown_path=file.shown_path, site_markdown=not self.in_archive)
        entry: Entry | Entity | None = None
        if self.in_archive:
            is_record = file.path.startswith("entities/")
            entry = read_entity(document) if is_record else read_entry(document, _NO_NAMES)
        return self.hold_back(check_document(document, entry, self.context, selection=self.selection)).findings


_NO_NAMES = Names([])


@dataclass(slots=True, kw_only=True)
class Mending:
    """Mends the files of a run that have something to mend."""

    unsafe: bool
    fail: Callable[[str], None]
    """Is told what could not be done."""
    _files: dict[str, tuple[SourceFile, Checked]] = field(default_factory=dict)

    def know(self, files: Iterable[SourceFile], checked: Checked) -> None:
        """Take files, and how they were checked."""
        self._files.update((file.shown_path, (file, checked)) for file in files)

    def write(self, findings: Iterable[Finding]) -> Iterator[tuple[Finding, ...]]:
        """Mend the files in which these findings stand, each whole or not at all; give what was mended in each."""
        for file, source, mended in self._mended(findings):
            try:
                replace_whole(file.file, source, mended.source)
            except NotReplaced as error:
                self.fail(f"{file.shown_path}: {error}")
            else:
                yield mended.applied

    def diffs(self, findings: Iterable[Finding]) -> Iterator[bytes]:
        """Give what would be changed, a diff a file."""
        for file, source, mended in self._mended(findings):
            diff = unified(file.shown_path, source, mended.source)
            if is_safe_to_show(diff):
                yield diff
            else:
                self.fail(
                    f"{file.shown_path}: near what would change stand characters that a terminal obeys, or what a log "
                    "takes for a command: no diff is shown. Use --fix."
                )

    def _mended(self, findings: Iterable[Finding]) -> Iterator[tuple[SourceFile, bytes, Mended]]:
        paths = {finding.place.path for finding in findings if is_wanted(finding, unsafe=self.unsafe)}
        for path in sorted(paths & self._files.keys()):
            file, checked = self._files[path]
            try:
                source = read_file(file)
                mended = mend(source, partial(checked.again, file), unsafe=self.unsafe)
            except Unreadable as error:
                self.fail(str(error))
            except UnicodeDecodeError:
                self.fail(f"{path}: was changed by someone else meanwhile. Run the command again.")
            else:
                if not mended.settled:
                    self.fail(f"{path}: its fixes undo one another, and none was made. Mend it by hand.")
                elif mended.source != source:
                    yield file, source, mended


def write_fixes(mending: Mending, findings: Iterable[Finding], *, err: bool) -> bool:
    """Mend, and say each finding that was mended, and how many; tell whether anything was."""
    fixes = files = 0
    for applied in mending.write(findings):
        files += 1
        fixes += len(applied)
        for finding in applied:
            click.echo(shown(f"{finding.place} {finding.rule} mended: {_change(finding)}"), err=err)
    if files:
        click.echo(f"{_counted(fixes, 'finding')} mended in {_counted(files, 'file')}.", err=err)
    return files > 0


def show_diff(mending: Mending, findings: Iterable[Finding]) -> int:
    """Write the diff to stdout, byte for byte unless it is a terminal; give 1 if there is one, else 0."""
    changed = 0
    for diff in mending.diffs(findings):
        changed += 1
        if sys.stdout.isatty():
            for line in diff.decode("utf-8", "replace").removesuffix("\n").split("\n"):
                click.echo(shown(line.removesuffix("\r")))
        else:
            click.echo(diff, nl=False)
    click.echo(f"{_counted(changed, 'file')} would change.", err=True)
    return 1 if changed else 0


def _change(finding: Finding) -> str:
    new = finding.fix.replacement if finding.fix else ""
    return f"{finding.raw!r} became {new!r}." if finding.raw is not None else f"now {new!r}."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
