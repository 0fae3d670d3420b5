"""Visits: an address is asked for, and what its server answers becomes an observation of each link to it."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from regesta.auditing.fetching.answers import Request
from regesta.auditing.judging.judge import Said, judge, judge_beside, judge_forwarded
from regesta.auditing.judging.siblings import sibling_key, sibling_of
from regesta.model.urls import Url, host_of
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from regesta.auditing.fetching.answers import Answer, Fetcher
    from regesta.auditing.fetching.host_rules import HostRules

__all__ = ["Target", "Visit", "visit_all"]

_FOR_FRAGMENTS = 2 * 1024 * 1024
"""Bytes of a page that are read where a place in it is looked for."""
_OK, _NOT_MODIFIED = 200, 304


class Target(NamedTuple):
    """One address to visit, for all links that lead to it."""

    url: Url
    """Without a fragment."""
    asked: tuple[Url, ...]
    """As links have it, each with its own fragment or none."""
    etag: str = ""
    last_modified: str = ""
    """Of the last visit, where all links to it were live then: the server may answer that nothing has changed."""


class Visit(NamedTuple):
    """What came of a visit."""

    target: Target
    observations: tuple[Observation, ...]
    """One for each address asked, in its order; none when the visit was put off."""
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    """Of what was read of the body."""

    @property
    def has_answer(self) -> bool:
        """Whether a server answered at all."""
        return bool(self.observations) and self.observations[0].status > 0


class _PutOff(Exception):
    """What decides cannot be seen in this run."""


class _Aside(NamedTuple):
    """What is asked for beside the links, because a page raises a question."""

    key: str


def visit_all(  # noqa: PLR0913 - the world is passed in
    targets: Iterable[Target],
    *,
    fetcher: Fetcher,
    rules: HostRules,
    today: date,
    vantage: str = "",
    on_other: Callable[[Answer], None] = lambda _answer: None,
) -> Iterator[Visit]:
    """Visit addresses; give each visit as soon as it is judged. `on_other` takes answers to what others have added."""
    visitor = _Visitor(fetcher, rules, today, vantage)
    for answer in fetcher.fetch(_request(target) for target in targets):
        key = answer.request.key
        if isinstance(key, _Aside):
            yield from visitor.take_aside(key.key, answer)
        elif isinstance(key, Target):
            if answer.failure is Failure.PUT_OFF:
                yield Visit(key, ())
            elif answer.status == _NOT_MODIFIED and not answer.hops and (key.etag or key.last_modified):
                yield visitor.unchanged(key)
            elif (visit := visitor.judge(key, answer)) is not None:
                yield visit
        else:
            on_other(answer)


class _Visitor:
    """Judges answers. One that raises a question waits until it is answered."""

    def __init__(self, fetcher: Fetcher, rules: HostRules, today: date, vantage: str) -> None:
        self._fetcher, self._rules, self._today, self._vantage = fetcher, rules, today, vantage
        self._asides: dict[str, Answer | None] = {}
        """By key; None while an answer is awaited."""
        self._held: dict[str, list[tuple[Target, Answer]]] = {}

    def judge(self, target: Target, answer: Answer) -> Visit | None:
        """Judge an answer; None where it has to wait. What raises a question that may not be asked today is put off."""
        try:
            return self._judge(target, answer)
        except _PutOff:
            return Visit(target, ())

    def _judge(self, target: Target, answer: Answer) -> Visit | None:
        treated = None
        if self._rules.named and answer.failure is None:
            treated = self._rules.of(host_of(answer.url)).treat_as.get(answer.status)
        said = []
        for url in target.asked:
            one = judge(answer, asked=url) if treated is None else _treat_as(treated, answer)
            closer = self._look_closer(one, target, answer, url) if one.suspicion or one.forwards_to else one
            if closer is None:
                return None
            said.append(closer)
        observations = tuple(
            Observation(self._today, self._vantage, one.says, answer.status, one.final_url, one.failure, one.reason)
            for one in said
        )
        headers = answer.headers
        is_plain = answer.status == _OK and not answer.hops
        return Visit(
            target,
            observations,
            headers.get("etag", "") if is_plain else "",
            headers.get("last-modified", "") if is_plain else "",
            blake2b(answer.body, digest_size=8).hexdigest() if answer.body else "",
        )

    def take_aside(self, key: str, answer: Answer) -> Iterator[Visit]:
        """Take what a question has found, and judge what waited for it."""
        self._asides[key] = answer
        for target, held in self._held.pop(key, ()):
            if (visit := self.judge(target, held)) is not None:
                yield visit

    def unchanged(self, target: Target) -> Visit:
        """Make the visit to a page that is as it was."""
        same = Observation(self._today, self._vantage, Verdict.LIVE, _NOT_MODIFIED, "", None, "")
        return Visit(target, (same,) * len(target.asked), target.etag, target.last_modified)

    def _look_closer(self, said: Said, target: Target, answer: Answer, url: Url) -> Said | None:
        if said.forwards_to:
            there = Url(said.forwards_to.partition("#")[0])
            beyond = self._ask(f"to {there}", there, target, answer)
            if beyond is None:
                return None
            if beyond.failure is not Failure.PUT_OFF:
                said = judge_forwarded(said, judge(beyond, asked=said.forwards_to), asked=url)
        if said.suspicion:
            sibling = self._ask(f"beside {sibling_key(answer.url)}", sibling_of(answer.url), target, answer)
            if sibling is None:
                return None
            if sibling.failure is Failure.PUT_OFF:
                raise _PutOff
            home = None
            if sibling.status == _OK:
                address = _home_of(answer.url)
                home = self._ask(f"home {address}", address, target, answer)
                if home is None:
                    return None
                if home.failure is Failure.PUT_OFF:
                    raise _PutOff
            said = judge_beside(said, answer, sibling, asked=url, home=home)
        return said

    def _ask(self, key: str, url: Url, target: Target, answer: Answer) -> Answer | None:
        """Give an answer that is known; else ask for it once, and let the target wait."""
        found = self._asides.get(key)
        if found is None:
            if key not in self._asides:
                self._asides[key] = None
                # Behind the other links of its host, thousands of pages would have to be held until it is answered.
                self._fetcher.add(Request(url, _Aside(key)), first=True)
            self._held.setdefault(key, []).append((target, answer))
        return found


def _request(target: Target) -> Request:
    headers = []
    if target.etag:
        headers.append(("If-None-Match", target.etag))
    if target.last_modified:
        headers.append(("If-Modified-Since", target.last_modified))
    has_fragments = any("#" in url for url in target.asked)
    return Request(target.url, target, tuple(headers), _FOR_FRAGMENTS if has_fragments else 0)


def _home_of(url: Url) -> Url:
    """Give the address of the home page.

    >>> _home_of(Url("https://ferry.example:8443/a/b?c"))
    'https://ferry.example:8443/'
    """
    return Url("/".join(url.split("/", 3)[:3]) + "/")


def _treat_as(verdict: Verdict, answer: Answer) -> Said:
    """Say of an answer what the configuration says of its status with this host."""
    ended = "" if answer.url == answer.request.url else answer.url
    return Said(verdict, None, ended, f"The configuration takes {answer.status} of this host for {verdict.value}.")
