"""Footnotes on a page: the marks in the text, and the list with the ways back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.model.footnotes import shown_labels
from regesta.pages.html import attribute, text
from regesta.pages.languages.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.footnotes import Footnote
    from regesta.pages.languages.language import Language

__all__ = ["NotesWriter", "is_number", "label_html"]


def is_number(shown: str) -> bool:
    """Say whether a list can count so."""
    return shown.isascii() and shown.isdigit() and len(shown) <= _DIGITS and (shown == "0" or shown[0] != "0")


_DIGITS = 9
"""Of a number that a list can have: above it browsers count from anew."""


def label_html(shown: str) -> str:
    """Write a note's label in front of it, where a list cannot count so: `2a`, `iv`, `*`."""
    return f'<span class="rg-label">{text(shown)}</span> '


class NotesWriter:
    """Numbers the notes of one text. The ids are ours: an author's label could be the id of a part of the theme."""

    def __init__(
        self,
        footnotes: Sequence[Footnote],
        dead: Mapping[str, tuple[int, int]] | None = None,
        language: Language = ENGLISH,
    ) -> None:
        """Take the notes in the order in which they are listed, and how many links of how many are dead in each."""
        self._dead = dead or {}
        self._language = language
        self._order = {note.label: number for number, note in enumerate(footnotes, 1)}
        self._shown = shown_labels([note.label for note in footnotes])
        self._numbered = all(map(is_number, self._shown.values()))
        self._seen: dict[str, int] = {}

    def reference(self, label: str) -> str:
        """Write a mark that leads to a note; without such a note, the words as they stand."""
        number = self._order.get(label)
        if number is None:
            return text(f"[^{label}]")
        times = self._seen[label] = self._seen.get(label, 0) + 1
        identifier = f"fnref-{number}" if times == 1 else f"fnref-{number}-{times}"
        shown = self._shown[label]
        cross = ""
        if label not in self._dead:
            words = self._language.say("Note {label}", label=shown)
        else:
            dead, links = self._dead[label]
            words = self._language.say_n(
                "Note {label}, {dead} of {n} link dead",
                "Note {label}, {dead} of {n} links dead",
                links,
                label=shown,
                dead=self._language.number(dead),
            )
            cross = '<span class="rg-cross" aria-hidden="true">✕</span>'
        return (
            f'<sup id="{identifier}"><a class="footnote-ref" href="#fn-{number}" role="doc-noteref"'
            f' aria-label="{attribute(words)}">{text(shown)}{cross}</a></sup>'
        )

    def listing(self, written: Mapping[str, Sequence[str]]) -> str:
        """Write the list of notes, each with the ways back to the text. `written` is the HTML of each, by label."""
        if not self._order:
            return ""
        items = "".join(
            self._item(label, number, "".join(written.get(label, ()))) for label, number in self._order.items()
        )
        tag = "ol" if self._numbered else 'ul class="rg-labelled"'
        return (
            '<section class="footnote rg-notes" role="doc-endnotes" aria-labelledby="notes">\n'
            f'<h2 id="notes">{text(self._language.say("Notes"))}</h2>\n<{tag}>\n{items}</{tag[:2]}>\n</section>\n'
        )

    def _item(self, label: str, number: int, html: str) -> str:
        shown = self._shown[label]
        html = html.rstrip()
        backs = "".join(self._back(number, shown, times) for times in range(1, self._seen.get(label, 0) + 1))
        html = f"{html[: -len('</p>')]}{backs}</p>" if html.endswith("</p>") else f"{html}<p>{backs}</p>"
        if self._numbered:
            return f'<li id="fn-{number}" value="{int(shown)}">{html}</li>\n'
        return f'<li id="fn-{number}">{label_html(shown)}{html}</li>\n'

    def _back(self, number: int, shown: str, times: int) -> str:
        if times == 1:
            suffix, words = "", self._language.say("Back to note {label} in the text", label=shown)
        else:
            suffix = f"-{times}"
            words = self._language.say("Back to note {label} in the text, {times}", label=shown, times=times)
        words = attribute(words)
        return (
            f' <a class="footnote-backref" href="#fnref-{number}{suffix}" role="doc-backlink"'
            f' title="{words}" aria-label="{words}">↩</a>'
        )
