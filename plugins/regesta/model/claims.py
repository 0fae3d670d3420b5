"""Claims: the sentences of a text that rest on its notes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.model.sentences import sentence_around, sentence_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.model.blocks import Block
    from regesta.model.footnotes import Footnote

__all__ = ["Claim", "note_claims"]


class Claim(NamedTuple):
    """A place in the text that points to a source. Its sentence is cut out when somebody asks for it."""

    text: str
    """Of the block of text, so that a paragraph with ten notes is kept once."""
    at: int
    """The character before which the pointer stands."""
    number: int
    """Of the paragraph, as its address counts; 0 where it has none."""

    @property
    def sentence(self) -> str:
        """The sentence that the pointer belongs to: one that stands at the end of a sentence belongs to that one.

        >>> Claim("The ferry sank. Nobody drowned.", 15, 1).sentence
        'The ferry sank.'
        >>> Claim("The ferry sank. Nobody drowned.", 16, 1).sentence
        'The ferry sank.'
        """
        if not self.text:
            return ""
        # What is being proven stands before its note, also where a blank or a line end has come between.
        before = max(self.at - 1, 0)
        return sentence_around(self.text, before, before)[0].strip()

    @property
    def start(self) -> int:
        """The character of the text at which that sentence begins."""
        return sentence_start(self.text, max(self.at - 1, 0)) if self.text else 0


def note_claims(footnotes: Sequence[Footnote], blocks: Sequence[Block]) -> Mapping[str, tuple[Claim, ...]]:
    """Give the claims that rest on each note, by its label, in reading order.

    What points to a note from within another is no claim.
    """
    return {
        note.label: claims
        for note in footnotes
        if (
            claims := tuple(
                Claim(block.text, reference.char, block.number)
                for reference in note.references
                # A reference that stands alone names the block that comes next.
                if reference.note is None
                and 0 <= reference.block < len(blocks)
                and reference.span.start < (block := blocks[reference.block]).span.end
                and reference.span.start >= block.span.start
            )
        )
    }
