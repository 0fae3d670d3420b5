"""Visits of the real fetcher to the fault server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.auditing.fault_names import look_up_fault
from tests.auditing.fault_server import ALLOWED

from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.answers import Request
from regesta.auditing.fetching.fetcher import CurlFetcher
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.fetching.options import FetchOptions
from regesta.auditing.fetching.resolving import Resolver
from regesta.model.urls import Url

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.auditing.fetching.answers import Answer

__all__ = ["QUICK", "a_fetcher", "request", "visit"]

QUICK = HostRule(connections=8, interval=0.0, timeout=3.0)
"""No test waits for politeness that it does not test."""


def a_fetcher(  # noqa: PLR0913 - each test has one thing of its own
    *,
    rule: HostRule = QUICK,
    named: dict[str, HostRule] | None = None,
    allow: tuple[str, ...] = (ALLOWED,),
    look_up: Callable[[str], tuple[str, ...]] = look_up_fault,
    deadline: float = 2.0,
    options: FetchOptions | None = None,
    **some: object,
) -> CurlFetcher:
    """Make a fetcher that knows the names of the tests and may visit the fault server; `some` are options of it."""
    return CurlFetcher(
        (options or FetchOptions(certificates="/dev/null"))._replace(**some),  # type: ignore[arg-type]
        policy=AddressPolicy(allow=allow),
        rules=HostRules(default=rule, named=named or {}),
        resolver=Resolver(look_up=look_up, deadline=deadline),
    )


def request(url: str, **more: object) -> Request:
    """Ask for an address that is in order as it is written."""
    return Request(Url(url), **more)  # type: ignore[arg-type]


def visit(*links: str | Request, **how: object) -> list[Answer]:
    """Ask for links and give the answers in the order of the links, not of their coming."""
    requests = [
        (link if isinstance(link, Request) else request(link))._replace(key=number) for number, link in enumerate(links)
    ]
    with a_fetcher(**how) as fetcher:  # type: ignore[arg-type]
        answers = {answer.request.key: answer for answer in fetcher.fetch(requests)}
    assert len(answers) == len(requests)
    return [answers[number] for number in range(len(requests))]
