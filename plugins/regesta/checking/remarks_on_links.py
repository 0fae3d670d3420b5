"""L, continued: addresses of which nobody can say more, that were not visited, or that no archive has kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking.link_evidence import copy_for, flaws, known_since, place_of
from regesta.checking.rules import Flaw, Subject, rule
from regesta.model.findings import Severity
from regesta.model.link_forms import LinkForm
from regesta.model.link_states import MementoState
from regesta.model.verdicts import Verdict
from regesta.model.wording import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.link_evidence import Stated
    from regesta.model.link_states import Cited, LinkState

__all__ = ["no_memento", "refused", "restricted", "stale"]


@rule(
    "L505",
    "restricted",
    Severity.INFO,
    Subject.LINK_STATE,
    why="""
    The server turns programs away, or asks for a password or a subscription. The page may well be there for a person,
    so this is never counted as rot; but nobody has seen it either.
    """,
    example="[^2]: Harbour Board, <https://board.example/members/7>    # 403 to every program",
    fix="""
    Open it yourself if the note matters, and write in `decisions.yml` what you saw: `say: live` or `say: dead`, with
    your name and the day. An archived copy makes it verifiable.
    """,
)
def restricted(stated: Stated) -> Iterator[Flaw]:
    """A link turns programs away, and only a person can say whether its page is there."""
    state = stated.state
    if state.verdict is not Verdict.RESTRICTED:
        return
    message = known_since(state, "turns programs away")
    for cited in state.cited_by:
        if cited.is_visited:
            hint = f"An archived copy is at {copy!r}." if (copy := copy_for(state, cited)) else _LOOK
            yield Flaw(place_of(cited), message, hint, raw=cited.link.raw, note=cited.link.note)


_LOOK = "Open it yourself, and note in decisions.yml what you saw."


@rule(
    "L508",
    "no-memento",
    Severity.INFO,
    Subject.LINK_STATE,
    why="""
    The web archive was asked and has no copy. While the page is there, one can be made; once it is gone, what it said
    is lost for good.

    Where no archive was asked yet, nothing is reported.
    """,
    example="[^2]: Harbour Board, <https://board.example/notice.html>    # live, and no archive has it",
    fix="""
    `regesta save` asks the archive to keep the live ones. A copy that you know of elsewhere goes into `decisions.yml`
    as `memento`.
    """,
)
def no_memento(stated: Stated) -> Iterator[Flaw]:
    """No archive has a copy of a link's page."""
    state = stated.state
    if state.is_archived or state.memento.state is not MementoState.NONE:
        return
    hint = "If you know of one, note it in decisions.yml as 'memento'." if state.verdict.is_gone else _SAVE
    yield from flaws(stated, f"{state.written!r} has no archived copy: an archive was asked, and has none.", hint)


_SAVE = "Have one made while the page is there: 'regesta save'."


@rule(
    "L509",
    "stale",
    Severity.INFO,
    Subject.LINK_STATE,
    why="""
    What is on record was true when it was last looked at. A link that no audit has visited for twice as long as it
    should (56 days where nothing else is set; twice that for one that is gone) says little about today: the audit
    does not run, or always ends before its turn.

    The rule needs today's date: `--now` gives another one.
    """,
    example="[^2]: Harbour Board, <https://board.example/notice.html>    # last visited in March, and it is June",
    fix="See that the audit runs: `regesta audit` visits what is due, with `--budget` the longest due first.",
)
def stale(stated: Stated) -> Iterator[Flaw]:
    """A link has not been visited for a long time."""
    state = stated.state
    if stated.today is None or state.checked is None or state.is_by_hand or state.verdict is Verdict.REFUSED:
        return
    # An audit itself leaves dead links alone for twice as long.
    allowed = stated.max_age * (4 if state.verdict.is_gone else 2)
    if stated.today - state.checked > allowed:
        message = f"{state.written!r} was last visited on {day_words(state.checked)}."
        yield from flaws(stated, message, "Run 'regesta audit'.")


@rule(
    "L511",
    "refused",
    Severity.INFO,
    Subject.LINK_STATE,
    why="""
    No audit visits a link that is defanged, that no browser can read, that is no http(s) address, or that leads into a
    private network. Nothing is known of it, and it counts neither as live nor as dead.

    Links within the archive (relative addresses, `entity:`) are no such links: `regesta check` looks at them.
    """,
    example="[^2]: Harbour Board, <https://board(.)example/notice.html>    # defanged: never visited",
    fix="""
    Where `regesta check` says what is wrong with its form, mend that. A defanged link becomes one that is visited when
    somebody has decided that it is safe: `say: refang` in `decisions.yml`.
    """,
)
def refused(stated: Stated) -> Iterator[Flaw]:
    """A link is not visited."""
    state = stated.state
    for cited in state.cited_by:
        if cited.is_visited:
            if state.verdict is not Verdict.REFUSED:
                continue
            message = known_since(state, "is not visited")
        elif state.decision and state.decision.say == "keep-defanged":
            who = f" by {state.decision.by}" if state.decision.by else " by a decision"
            message = f"{cited.link.raw!r} is kept defanged{who}, and is not visited."
            yield Flaw(place_of(cited), message, "Nothing is to be done.", raw=cited.link.raw, note=cited.link.note)
            continue
        elif not cited.is_within:
            message = f"{cited.link.raw!r} is not visited. {_why(state, cited)}"
        else:
            continue
        yield Flaw(place_of(cited), message, _WAYS.get(cited.link.form, ""), raw=cited.link.raw, note=cited.link.note)


def _why(state: LinkState, cited: Cited) -> str:
    return cited.link.reason or state.reason


_MEND = "'regesta check' says what is wrong with it."
_WAYS = {
    LinkForm.DEFANGED: "Only a person can say whether it is safe: 'regesta rule U101' tells how.",
    LinkForm.MALFORMED: _MEND,
    LinkForm.DAMAGED: _MEND,
    LinkForm.EMPTY: _MEND,
}
