"""What whoever visits must know, and the plain data in which it goes to other machines and comes back."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regesta.auditing.fetching.addresses import AddressPolicy
from regesta.auditing.fetching.handles import trusted_certificates
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.fetching.options import FetchOptions
from regesta.auditing.recording.weighing import SAYABLE
from regesta.auditing.visiting import Target, Visit
from regesta.model.ledger import one_line
from regesta.model.urls import Url, parse_url
from regesta.model.verdicts import Failure, Observation, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "Orders",
    "pack_orders",
    "pack_targets",
    "pack_visits",
    "unpack_orders",
    "unpack_targets",
    "unpack_visits",
]


@dataclass(frozen=True, kw_only=True)
class Orders:
    """All that a worker must know, as plain data: it judges addresses by the same policy as the coordinator."""

    user_agent: str
    languages: str
    allow: tuple[str, ...]
    deny: tuple[str, ...]
    at_once: int
    all_hosts: HostRule
    hosts: Mapping[str, HostRule]
    today: date
    vantage: str
    proxy: str = ""
    ends: float = float("inf")
    """When no further visit is begun, in seconds since 1970: the one clock that machines share."""

    @cached_property
    def rules(self) -> HostRules:
        """The rule of each host."""
        return HostRules(default=self.all_hosts, named=self.hosts)

    @property
    def policy(self) -> AddressPolicy:
        """The addresses that may be visited."""
        return AddressPolicy(self.allow, self.deny)

    def fetch_options(self, environment: Mapping[str, str]) -> FetchOptions:
        """Give how a fetcher asks, with the certificates and tokens of the machine it runs on."""
        named = {
            host: environment.get(rule.token_variable, "") for host, rule in self.hosts.items() if rule.token_variable
        }
        return FetchOptions(
            certificates=trusted_certificates(environment),
            user_agent=self.user_agent,
            languages=self.languages,
            at_once=self.at_once,
            tokens={host: token for host, token in named.items() if token and token.isprintable()},
            proxy=self.proxy,
        )


def pack_orders(orders: Orders) -> str:
    """Write orders as JSON."""
    data = {field.name: getattr(orders, field.name) for field in fields(orders)}
    data["today"] = orders.today.isoformat()
    data["ends"] = orders.ends if math.isfinite(orders.ends) else None
    data["all_hosts"] = orders.all_hosts._asdict()
    data["hosts"] = {host: rule._asdict() for host, rule in orders.hosts.items()}
    return json.dumps(data)


def unpack_orders(text: str) -> Orders:
    """Read what `pack_orders` wrote."""
    data = json.loads(text)
    data |= {name: tuple(data[name]) for name in ("allow", "deny")}
    data["today"] = date.fromisoformat(data["today"])
    data["ends"] = math.inf if data["ends"] is None else data["ends"]
    data["all_hosts"] = _rule(data["all_hosts"])
    data["hosts"] = {host: _rule(rule) for host, rule in data["hosts"].items()}
    return Orders(**data)


def _rule(data: dict[str, Any]) -> HostRule:
    # JSON has no numbers for keys.
    treated = {int(status): Verdict(verdict) for status, verdict in data["treat_as"].items()}
    return HostRule(**{**data, "treat_as": treated})


def pack_targets(targets: Iterable[Target]) -> str:
    """Write targets as JSON."""
    return json.dumps(list(targets))


def unpack_targets(text: str) -> list[Target]:
    """Read what `pack_targets` wrote."""
    return [Target(url, tuple(asked), etag, modified) for url, asked, etag, modified in json.loads(text)]


def pack_visits(visits: Iterable[Visit]) -> str:
    """Write visits as JSON."""
    return json.dumps(
        [
            [
                visit.target.url,
                [[*one._replace(at=one.at.isoformat())] for one in visit.observations],  # type: ignore[arg-type]
                visit.etag,
                visit.last_modified,
                visit.digest,
            ]
            for visit in visits
        ]
    )


def unpack_visits(text: object, asked: Mapping[Url, Target], orders: Orders) -> Iterator[Visit]:
    """Read visits that another machine has made, as text from outside: what was not asked, or is none, is left out.

    The day and the place of the visits are those of the orders, whatever the other machine says.
    """
    try:
        listed = json.loads(text) if isinstance(text, str) and len(text) < _LONGEST_ANSWER else []
    except (ValueError, RecursionError):
        return
    seen: set[Url] = set()
    for item in listed if isinstance(listed, list) else []:
        try:
            url, observations, *said = item
            target = asked[url]
            found = tuple(_observation(one, orders) for one in observations)
            etag, modified, digest = map(_text, said)
        except (ValueError, TypeError, KeyError):
            continue
        if url not in seen and len(found) in {0, len(target.asked)}:
            seen.add(url)
            yield Visit(target, found, etag, modified, digest)


def _observation(data: object, orders: Orders) -> Observation:
    if not isinstance(data, list):
        raise TypeError
    _, _, says, status, final_url, failure, reason = data
    if Verdict(says) not in SAYABLE:
        raise ValueError(f"Not what one visit can say: {says!r}")
    ended = _text(final_url)
    is_status = isinstance(status, int) and not isinstance(status, bool) and 0 <= status <= _HIGHEST_STATUS
    return Observation(
        orders.today,
        orders.vantage,
        Verdict(says),
        status if is_status else 0,
        ended if not ended or parse_url(ended) else "",
        Failure(failure) if failure else None,
        _text(reason),
    )


_HIGHEST_STATUS = 999
_LONGEST = 2000
_LONGEST_ANSWER = 64 * 1024 * 1024


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return one_line(value)[:_LONGEST]
