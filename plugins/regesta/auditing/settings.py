"""What an archive sets for the audit: in mkdocs.yml, in pyproject.toml, on the command line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from regesta.auditing.fetching.addresses import AddressPolicy, InvalidNetwork
from regesta.auditing.fetching.host_rules import HostRule, HostRules
from regesta.auditing.mementos.settings import InvalidMementoSettings, MementoSettings, read_memento_settings
from regesta.auditing.recording.confirming import Confirm, InvalidConfirm, parse_confirm
from regesta.auditing.recording.due import InvalidDuration, parse_duration
from regesta.model.urls import host_of, parse_url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.model.urls import Url

__all__ = [
    "HOST_OPTIONS",
    "OPTIONS",
    "AuditSettings",
    "InvalidAuditSettings",
    "parse_rate",
    "read_audit_settings",
]


class InvalidAuditSettings(ValueError):
    """A setting that is not known, or has a value that it cannot have."""


_THREE_IN_SIX_DAYS, _FOR_ALL, _USUAL_COPIES = Confirm(), HostRule(), MementoSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSettings:
    """How the audit asks, and what it makes of the answers."""

    contact: str = ""
    """Who may be asked about the visits: a page or a mail address, named in the `User-Agent`."""
    vantage: str = ""
    """From where the visits are made, as the record names it: `ci`, `office-warsaw`."""
    languages: str = "en"
    """The languages that servers are asked for, as `Accept-Language` has them."""
    confirm: Confirm = _THREE_IN_SIX_DAYS
    max_age: timedelta = timedelta(days=28)
    """After how long a link is visited again."""
    budget: timedelta | None = timedelta(minutes=40)
    """After how long no further visit is begun."""
    concurrency: int = 256
    """Requests under way at most."""
    all_hosts: HostRule = _FOR_ALL
    """How a host is treated of which nothing else is said."""
    hosts: Mapping[str, HostRule] = field(default_factory=dict)
    allow_network: tuple[str, ...] = ()
    """Networks that may be visited although they are not public, in CIDR notation."""
    deny_network: tuple[str, ...] = ()
    """Networks that are never visited."""
    proxy: str = ""
    """An HTTP proxy that makes the visits: it then looks names up and connects, and must refuse private addresses."""
    probes: tuple[Url, ...] = ()
    """Addresses that always answer: when they do not, the fault is ours."""
    mementos: MementoSettings = _USUAL_COPIES
    """Who is asked for archived copies, and how much."""

    @property
    def rules(self) -> HostRules:
        """The rule of each host."""
        return HostRules(default=self.all_hosts, named=self.hosts)

    @property
    def policy(self) -> AddressPolicy:
        """The addresses that may be visited."""
        return AddressPolicy(self.allow_network, self.deny_network)


def read_audit_settings(*layers: tuple[str, Mapping[str, object]]) -> AuditSettings:
    """Read settings, each layer with the words that name it; raise `InvalidAuditSettings`.

    Of an option that several layers set the last one's value counts, whole.

    >>> read_audit_settings(("a", {"host-rate": "2/s", "hosts": {"Ferry.example": {"skip": True}}})).all_hosts.interval
    0.5
    """
    settings = AuditSettings()
    hosts: object = None
    for where, options in layers:
        for written, value in options.items():
            option = str(written).replace("-", "_")
            if option not in OPTIONS:
                raise InvalidAuditSettings(f"{where}: there is no option {str(written)!r}.{_nearest(option, OPTIONS)}")
            if value is None:
                continue
            if option == "hosts":
                hosts = (where, value)
                continue
            try:
                settings = OPTIONS[option](settings, value)
            except _INVALID as error:
                raise InvalidAuditSettings(f"{where}: {written}: {error}") from error
    if isinstance(hosts, tuple):
        # A host's own options stand on those for all, whichever was read first.
        where, value = hosts
        settings = replace(settings, hosts=_hosts(value, settings.all_hosts, f"{where}: hosts"))
    return settings


_INVALID = (InvalidMementoSettings, InvalidAuditSettings, InvalidDuration, InvalidConfirm, InvalidNetwork)


def parse_rate(text: str) -> float:
    """Read requests in a time, as seconds from one to the next; raise `InvalidAuditSettings`.

    >>> parse_rate("20/s"), parse_rate("30/m"), parse_rate("no limit")
    (0.05, 2.0, 0.0)
    """
    if text.strip().lower() in {"no limit", "unlimited", "none"}:
        return 0.0
    found = _RATE.fullmatch(text.strip())
    number = float(found[1]) if found else 0.0
    if found is None or not number or not math.isfinite(number):
        raise InvalidAuditSettings(f"Not a rate (expected one such as 20/s, 30/m, 100/h, 'no limit'): {text!r}.")
    return _SECONDS[found[2]] / number


_RATE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*/\s*([smh])(?:ec|in|our|econd|inute)?")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def _text(value: object, longest: int = 200) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > longest:
        raise InvalidAuditSettings(f"Expected one line of text, not {value!r}.")
    return value.strip()


def _number(value: object, least: float, most: float) -> float:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else _float(value)
    if number is None or not least <= number <= most:
        raise InvalidAuditSettings(f"Expected a number from {least:g} to {most:g}, not {value!r}.")
    return float(number)


def _float(value: object) -> float | None:
    try:
        return float(str(value).removesuffix("s"))
    except ValueError:
        return None


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidAuditSettings(f"Expected true or false, not {value!r}.")
    return value


def _networks(value: object) -> tuple[str, ...]:
    listed = tuple(_text(item) for item in (value if isinstance(value, list | tuple) else [value]))
    AddressPolicy(listed)
    return listed


def _urls(value: object) -> tuple[Url, ...]:
    found = []
    for item in value if isinstance(value, list | tuple) else [value]:
        url = parse_url(_text(item, 2000))
        if url is None:
            raise InvalidAuditSettings(f"Not an http or https address: {item!r}.")
        found.append(url)
    return tuple(found)


def _for_all(name: str, read: Callable[[object], Any]) -> Callable[[AuditSettings, object], AuditSettings]:
    """Set an option of the rule for all hosts."""

    def change(settings: AuditSettings, value: object) -> AuditSettings:
        return replace(settings, all_hosts=settings.all_hosts._replace(**{name: read(value)}))

    return change


def _own(name: str, read: Callable[[object], Any]) -> Callable[[AuditSettings, object], AuditSettings]:
    def change(settings: AuditSettings, value: object) -> AuditSettings:
        return replace(settings, **{name: read(value)})

    return change


def _connections(value: object) -> int:
    return int(_number(value, 1, 1000))


def _timeout(value: object) -> float:
    return _number(value, 0.1, 600)


def _rate(value: object) -> float:
    return parse_rate(_word(value))


def _duration(value: object) -> timedelta:
    return parse_duration(_word(value))


def _word(value: object) -> str:
    """Give a number as text, too: that its unit is missing is better said than that it is no text."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else _text(value)


