"""One line of a ledger, read as if somebody had planted it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from regesta.model.json_lines import InvalidLine, read_object, shown
from regesta.model.ledger import (
    ADDRESS_LIMIT,
    MEMENTO_REFUSED,
    NO_MEMENTO,
    WORDS_LIMIT,
    LinkRecord,
    one_line,
    usual_evidence,
)
from regesta.model.mementos import is_memento_of
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["IsCopy", "LineReader", "read_day"]

IsCopy: TypeAlias = Callable[[str, Url], bool]
"""Tells whether an address is that of a copy of a page, in an archive that is known."""


@lru_cache(maxsize=65536)
def read_day(text: str) -> date:
    """Read a day of a time when there was a web; raise `InvalidLine`. Nothing but `YYYY-MM-DD` is one.

    >>> read_day("2020-02-30")
    Traceback (most recent call last):
    regesta.model.json_lines.InvalidLine: not a day (expected YYYY-MM-DD, from 1991 on): '2020-02-30'
    """
    try:
        day = date.fromisoformat(text) if len(text) == _DAY_LENGTH and text[4] == text[7] == "-" else None
    except ValueError:
        day = None
    if day is None or day.year < _FIRST_YEAR:
        raise InvalidLine(f"not a day (expected YYYY-MM-DD, from {_FIRST_YEAR} on): {shown(text)}")
    return day


_DAY_LENGTH, _FIRST_YEAR = 10, 1991
_MOST_EVIDENCE, _MOST_MEMENTOS, _MOST_COUNTED, _MOST_STATUS = 3, 5_000, 1_000_000, 999

_FIELDS = frozenset("url verdict since failures pending reason final_url evidence mementos".split())
_EVIDENCE_FIELDS = frozenset("at from says status final_url failure reason".split())
_VERDICTS: Mapping[object, Verdict] = {verdict.value: verdict for verdict in Verdict}
_SAYABLE = frozenset(Verdict) - {Verdict.FAILING, Verdict.UNCHECKED}
"""What one visit can say."""
_FAILURES: Mapping[object, Failure] = {failure.value: failure for failure in Failure}


class LineReader:
    """Makes records of lines, and notes what it leaves out of each."""

    def __init__(self, is_copy: IsCopy, latest: date) -> None:
        """Say what a memento is, and the last day of which a line may speak."""
        self.remarks: list[tuple[str, str, bool]] = []
        """What is left out, what becomes of it, and whether it is an archive that is not known here."""
        self._is_copy = is_copy
        self._latest = latest
        self._is_plain = True
        self._unknown_copies: dict[str, str] = {}

    def read(self, line: str) -> LinkRecord:
        """Read a line; raise `InvalidLine`."""
        self.remarks.clear()
        record = self._read(line)
        if self._unknown_copies:
            record = replace(record, unknown_copies=self._unknown_copies)
            self._unknown_copies = {}
        return record

    def _read(self, line: str) -> LinkRecord:
        usual = _USUAL.fullmatch(line)
        if usual is not None and (verdict := _VERDICTS.get(usual[2])) in _SAYABLE:
            self._is_plain = True
            return self._usual(verdict, usual)
        # Where no character is escaped, none of those can be there that no archive needs.
        self._is_plain = line.isascii() and "\\" not in line and "\x7f" not in line
        if not self._is_plain:
            _refuse_bytes(line)
        return self._any(read_object(line))

    def _remark(self, message: str, hint: str = "The next audit writes the line so.") -> None:
        self.remarks.append((message, hint, False))

    def _usual(self, verdict: Verdict, found: re.Match[str]) -> LinkRecord:
        """Make a record of a line whose fields and types the pattern knows: it takes half the time."""
        written, _, day, reason, at, vantage, status, mementos = found.groups("")
        url, since = self._url(written), read_day(day)
        evidence = (Observation(read_day(at), vantage, verdict, int(status or 0), "", None, reason),)
        copies = self._mementos(read_object(mementos), url) if mementos else {}
        return self._dated(_record(url, verdict, since, 0, reason, "", evidence, copies, 0))

    def _any(self, data: dict[str, Any]) -> LinkRecord:
        _refuse_fields(data, _FIELDS)
        url = self._url(data.get("url"))
        verdict = _VERDICTS.get(_text(data, "verdict"))
        if verdict is None:
            raise InvalidLine(f"unknown verdict {shown(data.get('verdict'))}, expected one of {', '.join(Verdict)}")
        since = read_day(_text(data, "since"))
        failures, pending = _count(data, "failures"), _count(data, "pending")
        reason = self._words(data, "reason") if "reason" in data else ""
        final_url = self._final_url(data) if "final_url" in data else ""
        evidence: tuple[Observation, ...] = ()
        if "evidence" in data:
            evidence = self._evidence(data["evidence"], usual_evidence(verdict), final_url, reason)
        mementos = self._mementos(data["mementos"], url) if "mementos" in data else {}
        return self._dated(_record(url, verdict, since, failures, reason, final_url, evidence, mementos, pending))

    def _dated(self, record: LinkRecord) -> LinkRecord:
        """Take a record for one of an address not visited where it speaks of a day to come."""
        latest = self._latest
        if record.since <= latest and all(one.at <= latest for one in record.evidence):
            return record
        self._remark("something is said of a day to come", "It counts as not visited: look at the clock that wrote it.")
        return LinkRecord(url=record.url, verdict=Verdict.UNCHECKED, since=_FIRST_DAY, mementos=record.mementos)

    def _url(self, written: object) -> Url:
        if not isinstance(written, str):
            raise InvalidLine(f"expected an address in 'url', found {shown(written)}")
        if len(written) > ADDRESS_LIMIT:
            raise InvalidLine(f"'url' is longer than {ADDRESS_LIMIT:,} characters: {shown(written)}")
        url = _ADDRESS(written)
        if url is None:
            raise InvalidLine(f"'url' is no http or https address: {shown(written)}")
        if url != written:
            self._remark(f"the address is read as {shown(url)}, found {shown(written)}")
        return url

    def _words(self, data: dict[str, Any], name: str) -> str:
        words = _text(data, name)
        if len(words) > WORDS_LIMIT:
            raise InvalidLine(f"{name!r} is longer than {WORDS_LIMIT:,} characters: {shown(words)}")
        if self._is_plain:
            return words
        cleaned = one_line(words)
        if cleaned != words:
            self._remark(f"control characters and line ends are left out of {name!r}: {shown(words)}")
        return cleaned

    def _final_url(self, data: dict[str, Any]) -> str:
        written = _text(data, "final_url")
        url = _ADDRESS(written) if len(written) <= ADDRESS_LIMIT else None
        if url != written and written:
            self._remark(f"'final_url' is no normal address and left out: {shown(written)}")
            return ""
        return written

    def _evidence(self, found: object, says: Verdict, final_url: str, reason: str) -> tuple[Observation, ...]:
        if not isinstance(found, list) or len(found) > _MOST_EVIDENCE:
            raise InvalidLine(f"expected at most {_MOST_EVIDENCE} observations in 'evidence', found {shown(found)}")
        return tuple([self._observation(data, says, final_url, reason) for data in found])

    def _observation(self, data: object, says: Verdict, final_url: str, reason: str) -> Observation:
        if not isinstance(data, dict):
            raise InvalidLine(f"expected an observation in 'evidence', found {shown(data)}")
        _refuse_fields(data, _EVIDENCE_FIELDS)
        at, status, failure = read_day(_text(data, "at")), data.get("status", 0), None
        if type(status) is not int or not 0 <= status <= _MOST_STATUS:
            raise InvalidLine(f"expected a status from 0 to {_MOST_STATUS}, found {shown(status)}")
        if "says" in data:
            says = _VERDICTS.get(_text(data, "says"), Verdict.UNCHECKED)
        if says not in _SAYABLE:
            raise InvalidLine(f"no visit can say {shown(data.get('says', says.value))}")
        if "failure" in data:
            failure = _FAILURES.get(_text(data, "failure"))
            if failure is None:
                raise InvalidLine(f"unknown failure {shown(data['failure'])}")
        vantage = self._words(data, "from") if "from" in data else ""
        if "final_url" in data:
            final_url = self._final_url(data)
        if "reason" in data:
            reason = self._words(data, "reason")
        return Observation(at, vantage, says, status, final_url, failure, reason)

    def _mementos(self, found: object, url: Url) -> dict[str, str]:
        if not isinstance(found, dict) or len(found) > _MOST_MEMENTOS:
            raise InvalidLine(f"expected at most {_MOST_MEMENTOS:,} mementos by day, found {shown(found)}")
        mementos: dict[str, str] = {}
        for day, memento in found.items():
            if not _BRIEF_DAY.fullmatch(day):
                raise InvalidLine(f"not the date of a brief: {shown(day)}")
            if not isinstance(memento, str):
                raise InvalidLine(f"expected the address of a memento, found {shown(memento)}")
            copy = _ADDRESS(memento) if len(memento) <= 2 * ADDRESS_LIMIT else None
            if memento in _NO_ADDRESS:
                mementos[day] = memento
            elif copy and self._is_copy(copy, url):
                mementos[day] = copy
            elif copy and is_memento_of(copy, url, {copy.split("/", 3)[2]}):
                self._unknown_copies[day] = copy
                self.remarks.append((f"a copy in an archive that is not known here: {shown(memento)}", _UNKNOWN, True))
            else:
                self._remark(f"no memento of this address in an archive that is known: {shown(memento)}")
        return mementos


_UNKNOWN = (
    "It is kept and not shown. If you trust the archive, name it in mkdocs.yml, regesta/links: audit: mementos: server."
)

_USUAL = re.compile(
    r'\{"url":"([!#-\[\]-~]+)","verdict":"([a-z0-9-]+)","since":"([0-9-]{10})"(?:,"reason":"([ !#-\[\]-~]{0,1000})")?'
    r',"evidence":\[\{"at":"([0-9-]{10})"(?:,"from":"([ !#-\[\]-~]{0,1000})")?(?:,"status":([1-9]\d\d))?\}\]'
    r'(?:,"mementos":(\{[ !#-\[\]-z|~":,]*\}))?\}',
    re.ASCII,
)
"""A line as `write_line` writes it of what one visit has settled, nothing in it escaped."""
_BRIEF_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
"""Of many a brief no more than the month or the year is known."""
_NO_ADDRESS = frozenset({NO_MEMENTO, MEMENTO_REFUSED})
_FIRST_DAY = date(_FIRST_YEAR, 1, 1)
_ADDRESS = parse_url.__wrapped__
"""Each address of a ledger is met once: to remember it costs more than to read it."""


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise InvalidLine(f"expected text in {name!r}, found {shown(value)}")
    return value


def _count(data: dict[str, Any], name: str) -> int:
    value = data.get(name, 0)
    if type(value) is not int or not 0 <= value <= _MOST_COUNTED:
        raise InvalidLine(f"expected a number from 0 to {_MOST_COUNTED:,} in {name!r}, found {shown(value)}")
    return value


def _refuse_fields(data: Iterable[str], known: frozenset[str]) -> None:
    if not known.issuperset(data):
        raise InvalidLine(f"unknown field {shown(next(name for name in data if name not in known))}")


def _refuse_bytes(line: str) -> None:
    """Refuse what was no UTF-8 and was read with `surrogateescape`."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidLine(f"not UTF-8 at character {error.start + 1}") from error


