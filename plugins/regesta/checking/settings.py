"""What an archive sets for the checker: in mkdocs.yml, in pyproject.toml, on the command line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking.patterns import matches_path
from regesta.checking.registry import Selection, UnknownRule, find_codes
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.model.findings import Finding

__all__ = ["NEVER", "OPTIONS", "InvalidSettings", "Settings", "read_settings"]

OPTIONS = ("select", "ignore", "per_file", "severity", "fail_on", "baseline")
"""What may be set. TOML's custom of hyphens, `fail-on`, is understood."""

NEVER = "never"
"""Nothing that is found counts as failure."""


class InvalidSettings(ValueError):
    """A setting that is not known, or has a value that it cannot have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What rules are asked for, and how much they weigh."""

    select: tuple[str, ...] = ()
    """Codes, names or beginnings of codes; none means all rules."""
    ignore: tuple[str, ...] = ()
    per_file: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Codes that are not reported in files, by pattern of their path."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """Weights by code, where they are not the rule's own."""
    fail_on: Severity | None = Severity.ERROR
    """The least weight that counts as failure; none when nothing does."""
    baseline: str | None = None
    """A file; empty for none; None for the one that lies in the archive's folder, if any."""

    @property
    def selection(self) -> Selection:
        """The rules that are run; raise `UnknownRule`."""
        return Selection(self.select, self.ignore)

    def asked(self, *, select: Iterable[str] = (), ignore: Iterable[str] = (), fail_on: str | None = None) -> Settings:
        """Let the command line have its way: rules that it selects are run even where settings ignore them."""
        chosen = tuple(select)
        return replace(
            self,
            select=chosen or self.select,
            ignore=(*(() if chosen else self.ignore), *ignore),
            fail_on=_fail_on(fail_on) if fail_on else self.fail_on,
        )

    def weigh(self, findings: Iterable[Finding], below: str = "") -> list[Finding]:
        """Take out what is not reported in its file, and give the rest its weight.

        `below` is how messages name the folder from which patterns count.
        """
        if not self.per_file and not self.severity:
            return list(findings)
        weighed = []
        for finding in findings:
            path = finding.place.path
            names = {path, path.removeprefix(below)}
            if any(
                finding.rule in codes and any(matches_path(pattern, name) for name in names)
                for pattern, codes in self.per_file.items()
            ):
                continue
            severity = finding.severity if finding.is_settled else self.severity.get(finding.rule, finding.severity)
            weighed.append(finding if severity is finding.severity else replace(finding, severity=severity))
        return weighed

    def fails(self, findings: Iterable[Finding]) -> bool:
        """Tell whether something that counts as failure was found."""
        return any(self.counts(finding) for finding in findings)

    def counts(self, finding: Finding) -> bool:
        """Tell whether a finding counts as failure."""
        return self.fail_on is not None and finding.severity.weight >= self.fail_on.weight


def read_settings(*layers: tuple[str, Mapping[str, object]]) -> Settings:
    """Read settings, each layer with the words that name it; raise `InvalidSettings`.

    Of an option that several layers set the last one's value counts, whole: nothing is merged.

    >>> read_settings(("a", {"ignore": "U"}), ("b", {"ignore": ["F205"], "fail-on": "never"})).ignore
    ('F205',)
    """
    settings = Settings()
    for where, options in layers:
        for written, value in options.items():
            option = str(written).replace("-", "_")
            if option not in OPTIONS:
                raise InvalidSettings(f"{where}: there is no option {str(written)!r}.{_nearest(option, OPTIONS)}")
            if value is None:
                continue
            try:
                settings = _set(settings, option, value)
            except (UnknownRule, InvalidSettings) as error:
                raise InvalidSettings(f"{where}: {written}: {error}") from error
    return settings


def _set(settings: Settings, option: str, value: object) -> Settings:
    match option:
        case "select":
            return replace(settings, select=_codes(value))
        case "ignore":
            return replace(settings, ignore=_codes(value))
        case "per_file":
            listed = _mapping(value, "patterns of paths, each with codes of rules")
            return replace(
                settings, per_file={pattern: frozenset(find_codes(_codes(codes))) for pattern, codes in listed.items()}
            )
        case "severity":
            return replace(settings, severity=_weights(value))
        case "fail_on":
            return replace(settings, fail_on=_fail_on(value))
        case _:
            return replace(settings, baseline=_file(value))


def _codes(value: object) -> tuple[str, ...]:
    """Read `U101`, `U101,F2` or a list of such; raise `UnknownRule` for a code that no rule has."""
    listed = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(item, str) for item in listed):
        raise InvalidSettings(f"Expected codes of rules, such as [U101, F2], not {value!r}.")
    codes = tuple(code.strip() for item in listed for code in str(item).split(",") if code.strip())
    find_codes(codes)
    return codes


def _mapping(value: object, expected: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise InvalidSettings(f"Expected {expected}, not {value!r}.")
    return value


def _weights(value: object) -> Mapping[str, Severity]:
    """Give the weight of each code: what names fewer rules is stronger, `F202` than `F2`."""
    listed = _mapping(value, "codes of rules, each with a weight")
    wanted = [(find_codes([key]), _severity(weight)) for key, weight in listed.items()]
    wanted.sort(key=lambda pair: -len(pair[0]))
    return {code: severity for codes, severity in wanted for code in codes}


def _severity(value: object) -> Severity:
    try:
        return Severity(str(value))
    except ValueError as error:
        names = tuple(severity.value for severity in Severity)
        raise InvalidSettings(f"Not a weight (expected {', '.join(names)}): {value!r}.") from error


def _fail_on(value: object) -> Severity | None:
    return None if value == NEVER else _severity_or_never(value)


def _severity_or_never(value: object) -> Severity:
    names = (*(severity.value for severity in Severity), NEVER)
    if value not in names:
        raise InvalidSettings(f"Expected {', '.join(names)}, not {value!r}.{_nearest(str(value), names)}")
    return Severity(str(value))


def _file(value: object) -> str:
    if value is False:
        return ""
    if not isinstance(value, str):
        raise InvalidSettings(f"Expected the name of a file, or false for none, not {value!r}.")
    return value


def _nearest(asked: str, known: Iterable[str]) -> str:
    listed = list(known)
    near = get_close_matches(asked.lower(), listed, 1, 0.5)
    return f" Is {near[0]!r} meant?" if near else f" There are {', '.join(listed)}."
