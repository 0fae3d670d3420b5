"""All rules, and the choice among them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking import (
    addresses,
    brief_fields,
    briefs,
    entities,
    exceptions,
    footnotes,
    inside_links,
    link_damage,
    link_hosts,
    links,
    live_links,
    record_lines,
    reference_links,
    remarks_on_links,
    suspected,
    torn_links,
    unusable_links,
)
from regesta.checking.rules import Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["RULES", "Selection", "UnknownRule", "find_codes", "find_rule"]


class UnknownRule(ValueError):
    """No rule has such a code or name."""


_FAMILIES = (
    links,
    link_damage,
    link_hosts,
    suspected,
    torn_links,
    unusable_links,
    footnotes,
    briefs,
    inside_links,
    brief_fields,
    addresses,
    exceptions,
    entities,
    live_links,
    record_lines,
    reference_links,
    remarks_on_links,
)

RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in sorted(
        (value for family in _FAMILIES for value in vars(family).values() if isinstance(value, Rule)),
        key=lambda rule: "UFBEL".index(rule.code[0]) * 1000 + int(rule.code[1:]),
    )
}
"""By code, in the order of the reference."""


class Selection:
    """The rules that are asked for."""

    def __init__(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> None:
        """Take codes, names, or beginnings of codes (`U`, `F2`); raise `UnknownRule`. What is ignored stays out."""
        chosen = find_codes(select) or set(RULES)
        self.codes = frozenset(chosen - find_codes(ignore))
        rules = [rule for code, rule in RULES.items() if code in self.codes]
        self.of = {subject: tuple(rule for rule in rules if subject in rule.of) for subject in Subject}
        """The chosen rules for each kind of thing."""


def find_rule(asked: str) -> Rule:
    """Give the rule of a code or a name; raise `UnknownRule` that names the nearest."""
    for rule in RULES.values():
        if asked.upper() == rule.code or asked.lower() == rule.name:
            return rule
    raise UnknownRule(f"There is no rule {asked!r}.{_nearest(asked)}")


def find_codes(asked: Iterable[str]) -> set[str]:
    """Give the codes that codes, names or beginnings of codes mean; raise `UnknownRule`."""
    found: set[str] = set()
    for item in asked:
        matching = {
            code
            for code, rule in RULES.items()
            if (item and code.startswith(item.upper())) or item.lower() == rule.name
        }
        if not matching:
            raise UnknownRule(f"There is no rule {item!r}.{_nearest(item)}")
        found |= matching
    return found


def _nearest(asked: str) -> str:
    # The letter O is the commonest slip in a code; by letters alone all codes of a family are alike.
    if (code := asked.upper().replace("O", "0").replace("I", "1")) in RULES:
        return f" Is {code!r} meant?"
    known = [*RULES, *(rule.name for rule in RULES.values())]
    near = get_close_matches(asked.upper(), known, 1, 0.5) or get_close_matches(asked.lower(), known, 1, 0.5)
    return f" Is {near[0]!r} meant?" if near else " 'regesta rule' lists them all."