_NEW = LinkRecord.__new__
(
    _SET_URL,
    _SET_VERDICT,
    _SET_SINCE,
    _SET_FAILURES,
    _SET_REASON,
    _SET_FINAL,
    _SET_EVIDENCE,
    _SET_MEMENTOS,
    _SET_PENDING,
    _SET_UNKNOWN,
) = (LinkRecord.__dict__[name].__set__ for name in LinkRecord.__slots__)


def _record(  # noqa: PLR0913, PLR0917 - by name it takes longer, and this is about time
    url: Url,
    verdict: Verdict,
    since: date,
    failures: int,
    reason: str,
    final_url: str,
    evidence: tuple[Observation, ...],
    mementos: Mapping[str, str],
    pending: int,
) -> LinkRecord:
    """Make a record. The way of a frozen class, which asks for each field by its name, takes twice as long."""
    record = _NEW(LinkRecord)
    _SET_URL(record, url)
    _SET_VERDICT(record, verdict)
    _SET_SINCE(record, since)
    _SET_FAILURES(record, failures)
    _SET_REASON(record, reason)
    _SET_FINAL(record, final_url)
    _SET_EVIDENCE(record, evidence)
    _SET_MEMENTOS(record, mementos)
    _SET_PENDING(record, pending)
    _SET_UNKNOWN(record, {})
    return record
