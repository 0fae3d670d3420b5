"""Identifiers of authorities: their form, and the check digit where there is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AUTHORITIES", "Authority", "problem_with"]


class Authority(NamedTuple):
    """How one authority writes its identifiers."""

    form: re.Pattern[str]
    example: str
    is_sound: Callable[[str], bool] = lambda _identifier: True
    """Whether the check digit is right."""


def problem_with(authority: str, identifier: str) -> str:
    """Say what is wrong with an identifier, or nothing. An authority that we do not know is not judged.

    >>> problem_with("wikidata", "Q2866"), problem_with("wikidata", "2866")
    ('', 'is not of the form that wikidata uses')
    """
    known = AUTHORITIES.get(authority)
    if known is None:
        return ""
    if not known.form.fullmatch(identifier):
        return f"is not of the form that {authority} uses"
    return "" if known.is_sound(identifier) else "has a wrong check digit"


def _mod_11_2(identifier: str) -> bool:
    """ISO/IEC 7064 MOD 11-2, as ISNI and ORCID use it."""
    digits = re.sub(r"[ -]", "", identifier)
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return _check_character((12 - total % 11) % 11) == digits[-1]


def _gnd(identifier: str) -> bool:
    """Weighted sum modulo 11. Numbers with a hyphen are weighed from the right, https://www.wikidata.org/wiki/Property:P227."""
    digits, _, check = identifier.partition("-")
    if not check:
        digits, check = identifier[:-1], identifier[-1]
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), 2))
    return _check_character(-total % 11) == check or _check_character(total % 11) == check


def _ror(identifier: str) -> bool:
    """Crockford's base 32 and two digits of ISO/IEC 7064 MOD 97-10."""
    number = 0
    for letter in identifier[:-2]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return 98 - (number * 100) % 97 == int(identifier[-2:])


def _check_character(value: int) -> str:
    return "X" if value == len("0123456789") else str(value)


_SIXTEEN = r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dX]"

AUTHORITIES = {
    "wikidata": Authority(re.compile(r"Q[1-9]\d*", re.ASCII), "Q2866"),
    "viaf": Authority(re.compile(r"[1-9]\d{1,21}", re.ASCII), "102333412"),
    "gnd": Authority(
        re.compile(r"1[0-3]?\d{7}[\dX]|[47]\d{6}-\d|[1-9]\d{0,7}-[\dX]|3\d{7}[\dX]", re.ASCII), "118540238", _gnd
    ),
    "isni": Authority(re.compile(_SIXTEEN, re.ASCII), "0000 0001 2281 955X", _mod_11_2),
    "orcid": Authority(re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII), "0000-0002-1825-0097", _mod_11_2),
    "ror": Authority(re.compile(r"0[0-9a-hj-km-np-tv-z]{6}\d\d", re.ASCII), "05dxps055", _ror),
    "lcnaf": Authority(re.compile(r"n[a-z]{0,2}\d{8,10}", re.ASCII), "n79021164"),
    "geonames": Authority(re.compile(r"[1-9]\d{0,9}", re.ASCII), "625144"),
}
"""By the name that stands under `same_as`."""
