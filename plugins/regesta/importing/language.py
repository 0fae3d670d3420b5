"""The language of a text, when its letters and its little words leave no doubt."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["LITTLE_WORDS", "language_of"]

_WORDS = {
    "en": "the of and to in is was for on that with as by at from are be have has it this which not had were will",
    "pl": "w i na z do się nie jest że to o jak po od za oraz przez dla są był była będzie które który przed także",
    "de": "der die das und in den von zu mit ist des im auf für nicht sich eine dem ein auch als werden wird sind dass",
    "fr": "le la les de des et en un une du dans que qui est pour par sur au avec pas sont ce plus aux cette",
    "es": "el la los las de y en que del se por un una con para es al como más su fue han son entre sobre",
    "it": "il la di che e in un una per del della dei con non è le si da al sono nel alla gli ha come",
    "lt": "ir kad su yra tai bet iš kaip į dėl apie nuo per buvo jo ar ne kuris taip jau po prie tik",
    "cs": "a se na je v že to s z do o pro jsou by byl jako které ve od po ale nebo který bude",
    "nl": "de het een van en in is dat op te zijn met voor die niet aan er om ook als bij door worden",
}
_LITTLE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
LITTLE_WORDS = frozenset().union(*_LITTLE.values()) | frozenset(
    """
    or but if so he she we you they i his her their our its said says there here when where who what how why than then
    и в во на не что с со как по из к ко от до за для о об при или но если так он она они мы вы это этот где когда кто
    і й у з із та що як по від до за для про при або але якщо так він вона вони ми ви це цей де коли хто
    lub albo ale jeśli więc on ona oni my wy ten ta tam tu gdy gdzie kto co jaki nie tak tylko
    oder aber wenn so er sie wir ihr dies dieser wo wer was wie nur noch nach bei aus vom zum zur
    """.split()
)
"""Words of texts that no address is cut before."""

_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"<?https?://\S+|`[^`]*`|\]\([^()\s]*\)")
_READ = 40_000  # characters: more adds nothing
_FEWEST = 30
_SHARE = 0.15
_LEAD = 2.5


def language_of(text: str) -> str | None:
    """Name the language of a text, or nothing when it is short or could be another one.

    >>> language_of("Too short to say") is None
    True
    """
    words = [word.lower() for word in _WORD.findall(_NOT_PROSE.sub(" ", text[:_READ]))]
    if len(words) < _FEWEST:
        return None
    cyrillic = sum("\u0400" <= word[0] <= "\u04ff" for word in words)
    if cyrillic > 0.8 * len(words):  # names in Latin letters are common
        return _cyrillic(words)
    if cyrillic > 0.2 * len(words):  # two languages: neither is certain
        return None
    return _latin(words)


def _cyrillic(words: list[str]) -> str | None:
    """Tell the three by the letters that only one of them has, and none of the others'."""
    letters = Counter("".join(words))
    if letters["ў"] and not any(letters[letter] for letter in "їєґъ"):
        return "be"
    if any(letters[letter] for letter in "їєґ") and not any(letters[letter] for letter in "ўыэъё"):
        return "uk"
    if letters["ы"] and not any(letters[letter] for letter in "ўїєґіјљњћђџ"):
        return "ru"
    return None


def _latin(words: list[str]) -> str | None:
    counts = Counter(words)
    scores = sorted(
        ((sum(counts[word] for word in little), language) for language, little in _LITTLE.items()), reverse=True
    )
    (best, language), (second, _) = scores[:2]
    return language if best >= _SHARE * len(words) and best >= _LEAD * second else None
