"""L: addresses that were visited and have lost what they led to, or lead elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.link_evidence import flaws, known_since
from regesta.checking.rules import Subject, rule
from regesta.model.findings import Severity
from regesta.model.urls import parse_url
from regesta.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.link_evidence import Stated
    from regesta.checking.rules import Flaw

__all__ = ["dead", "failing", "insecure", "moved", "soft_404", "unreachable"]


@rule(
    "L501",
    "dead",
    Severity.ERROR,
    Subject.LINK_STATE,
    why="""
    The reader can no longer see what the sentence rests on. An address is called dead when its server says that there
    is no such page (404, 410), when there is no such host any more, or when its redirects lead nowhere; and only when
    several visits on different days have found so.

    With an archived copy or a new address on record it is a warning: the reader still gets the source. `severity` in
    the settings makes all weigh alike.
    """,
    example="[^2]: Harbour Board, <https://board.example/gone.html>    # 404 on three visits in March",
    fix="""
    Cite the archived copy beside the address; the hint names it where there is one. Otherwise look for the page at
    another address, and note it in `decisions.yml`: `replaced_by` for the page itself, `memento` for a copy. If it is
    there after all, note `say: live` with the reason.
    """,
)
def dead(stated: Stated) -> Iterator[Flaw]:
    """The page of a link is gone."""
    if stated.state.verdict is Verdict.DEAD:
        yield from flaws(stated, known_since(stated.state, "is dead"), severity=_gone_weight(stated))


def _gone_weight(stated: Stated) -> Severity | None:
    """Weigh a page that is gone: where a copy or its new address is known the reader is helped, and nobody woken."""
    return Severity.WARNING if stated.state.is_archived or stated.state.replaced_by else None


@rule(
    "L502",
    "failing",
    Severity.INFO,
    Subject.LINK_STATE,
    why="""
    The last visits found what a dead link looks like. Servers are moved, certificates are renewed a day late, whole
    networks fail for a night: until several visits over several days agree, nothing is certain.
    """,
    example="[^2]: Harbour Board, <https://board.example/notice.html>    # 404 yesterday, fine the week before",
    fix="Nothing yet. The next audits confirm it, and report it as dead, or take it back.",
)
def failing(stated: Stated) -> Iterator[Flaw]:
    """A link seems to be dead, and that is not confirmed yet."""
    if stated.state.verdict is Verdict.FAILING:
        message = known_since(stated.state, "seems to be gone")
        yield from flaws(stated, message, "Wait: further visits confirm it or take it back.")


@rule(
    "L503",
    "moved",
    Severity.WARNING,
    Subject.LINK_STATE,
    why="""
    The server leads to another address for good, and the page is there. Such signposts are taken down sooner or later,
    mostly with the next new site, and then the link is dead.

    The same page by `https`, with `www.` or with a last slash has not moved, and a redirect to a home page is not
    called a move.
    """,
    example="[^2]: Harbour Board, <http://board.example/old/notice.html>    # 301 to /notices/2021/7/",
    fix="See whether the new page is the one that is meant, and write its address.",
)
def moved(stated: Stated) -> Iterator[Flaw]:
    """A link leads for good to another address."""
    state = stated.state
    if state.verdict is Verdict.MOVED:
        new = parse_url(state.replaced_by) or parse_url(state.final_url)
        message = known_since(state, "has moved")
        hint = f"Write {new!r} if that is the same page." if new else "See where it leads, and write that address."
        yield from flaws(stated, message, hint)


@rule(
    "L504",
    "soft-404",
    Severity.ERROR,
    Subject.LINK_STATE,
    why="""
    The server answers as if all were well, but the page is gone: it shows "not found" in words, the home page, or an
    offer to buy the domain. A program that only looks at the status takes it for a live page, and so does an archive.
    It is reported only when several visits on different days have found so.

    With an archived copy on record it is a warning, as for dead links.
    """,
    example="[^2]: Harbour Board, <https://board.example/notice.html>    # 200, and the title is: Page not found",
    fix="""
    As for dead links: cite the archived copy, or find the new address and note it in `decisions.yml`. If the page is
    there after all, note `say: live`.
    """,
)
def soft_404(stated: Stated) -> Iterator[Flaw]:
    """A link is answered, and its page is gone."""
    if stated.state.verdict is Verdict.SOFT_404:
        message = known_since(stated.state, "answers, but the page is gone")
        yield from flaws(stated, message, severity=_gone_weight(stated))


@rule(
    "L506",
    "insecure",
    Severity.WARNING,
    Subject.LINK_STATE,
    why="""
    The server's certificate has expired, is made out to another host, or nobody vouches for it. Browsers warn readers
    off, and nobody can say that what is shown there is still the source.
    """,
    example="[^2]: Harbour Board, <https://board.example/>    # the certificate ended on 3 February",
    fix="""
    Wait some days: many are renewed late. If it stays, look at the page in spite of the warning, cite its archived
    copy, or note in `decisions.yml` what you found.
    """,
)
def insecure(stated: Stated) -> Iterator[Flaw]:
    """A link's server cannot prove that it is who it says."""
    if stated.state.verdict is Verdict.INSECURE:
        yield from flaws(stated, known_since(stated.state, "is insecure"))


_LONG, _OFTEN = 30, 5


@rule(
    "L510",
    "unreachable",
    Severity.WARNING,
    Subject.LINK_STATE,
    why="""
    No answer, or one that says that the server is in trouble. That is no evidence of death, however often it is seen:
    some servers do not answer programs, or not from where the audit runs. After 30 days and five visits it is reported
    all the same, since a reader may have no better luck.
    """,
    example="[^2]: Harbour Board, <https://board.example/>    # no answer since February, eight visits",
    fix="""
    Open it yourself, from another network if you can. Cite its archived copy, or note in `decisions.yml` what you
    found: `say: live` or `say: dead`.
    """,
)
def unreachable(stated: Stated) -> Iterator[Flaw]:
    """A link has not been answered for 30 days and five visits."""
    state = stated.state
    record = state.record
    if state.verdict is not Verdict.UNREACHABLE or record is None or state.is_by_hand:
        return
    # Once it was seen five times the record stands still: how long that is ago, only today's date can say.
    until = stated.today or state.checked
    if record.failures >= _OFTEN and until and (until - record.since).days >= _LONG:
        yield from flaws(stated, known_since(state, "gives no answer"))
