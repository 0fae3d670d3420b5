"""What the archive's configuration says of single hosts, and what holds for all others."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.model.verdicts import Verdict

__all__ = ["HostRule", "HostRules"]


class HostRule(NamedTuple):
    """How one host is treated."""

    connections: int = 4
    """Requests under way at once."""
    interval: float = 0.05
    """Seconds from the start of one request to the start of the next."""
    timeout: float = 20.0
    """Seconds for one link, all its redirects included; waiting for our turn does not count."""
    browser_like: bool = False
    """Whether a refusal is answered by asking once more as a browser would."""
    skip: bool = False
    """Whether the host is not visited at all."""
    token_variable: str = ""
    """The environment variable whose value is sent as a bearer token, over https only."""
    treat_as: Mapping[int, Verdict] = {}
    """What a status means with this host, where that is known better."""


_FOR_ALL = HostRule()


@dataclass(frozen=True, kw_only=True)
class HostRules:
    """The rule of each host: its own, that of the nearest domain above it, or the one for all."""

    default: HostRule = _FOR_ALL
    named: Mapping[str, HostRule] = field(default_factory=dict)
    """By host, as URLs have it: in lower case, in ASCII."""

    def of(self, host: str) -> HostRule:
        """Give the rule of a host.

        >>> HostRules(named={"ferry.example": HostRule(skip=True)}).of("www.ferry.example").skip
        True
        """
        return _rule(self, host) if self.named else self.default

    def __hash__(self) -> int:
        """Tell one set of rules from another by what it is, not by what it says: mappings have no hash."""
        return id(self)


@lru_cache(maxsize=4096)
def _rule(rules: HostRules, host: str) -> HostRule:
    name = host.removesuffix(".")
    while name:
        if found := rules.named.get(name):
            return found
        name = name.partition(".")[2]
    return rules.default
