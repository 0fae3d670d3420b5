"""U: what links look like, judged offline from their text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.refanging import refanged
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.defanging import refang
from regesta.model.findings import Severity
from regesta.model.link_forms import LinkForm
from regesta.model.urls import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text
    from regesta.model.decisions import Decision
    from regesta.model.urls import Url

__all__ = ["defanged_link", "empty_link", "invalid_url"]


@rule(
    "U101",
    "defanged-link",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    Reports write a dangerous address as `hxxps://` or with `[.]` so that nobody clicks it. A reader who wants the
    source then has no link, and a program that does not know the custom visits a host that does not exist. Many
    such addresses are copied by mistake and are harmless; which is the case only a person can say.

    URL parsers are no help: `https://example(.)org/` passes them.
    """,
    example="[^2]: <https://example(.)org/a>",
    fix="""
    If the address is safe, write it as the hint shows. If it is not, leave it: the site shows it as plain text and
    no visit is ever made. Note that decision in `decisions.yml` (`say: keep-defanged`) and acknowledge the finding
    in a baseline.
    """,
)
def defanged_link(text: Text) -> Iterator[Flaw]:
    """A link is rewritten so that it cannot be clicked."""
    decisions = text.context.decisions
    for link, judgement in text.suspects:
        if judgement.form is not LinkForm.DEFANGED:
            continue
        meant = judgement.url
        message = f"{link.raw!r} is rewritten so that it cannot be clicked."
        decision = decisions.on(meant) if decisions and meant else None
        hint = _way_out(link.text, meant, decision)
        fix = refanged(link, meant, text.document.cleaned.source, decision) if meant else None
        yield Flaw(link.span, message, hint, raw=link.raw, note=link.note, fix=fix)


def _way_out(written: str, meant: Url | None, decision: Decision | None) -> str:
    if meant is None:
        bare = refang(written)
        if parse_url(f"https://{bare}"):
            return f"It means {bare!r}, without a scheme. If that is safe to visit, write it so."
        return "No address can be made of it with certainty. Look it up in the document."
    if decision and decision.say == "keep-defanged":
        who = f" by {decision.by}" if decision.by else ""
        return f"It means {meant!r}. A decision{who} keeps it defanged; a baseline acknowledges the finding."
    if decision and decision.say == "refang":
        who = f" by {decision.by}" if decision.by else ""
        return f"It means {meant!r}. A decision{who} allows it: --fix writes it so."
    return f"It means {meant!r}. If that is safe to visit, write it so."


@rule(
    "U102",
    "invalid-url",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    No browser can open the address: the URL standard's parser refuses it. Mostly something was lost or added when
    the text was copied.
    """,
    example="[^2]: <https://exa mple.org:port/>",
    fix="Look the address up in the document, or search for the page's title, and write it anew.",
)
def invalid_url(text: Text) -> Iterator[Flaw]:
    """A link is meant as http or https, and no browser can read it."""
    for link, judgement in text.suspects:
        if judgement.form is LinkForm.MALFORMED:
            message = f"{link.raw!r} is no address that a browser can open."
            yield Flaw(
                link.span, message, "Look it up in the document and write it anew.", raw=link.raw, note=link.note
            )


@rule(
    "U109",
    "empty-link",
    Severity.ERROR,
    Subject.TEXT,
    why="A link without an address leads the reader back to the page he is on. The source that it should name is lost.",
    example="[^6]: [the stamp](#)",
    fix="Write the address between the brackets, or take the brackets away.",
)
def empty_link(text: Text) -> Iterator[Flaw]:
    """A link has no address."""
    for link, judgement in text.suspects:
        if judgement.form is LinkForm.EMPTY:
            words = f" {link.words!r}" if link.words else ""
            kind = "image" if link.style == "image" else "link"
            yield Flaw(
                link.outer,
                f"The {kind}{words} has no address.",
                "Write the address between its brackets.",
                raw=link.raw,
                note=link.note,
            )
