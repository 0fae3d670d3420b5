"""Splits texts and queries into the words of the index, so that Pagefind splits and folds nothing by its own rules.

Pagefind takes away accents before it stems (a Russian word that ends in `й` then has another stem than its other
forms), loses a page that has a word in two spellings, and drops one-letter parts of compounds: `S-300`, `C++`. Words
that have neither accents nor punctuation pass through it unchanged. `tokens.js` does the same in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

__all__ = ["UNSEEN", "index_words", "spoken_words"]

_NO_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts without blanks: each of their characters is a word of the index, and a word of the text is a phrase."""

_APOSTROPHES = "\u02b9-\u02bf\u02ee"
"""Letters to Unicode, used as apostrophes and soft signs: they separate words as `'` does."""

UNSEEN = "\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that nobody sees, and that end no word: soft hyphens, joiners, direction marks. Zero-width blanks do."""

_OPTIONAL_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE2F),
)
"""Accents, Hebrew points, Arabic vowels: readers leave them out. Marks of other scripts are letters of their own."""

_LETTER_FOR_MARK = 0x20000
"""Added to a mark that counts: Pagefind drops marks, and keeps the rare ideographs that lie there."""

_OWN_LETTERS = str.maketrans({"й": "ҋ", "ї": "ꙇ", "ў": "ұ", "ς": "σ"})
"""Letters that Unicode takes apart into another letter and a mark, and nobody reads as that; and the last sigma."""

_RUSSIAN_VOWEL = re.compile("[аеиоуыэюя]")
_SUPERLATIVE = re.compile("ейш(?=(?:ие|ая|яя|ое|ее|его|ему|ими|им|их|ую|ый|ий|ой|ей|ем|е|а|и|у)$)")
_ENDINGS = (
    (re.compile("ейте(сь)?$"), r"ите\1"),
    (re.compile("уй(?:те)?(ся|сь)?$"), r"ует\1"),
    (re.compile("(?<=[ая])йте(сь)?$"), r"ете\1"),
    (re.compile("(?<=[ая])й(ся|сь)?$"), r"л\1"),
    (re.compile("(?:ый|ий|ой|ей)(ся|сь)?$"), r"ые\1"),
)
"""Endings with `й`, and others without it that Snowball's stemmer takes away in the same step."""


_ACCENTED_ENDINGS = {
    "pl": ((re.compile("ów$"), "om"), (re.compile("(?<=[aei])ć$"), "ł")),
    "es": (
        (re.compile("ió$"), "ieron"),
        (re.compile("(?<=[aei]r)ía(?:[sn]|mos|is)?$"), "emos"),
        (re.compile("ía(?:[sn]|mos|is)?$"), "ido"),
        (re.compile("és$"), "esa"),
    ),
}
"""Endings that their stemmers know by their accents alone, and others that are taken away just so."""


def index_words(text: str, language: str) -> list[str]:
    """Give the words of a text as the index of a language has them.

    >>> index_words("The S-300’s, C++ & Тихановский", "en")
    ['the', 's', '300', 's', 'c', 'тихановскиҋ']
    >>> index_words("Новый Ёлкин", "ru"), index_words("北京 ガス", "ja")
    (['новые', 'елкин'], ['北', '京', '𣂬', 'ス'])
    """
    found = []
    text = _unseen().sub("", text)
    for run in _runs().findall(unicodedata.normalize("NFC", text)):
        if run.isascii():
            found.append(run.lower())
        elif _no_blanks().search(run):
            found += [word for part in _no_blanks().split(run) if (word := _folded(part, language))]
        elif word := _folded(run, language):
            found.append(word)
    return found


def spoken_words(text: str) -> list[str]:
    """Give the words of a text as readers write them, in small letters; those in scripts without blanks are left out.

    >>> spoken_words("The S-300’s of Йорк, 北京")
    ['the', '300', 'of', 'йорк']
    """
    seen = _unseen().sub("", text)
    runs = _runs().findall(unicodedata.normalize("NFC", seen.lower()))
    return [run for run in runs if len(run) > 1 and not _no_blanks().search(run)]


@cache
def _runs() -> re.Pattern[str]:
    """Match a run of letters, marks and digits. What Python takes for a letter of words has no marks."""
    marks = "".join(map(chr, (code for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M")))
    return re.compile(f"(?:[^\\W_{_APOSTROPHES}]|[{marks}])+")


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"[{UNSEEN}]")


@cache
def _no_blanks() -> re.Pattern[str]:
    return re.compile(f"([{_NO_BLANKS}])")


@lru_cache(1 << 16)
def _folded(word: str, language: str) -> str:
    if len(word) == 1 and _no_blanks().match(word):
        is_whole = unicodedata.category(word)[0] != "M" and len(unicodedata.normalize("NFD", word)) == 1
        return word if is_whole or ord(word) >= _LETTER_FOR_MARK else chr(_LETTER_FOR_MARK + ord(word))
    lowered = word.lower()
    if language == "ru":
        lowered = _without_short_i(lowered)
    for pattern, other in _ACCENTED_ENDINGS.get(language, ()):
        changed = pattern.sub(other, lowered)
        if changed != lowered:
            lowered = changed
            break
    plain = unicodedata.normalize("NFKD", lowered.translate(_OWN_LETTERS))
    return unicodedata.normalize("NFC", "".join(map(_kept, plain)))


def _kept(char: str) -> str:
    if unicodedata.category(char)[0] == "M":
        code = ord(char)
        is_optional = code >= _LETTER_FOR_MARK or any(first <= code <= last for first, last in _OPTIONAL_MARKS)
        return "" if is_optional else chr(_LETTER_FOR_MARK + code)
    return char if char.isalnum() else ""


def _without_short_i(word: str) -> str:
    """Write a Russian ending that has `й` as another one that the stemmer takes away just so.

    >>> [_without_short_i(word) for word in ("новый", "мой", "случай", "важнейшей")]
    ['новые', 'моу', 'случал', 'важные']
    """
    word = word.replace("ё", "е")
    vowel = _RUSSIAN_VOWEL.search(word)
    if "й" not in word or not vowel:
        return word
    start, rest = word[: vowel.end()], _SUPERLATIVE.sub("", word[vowel.end() :])
    # Of what comes before, and the first vowel, the stemmer takes nothing away.
    for pattern, other in _ENDINGS:
        if match := pattern.search(rest):
            return start + rest[: match.start()] + match.expand(other)
    return start + re.sub("^й(ся|сь)?$", r"у\1", rest)
