"""U: addresses that are well-formed and probably damaged all the same: the archive knows a likelier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Whole

__all__ = ["suspected_damage"]

_SHOWN = 3


@rule(
    "U116",
    "suspected-damage",
    Severity.INFO,
    Subject.ARCHIVE,
    why="""
    Optical reading, search-and-replace and tired hands change words within an address, and the address stays
    well-formed: `/gauges/` becomes `/gaugues/`, `high-water` becomes `high-wa_ter`. The page is gone for the reader
    all the same.

    It is a suspicion: a folder that one or two links of the archive have, where many links to the same host have one
    that is spelt almost alike; an underscore among hyphens; a word that hyphens take apart letter by letter. All
    occurrences are one finding, with what may be meant, the likeliest first. Nothing is ever written for you.
    """,
    example="""
    [^1]: <https://lissen.example/backgroundunder/low-water>
    [^2]: <https://lissen.example/backgrounder/high-water>
    [^3]: <https://lissen.example/backgrounder/the-dam>
    [^4]: <https://lissen.example/backgrounder/the-ford>
    """,
    fix="Open the page under each of the addresses. Where one of them is right, write it; where yours is, ignore this.",
)
def suspected_damage(whole: Whole) -> Iterator[Flaw]:
    """An address is well-formed, and others of the archive suggest that it is damaged."""
    for suspicion in whole.folders.suspicions():
        first, *others = suspicion.places
        rest = suspicion.times - 1
        also = ", ".join(f"{place.path}:{place.line}" for place in others[:_SHOWN])
        if rest > _SHOWN:
            also += f" and {rest - _SHOWN} more"
        times = f", and {'once' if rest == 1 else f'{rest} times'} elsewhere ({also})" if rest else ""
        candidates = " or ".join(repr(candidate) for candidate in suspicion.candidates)
        yield Flaw(
            first,
            f"{suspicion.segment!r} in an address on {suspicion.host} may be damaged{times}: {suspicion.reason}.",
            f"Perhaps {candidates} is meant. Open the page under both.",
            f"{suspicion.host} {suspicion.segment}",
            raw=suspicion.raw,
            note=suspicion.note,
        )
