"""The hosts of a run: each with its rule, its addresses, and whether it is asked at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.auditing.fetching.queues import HostQueue
from regesta.model.hosts import is_private_host
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.auditing.fetching.addresses import AddressPolicy
    from regesta.auditing.fetching.host_rules import HostRules
    from regesta.auditing.fetching.proxies import Proxy
    from regesta.auditing.fetching.redirects import Asked
    from regesta.auditing.fetching.resolving import Resolved, Resolver

__all__ = ["Names"]


class Names:
    """Gives each host its queue, and finds its addresses: each name once, and only those that may be visited."""

    def __init__(
        self,
        hosts: dict[str, HostQueue],
        *,
        policy: AddressPolicy,
        rules: HostRules,
        resolver: Resolver,
        proxy: Proxy | None,
    ) -> None:
        """Take the hosts that are known; there will be more."""
        self._hosts, self._policy, self._rules, self._resolver, self._proxy = hosts, policy, rules, resolver, proxy

    def host(self, asked: Asked) -> HostQueue:
        """Give the queue of an address's host; of a new one the name begins to be looked up."""
        # With a dot at its end it is the same host, and no more patient.
        name = asked.host.removesuffix(".")
        found = self._hosts.get(name)
        if found is None:
            found = self._hosts[name] = HostQueue(name, self._rules.of(name))
            self._begin(found, is_literal=asked.is_literal)
        return found

    def known_as(self, asked: Asked, host: HostQueue) -> str:
        """Give what libcurl must be told, so that it looks up nothing; empty where it was told."""
        if asked[1:3] in host.told:
            return ""
        return self._proxy.known_as if self._proxy else f"{asked.host}:{asked.port}:{host.addresses}"

    def note_told(self, asked: Asked, host: HostQueue) -> None:
        """Note that libcurl knows an address, since it has connected to it."""
        if asked[1:3] not in host.told:
            host.told |= {asked[1:3]}

    def found(self) -> Iterator[HostQueue]:
        """Give the hosts whose names were answered since the last call."""
        for resolved in self._resolver.ready():
            host = self._hosts[resolved.host]
            self._settle(host, resolved)
            yield host

    def _begin(self, host: HostQueue, *, is_literal: bool) -> None:
        if host.rule.skip:
            host.close(Failure.POLICY, "the configuration skips this host")
        elif is_literal:
            if why := self._policy.why_refused(host.name):
                host.close(Failure.PRIVATE, why)
            host.addresses, host.is_resolved = host.name, True
        elif self._proxy:
            if is_private_host(host.name):
                host.close(Failure.PRIVATE, f"{host.name!r} would be asked for in the network of the proxy")
            host.is_resolved = True
        else:
            self._resolver.ask(host.name)

    def _settle(self, host: HostQueue, resolved: Resolved) -> None:
        if resolved.failure:
            host.close(resolved.failure, resolved.detail)
            return
        refusals = {address: self._policy.why_refused(address) for address in resolved.addresses}
        good = [address for address, why in refusals.items() if not why]
        if not good:
            host.close(Failure.PRIVATE, next(iter(refusals.values())))
            return
        host.addresses = ",".join(f"[{address}]" if ":" in address else address for address in good)
        host.is_resolved = True
