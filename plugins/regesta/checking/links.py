"""U: what links look like, judged offline from their text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.mending import written
from regesta.checking.refanging import refanged
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.defanging import is_defanged, refang
from regesta.model.findings import Fix, Severity
from regesta.model.link_forms import judge_link, url_meant
from regesta.model.link_words import differs_from
from regesta.model.links import is_remark
from regesta.model.urls import parse_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text
    from regesta.model.decisions import Decision
    from regesta.model.urls import Url

__all__ = ["defanged_link", "empty_link", "invalid_url", "label_differs", "missing_scheme"]


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
    If the address is safe, write it as the hint shows, or note in `decisions.yml` that it is (`say: refang`) and let
    `--fix` write it. If it is not, leave it: the site shows it as plain text and no visit is ever made. Note that
    decision too (`say: keep-defanged`): it settles the finding, which then is a remark that names who decided.

    Without such a decision nothing is written for you, not even by `--fix --unsafe`.
    """,
)
def defanged_link(text: Text) -> Iterator[Flaw]:
    """A link is rewritten so that it cannot be clicked."""
    decisions = text.context.decisions
    for link, defect in text.defects:
        if defect.code != "U101":
            continue
        meant = judge_link(link.text).url
        # A decision on a host holds for one that stands without a scheme as well.
        known = meant or url_meant(link.text)
        decision = decisions.on(known) if decisions and known else None
        hint = _way_out(link.text, meant, decision)
        if decision and decision.say == "keep-defanged":
            message = f"{link.raw!r} is kept defanged{_decided(decision)}."
            yield Flaw(link.span, message, hint, raw=link.raw, note=link.note, severity=Severity.INFO, is_settled=True)
            continue
        message = f"{link.raw!r} is rewritten so that it cannot be clicked."
        fix = refanged(link, meant, text.document.cleaned.source, decision) if meant else None
        yield Flaw(link.span, message, hint, raw=link.raw, note=link.note, fix=fix)


def _decided(decision: Decision) -> str:
    """Say who decided, and when."""
    who = f" by {decision.by}" if decision.by else " by a decision"
    return f"{who}, {decision.on.isoformat()}" if decision.on else who


def _way_out(written_as: str, meant: Url | None, decision: Decision | None) -> str:
    if decision and decision.say == "keep-defanged":
        return f"It means {meant!r}. Nothing is to be done." if meant else "Nothing is to be done."
    if meant is None:
        bare = refang(written_as)
        if parse_url(bare) and not is_defanged(bare):
            # An address within another, such as archives have, is nothing that is written without a look.
            return f"It means {bare!r}. If that is safe to visit, write it so."
        if "://" not in bare and parse_url(f"https://{bare}"):
            return f"It means {bare!r}, without a scheme. If that is safe to visit, write it so."
        return "No address can be made of it with certainty. Look it up in the document."
    who = f" by {decision.by}" if decision and decision.by else ""
    if decision and decision.say == "refang":
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

    Where another rule says what it is (a misspelt scheme, a quotation mark before the address, an invisible
    character), that rule reports and this one does not.
    """,
    example="[^2]: <https://exa mple.org:port/>",
    fix="Look the address up in the document, or search for the page's title, and write it anew.",
)
def invalid_url(text: Text) -> Iterator[Flaw]:
    """A link is meant as http or https, and no browser can read it."""
    for link, defect in text.defects:
        if defect.code == "U102":
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
    for link, defect in text.defects:
        if defect.code == "U109" and not is_remark(link):
            words = f" {link.words!r}" if link.words else ""
            kind = "image" if link.style == "image" else "link"
            yield Flaw(
                link.outer,
                f"The {kind}{words} has no address.",
                "Write the address between its brackets.",
                raw=link.raw,
                note=link.note,
            )


@rule(
    "U110",
    "missing-scheme",
    Severity.WARNING,
    Subject.TEXT,
    why="""
    Without `https://` an address is taken for a file beside the brief: the link leads to a page of this site that
    does not exist. In the running text it is no link at all.

    A name that may be a file (`about.md`) is not reported.
    """,
    example="[^2]: [the timetable](www.halvern.example/timetable)",
    fix="Write `https://` before it, and see whether the page opens. Old sites know only `http://`.",
)
def missing_scheme(text: Text) -> Iterator[Flaw]:
    """A link begins with a host and has no scheme."""
    there = {link for link, _ in text.inside}
    for link, defect in text.defects:
        if defect.code == "U110" and link.style != "image" and not link.text.endswith(".md") and link not in there:
            replacement = written(defect.mended, link.style)
            yield Flaw(
                link.span,
                f"{link.raw!r} has no scheme.",
                f"Write {defect.mended!r} if that opens the page.",
                raw=link.raw,
                note=link.note,
                fix=Fix(replacement=replacement, safe=False) if replacement else None,
            )


@rule(
    "U115",
    "label-differs",
    Severity.ERROR,
    Subject.TEXT,
    why="""
    The reader sees one address and is led to another. Mostly a link was copied together with words from elsewhere;
    at worst someone wants to mislead.

    An archived copy of the page, a redirect that names it, a shortened address and other letter case are the same
    address. Words that only name a host are held against the host.
    """,
    example="[https://halvern.example/timetable](https://vostrana.example/news)",
    fix="Find out which of the two is meant, and write it in both places, or use a title for the words.",
)
def label_differs(text: Text) -> Iterator[Flaw]:
    """The words of a link are another address than the one it leads to."""
    if text.is_withdrawn:
        return
    for link in text.document.links:
        if link.style in _WITH_WORDS and differs_from(link.words, judge_link(link.text).url):
            yield Flaw(
                link.outer,
                f"The words say {link.words!r}, the link leads to {link.text!r}.",
                "Write the one that is meant in both places.",
                raw=link.raw,
                note=link.note,
            )


_WITH_WORDS = frozenset({"inline", "reference"})
