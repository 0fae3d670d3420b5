"""Documents as conversions leave them, made at random: pages, headers, marks, notes, cut words and addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

__all__ = ["Generated", "generate"]

_WORDS = "harbour board council international fish quota boats mole well-known dredger winter order market crew".split()
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = ("*", "†", "‡", "**", "††", "‡‡")
_WIDTH = 90
_HEADER = "Norland Institute" + " " * 40 + "The Price of Roe"


@dataclass
class Generated:
    """A document, and what is true of it."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    """A word of each note, in the order of the marks that lead to them."""
    urls: list[str] = field(default_factory=list)
    """The addresses that are certain."""


def generate(random: Random) -> Generated:
    """Make a document; what is certain in it for a reader must be so for the importer."""
    out = Generated()
    style = random.choice(("glued", "bracketed", "sup", "raised", "sign"))
    restarts = style == "sign" or random.random() < 0.6
    at_end = style != "sign" and random.random() < 0.3
    has_header, feed = random.random() < 0.5, random.choice(("\n\n", "\n\f"))
    pages: list[str] = []
    endnotes: list[str] = []
    number = 0
    for page in range(random.randint(2, 5)):
        number = 0 if restarts and not at_end else number
        notes: list[str] = []
        paragraphs: list[str] = []
        for _ in range(random.randint(1, 3)):
            sentences = []
            for _ in range(random.randint(1, 4)):
                sentence = f"The {' '.join(random.choices(_WORDS, k=random.randint(5, 14)))}."
                if random.random() < 0.6 and (style != "sign" or number < len(_SIGNS)):
                    number += 1
                    mark, label = _written(style, number)
                    sentence += mark
                    notes.append(f"{label} {_note(random, out)}")
                sentences.append(sentence)
            paragraphs.append(_wrapped(random, " ".join(sentences)))
        endnotes += notes if at_end else []
        parts = [*([_HEADER] if has_header and page else []), *paragraphs]
        parts += ["\n".join(notes)] if notes and not at_end else []
        parts += [" " * 60 + str(page + 1)] if has_header else []
        pages.append("\n\n".join(parts))
    top = "The Price of Roe\n\n12 March 2024\n\nBy Ada Holm\n\nThe international board is well-known.\n\n"
    out.text = top + feed.join(pages) + ("\n\nNotes\n\n" + "\n".join(endnotes) if endnotes else "") + "\n"
    return out


def _written(style: str, number: int) -> tuple[str, str]:
    """Give a mark, and the label of its note."""
    sign = _SIGNS[(number - 1) % len(_SIGNS)]
    return {
        "glued": (str(number), str(number)),
        "bracketed": (f"[{number}]", f"[{number}]"),
        "sup": (f"<sup>{number}</sup>", f"<sup>{number}</sup>"),
        "raised": (str(number).translate(_RAISED),) * 2,
        "sign": (sign, sign),
    }[style]


def _note(random: Random, out: Generated) -> str:
    key = f"key{len(out.notes)}x"
    out.notes.append(key)
    cut, whole = random.choice(
        (
            (f"https://fish.example/2024/\n{key}.pdf", f"https://fish.example/2024/{key}.pdf"),
            (f"https://fish.example/i.php?a=1&\nid={key}", f"https://fish.example/i.php?a=1&id={key}"),
            (f"https://\nfish.example/{key}/x", f"https://fish.example/{key}/x"),
            (f"https://fish.example/{key}", f"https://fish.example/{key}"),
            ("p. 12", ""),
        )
    )
    out.urls += [whole] if whole else []
    return f"Holm {key}, {cut}."


def _wrapped(random: Random, text: str) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > _WIDTH:
            if word == "international" and random.random() < 0.7:
                lines[-1] += " inter-"
                lines.append("national")
                continue
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
