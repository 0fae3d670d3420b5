"""The baseline of a run: which file it is, and what of it this run can judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.checking.baseline import (
    BASELINE,
    BASELINE_LIMIT,
    Compared,
    InvalidBaseline,
    Known,
    compare,
    read_baseline,
    write_baseline,
)
from regesta.checking.registry import RULES
from regesta.reading.folder import Unreadable, exists, read_own_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.checking.registry import Selection
    from regesta.checking.rules import Subject
    from regesta.model.findings import Finding

__all__ = ["Scope", "named_baseline", "open_baseline", "usual_baselines"]


def named_baseline(asked: Path | None, set_file: str | None, *, none: bool, required: bool) -> tuple[Known, ...] | None:
    """Read the baseline that the command line or, after it, settings name; None where neither says anything."""
    if none:
        return ()
    if asked:
        return open_baseline(asked, required=required)
    if set_file is None:
        return None
    return open_baseline(Path(set_file), required=required) if set_file else ()


def usual_baselines(roots: Iterable[Path], fail: Callable[[str], None]) -> tuple[Known, ...]:
    """Read the baselines that lie in archives' folders, where there are some."""
    known: dict[Known, None] = {}
    for root in roots:
        try:
            known.update(dict.fromkeys(open_baseline(root / BASELINE, required=False)))
        except InvalidBaseline as error:
            fail(str(error))
    return tuple(known)


def open_baseline(file: Path, *, required: bool = True) -> tuple[Known, ...]:
    """Read a baseline; raise `InvalidBaseline`, for one that is missing too unless it is not required."""
    try:
        text = read_own_text(file, limit=BASELINE_LIMIT)
        if text is not None:
            return read_baseline(text)
    except Unreadable as error:
        raise InvalidBaseline(str(error)) from error
    except InvalidBaseline as error:
        raise InvalidBaseline(f"{file}: {error}") from error
    if required:
        raise InvalidBaseline(f"{file}: there is no such file.")
    return ()


class Scope:
    """What a run looked at: of the rest a baseline says neither that it is new nor that it is gone."""

    def __init__(self, selection: Selection) -> None:
        """Begin with nothing looked at."""
        self._selection = selection
        self._archives: list[str] = []
        self._files: dict[str, Subject] = {}
        self._unread: set[str] = set()

    def add_archive(self, below: str, unread: Iterable[str]) -> None:
        """Add all of an archive, as messages name its folder, but for what could not be read."""
        self._archives.append(below)
        self._unread.update(unread)

    def add_file(self, path: str, subject: Subject) -> None:
        """Add a file that was checked by itself, as a page or as a brief: rules of another kind were not run."""
        self._files[path] = subject

    def compare(self, findings: Iterable[Finding], baseline: Iterable[Known]) -> Compared:
        """Tell what is new and what is gone, in what was looked at."""
        # A finding may be that of a renamed file, but not that of a file which is there and was not asked for.
        known = [known for known in set(baseline) if self._covers(known) or not exists(known.path)]
        compared = compare(findings, known)
        return compared._replace(gone=tuple(gone for gone in compared.gone if self._covers(gone)))

    def write(self, findings: Iterable[Finding], older: Iterable[Known]) -> str:
        """Give the text of a baseline: what was found, and what an older one holds of the rest."""
        return write_baseline(findings, [known for known in older if self._is_kept(known)])

    def _is_kept(self, known: Known) -> bool:
        """Keep what this run did not look at, but for files that are there no more and whose rules were run."""
        return not self._is_asked(known) or (not self._covers(known) and exists(known.path))

    def _is_asked(self, known: Known) -> bool:
        return known.rule not in RULES or known.rule in self._selection.codes

    def _covers(self, known: Known) -> bool:
        if not self._is_asked(known) or known.path in self._unread:
            return False
        rule = RULES.get(known.rule)
        if any(known.path.startswith(below) for below in self._archives):
            return True
        subject = self._files.get(known.path)
        return subject is not None and (rule is None or subject in rule.of)