def _mementos(value: object) -> MementoSettings:
    return read_memento_settings(_mapping(value, "options of archived copies"))


OPTIONS: Mapping[str, Callable[[AuditSettings, object], AuditSettings]] = {
    "contact": _own("contact", _text),
    "vantage": _own("vantage", lambda value: _text(value, 40)),
    "languages": _own("languages", _text),
    "confirm": _own("confirm", lambda value: parse_confirm(str(value))),
    "max_age": _own("max_age", _duration),
    "budget": _own("budget", _duration),
    "concurrency": _own("concurrency", _connections),
    "timeout": _for_all("timeout", _timeout),
    "host_connections": _for_all("connections", _connections),
    "host_rate": _for_all("interval", _rate),
    "browser_like": _for_all("browser_like", _flag),
    "allow_network": _own("allow_network", _networks),
    "deny_network": _own("deny_network", _networks),
    "proxy": _own("proxy", lambda value: _text(value, 2000)),
    "probes": _own("probes", _urls),
    "mementos": _own("mementos", _mementos),
    "hosts": lambda settings, _value: settings,
}
"""What may be set, and how it is read. TOML's custom of hyphens, `max-age`, is understood."""


def _treat_as(value: object) -> Mapping[int, Verdict]:
    found = {}
    for status, verdict in _mapping(value, "statuses, each with a verdict").items():
        number = int(status) if str(status).isdigit() else 0
        if not 100 <= number <= 999:  # noqa: PLR2004 - a status has three digits
            raise InvalidAuditSettings(f"Not a status (expected 100 to 999): {status!r}.")
        if str(verdict) not in _TREATED:
            raise InvalidAuditSettings(f"Not a verdict: {verdict!r}.{_nearest(str(verdict), _TREATED)}")
        found[number] = Verdict(str(verdict))
    return found


_TREATED = ("live", "dead", "restricted", "unreachable")

HOST_OPTIONS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    "skip": ("skip", _flag),
    "rate": ("interval", _rate),
    "connections": ("connections", _connections),
    "timeout": ("timeout", _timeout),
    "browser_like": ("browser_like", _flag),
    "treat_as": ("treat_as", _treat_as),
    "token_variable": ("token_variable", _text),
}
"""What may be set for one host: the field of its rule, and how it is read."""


def _hosts(value: object, for_all: HostRule, where: str) -> Mapping[str, HostRule]:
    rules = {}
    for written, options in _mapping(value, "hosts, each with its options").items():
        url = parse_url(f"https://{written}/")
        host = host_of(url) if url else ""
        if not host:
            raise InvalidAuditSettings(f"{where}: Not a host: {written!r}.")
        rule = for_all
        for name, setting in _mapping(options, f"options of {written}").items():
            option = name.replace("-", "_")
            if option not in HOST_OPTIONS:
                known = _nearest(option, HOST_OPTIONS)
                raise InvalidAuditSettings(f"{where}: {written}: there is no option {name!r}.{known}")
            attribute, read = HOST_OPTIONS[option]
            try:
                rule = rule._replace(**{attribute: read(setting)})
            except InvalidAuditSettings as error:
                raise InvalidAuditSettings(f"{where}: {written}: {name}: {error}") from error
        rules[host] = rule
    return rules


def _mapping(value: object, expected: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InvalidAuditSettings(f"Expected {expected}, not {value!r}.")
    return {str(key): item for key, item in value.items()}


def _nearest(asked: str, known: Iterable[str]) -> str:
    listed = list(known)
    near = get_close_matches(asked.lower(), listed, 1, 0.5)
    return f" Is {near[0]!r} meant?" if near else f" There are {', '.join(listed)}."
