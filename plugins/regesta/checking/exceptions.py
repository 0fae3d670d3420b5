"""B, continued: the exceptions that an archive makes to rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.exemptions import Exemption

__all__ = ["Exceptions", "expired_exception", "invalid_exception", "unused_exception"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """All exceptions of an archive, and what has become of them in a run."""

    all: tuple[Exemption, ...]
    unknown: tuple[tuple[Exemption, str], ...] = ()
    """Those that name a rule which does not exist, with the words that say so."""
    expired: tuple[Exemption, ...] = ()
    unused: tuple[Exemption, ...] = ()
    """Those that held nothing back, where all was looked at that they could hold back."""


@rule(
    "B317",
    "invalid-exception",
    Severity.ERROR,
    Subject.EXCEPTIONS,
    why="""
    An exception hides a finding. Without a reason nobody can tell later whether it still stands; one that names no
    rule, or neither a file nor a link, is a slip of the pen, and holds nothing back.
    """,
    example='- {rule: U101, link: "https://a(.)example/b"}    # in exceptions.yml, without a why',
    fix="""
    Give it `rule`, at least one of `path` and `link`, and `why`; if it is to end, `until` with the last day on which
    it holds.
    """,
)
def invalid_exception(exceptions: Exceptions) -> Iterator[Flaw]:
    """An exception gives no reason, or cannot be understood."""
    unknown = {exemption.place.offset: words for exemption, words in exceptions.unknown}
    for exemption in exceptions.all:
        subject = str(exemption)
        for words in exemption.wrong:
            yield Flaw(exemption.place, f"The exception {words}.", "Correct it: it holds nothing back.", subject)
        if exemption.place.offset in unknown:
            yield Flaw(exemption.place, unknown[exemption.place.offset], "Correct it: it holds nothing back.", subject)
        if not exemption.why:
            yield Flaw(exemption.place, "The exception gives no reason.", "Add 'why:'.", subject)


@rule(
    "B318",
    "expired-exception",
    Severity.WARNING,
    Subject.EXCEPTIONS,
    why="""
    An exception with an end was meant to be looked at again. From the day after it on its findings are reported again.
    A build has no today: there it holds on, so that a site does not change by itself over night.
    """,
    example='- {rule: U101, link: "https://a(.)example/b", why: the page moves in spring, until: 2021-04-30}',
    fix="Mend what it was made for and delete it, or give it a later `until`.",
)
def expired_exception(exceptions: Exceptions) -> Iterator[Flaw]:
    """An exception has ended."""
    for exemption in exceptions.expired:
        yield Flaw(
            exemption.place,
            f"The exception from {', '.join(exemption.rules)} ended on {exemption.until}.",
            "Delete it, or give it a later 'until:'.",
            str(exemption),
        )


@rule(
    "B319",
    "unused-exception",
    Severity.INFO,
    Subject.EXCEPTIONS,
    why="""
    What it was made for is mended, or its path or link is mistyped. Left alone, it may hide a finding of tomorrow.
    """,
    example="- {rule: F205, path: briefs/2020/deleted.md, why: an interview}",
    fix="Delete it, or correct its path or link.",
)
def unused_exception(exceptions: Exceptions) -> Iterator[Flaw]:
    """An exception holds nothing back."""
    for exemption in exceptions.unused:
        yield Flaw(
            exemption.place,
            f"The exception from {', '.join(exemption.rules)} holds nothing back.",
            "Delete it, or correct its path or link.",
            str(exemption),
        )
