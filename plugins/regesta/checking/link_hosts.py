"""U: hosts that cannot be, cannot be reached, or are not what they seem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.mending import defect_flaws
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text

__all__ = ["credentials_in_url", "impossible_host", "mixed_script_host", "private_host"]


@rule(
    "U111",
    "impossible-host",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    The URL standard lets hosts pass that no name server can know: with a comma or a bracket, with two dots in a
    row, with a part of more than 63 letters. A browser tries and fails.

    An underscore, a dot at the end and digits are fine.
    """,
    example="[^2]: <https://www,halvern.example/timetable>",
    fix="Look the address up in the document, and write the host anew.",
)
def impossible_host(text: Text) -> Iterator[Flaw]:
    """The host of an address cannot exist."""
    yield from defect_flaws(text, "U111", hint="Look it up in the document and write the host anew.")


@rule(
    "U112",
    "credentials-in-url",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    `https://name:password@host/` publishes a password, or leads the reader to another host than the one he sees:
    `https://halvern.example@vostrana.example/` goes to `vostrana.example`.
    """,
    example="[^2]: <https://ada:secret@halvern.example/minutes>",
    fix="Take everything from `//` to `@` away. Have a published password changed.",
)
def credentials_in_url(text: Text) -> Iterator[Flaw]:
    """A user name or a password stands in an address."""
    for link, defect in text.defects:
        if defect.code == "U112":
            hint = "Take away what stands between '//' and '@', and have a password changed."
            # The address is not quoted: logs and reports are public more often than briefs.
            yield Flaw(link.span, defect.reason, hint, raw=link.raw, note=link.note)


@rule(
    "U113",
    "private-host",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    `localhost`, an address such as `10.0.0.7` or a name without a dot is known on one machine or in one network.
    Readers elsewhere reach nothing, or something else. The audit never visits it.
    """,
    example="[^2]: <http://intranet/minutes/2024.pdf>",
    fix="Find the public address of the page, or say in words where the document is kept.",
)
def private_host(text: Text) -> Iterator[Flaw]:
    """The host of an address is known in a private network only."""
    yield from defect_flaws(text, "U113", hint="Write its public address, or say in words where it is kept.")


@rule(
    "U114",
    "mixed-script-host",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    A Cyrillic `а` among Latin letters looks like an `a` and is another host: somebody's keyboard was switched, or
    somebody wants to be taken for another. Hosts that are written in one script are never reported, whatever they
    look like.
    """,
    example="[^2]: <https://hаlvern.example/timetable>",
    fix="Write the host by hand, in one script, and open the page.",
)
def mixed_script_host(text: Text) -> Iterator[Flaw]:
    """Letters of two scripts stand in one part of a host."""
    yield from defect_flaws(text, "U114", hint="Write the host by hand, in one script, and open the page.")
