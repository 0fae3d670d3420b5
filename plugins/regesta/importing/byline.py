"""Bylines: who wrote a document."""

from __future__ import annotations

import re

__all__ = ["read_byline", "read_names"]

_PREFIX = re.compile(
    r"(?:written\s+by|authored\s+by|by|authors?|autor(?:zy|ka|en|in)?|von|автор(?:ы|и|ка)?|аўтар(?:ы|ка)?)"
    r"(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,;&]\s*(?:(?:and|und|oraz|i|и|та|і|й|with)\s+)?|\s+(?:and|und|oraz|i|и|та|і|й|with)\s+")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "phd", "ph.d.", "md", "dr"})
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "zur",
        "al",
        "el",
        "bin",
        "ibn",
        "la",
        "le",
        "ten",
        "ter",
        "af",
        "y",
    ]
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ.-]+[^\W\d_]+)*\.?")
# Words of headings and series: two capitalised words are a name, unless one of these is among them.
_NO_NAMES = frozenset(
    """
    executive summary key takeaways takeaway points findings introduction background overview context conclusion
    conclusions recommendations policy contents abstract keywords update report brief briefing assessment analysis
    commentary spotlight bulletin monitor weekly daily monthly quarterly review note notes paper papers alert digest
    dispatch watch series issue volume special edition working research institute center centre foundation university
    press the a an of for in on at to and about main appendix annex table figure map maps sources references part
    chapter section press release statement fact sheet what why how who when where is are was were
    streszczenie wstęp wnioski spis treści введение выводы обзор резюме содержание einleitung zusammenfassung fazit
    вступ висновки огляд уводзіны высновы агляд republic union war peace east west north south states news
    """.split()  # noqa: SIM905 - a list of words reads better than sixty quoted ones
)
_LONGEST = 250
_MOST_AUTHORS = 12
_MOST_IMPLIED = 4


def read_byline(text: str, *, implied: bool = True) -> list[str] | None:
    """Read the names of a line that is a byline; without "By" they must look like nothing else.

    >>> read_byline("By Ada Example, J. R. Sample and Olena Zразок")
    ['Ada Example', 'J. R. Sample', 'Olena Zразок']
    >>> read_byline("Key Takeaways") is None
    True
    """
    text = " ".join(text.split()) if len(text) <= _LONGEST else ""
    prefix = _PREFIX.match(text)
    names = read_names(text[prefix.end() :] if prefix else text)
    if not names or len(names) > _MOST_AUTHORS:
        return None
    if prefix:
        return names if all(_may_be_name(name, shortest=1) for name in names) else None
    if not implied or len(names) > _MOST_IMPLIED or text.isupper():
        return None
    return names if all(_may_be_name(name, shortest=2) and _is_no_phrase(name) for name in names) else None


def read_names(text: str) -> list[str]:
    """Split a list of names at commas and the word "and"; `Jr.` stays with its name."""
    names: list[str] = []
    for part in _AND.split(text.strip().rstrip(":;,")):
        name = part.strip()
        if name and names and name.lower() in _SUFFIXES:
            names[-1] += f", {name}"
        elif name:
            names.append(name)
    return names


def _may_be_name(name: str, *, shortest: int) -> bool:
    words = [word.rstrip(",") for word in name.split()]
    if not shortest <= len(words) <= 6 or len(name) > 60:  # noqa: PLR2004 - long Spanish and Arabic names
        return False
    return words[0][0].isupper() and all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or word.lower() in _PARTICLES) for word in words
    )


def _is_no_phrase(name: str) -> bool:
    words = name.split()
    return not name.endswith(".") and len(words) <= 4 and _NO_NAMES.isdisjoint(word.lower() for word in words)  # noqa: PLR2004 - more is a phrase
