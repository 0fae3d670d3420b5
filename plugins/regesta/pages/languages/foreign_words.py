"""Names in another script than Latin: marked, so that they are read aloud and drawn rightly."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup

__all__ = ["script_lang"]

_SCRIPTS = {
    "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "THAI": "Thai", "HANGUL": "Hang", "HIRAGANA": "Jpan", "KATAKANA": "Jpan",
    "CJK": "Hani", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "MYANMAR": "Mymr", "TAMIL": "Taml",
}  # fmt: skip
"""How ISO 15924 calls a script, by the first word of the Unicode names of its letters."""


def script_lang(words: str) -> Markup:
    """Give the attribute for a name whose language is not known, but whose script is another than Latin.

    >>> script_lang("Мінськ"), script_lang("Minsk")
    (Markup(' lang="und-Cyrl"'), Markup(''))
    """
    if words.isascii():
        return Markup()
    letters = (char for char in words if char.isalpha())
    for char in letters:
        script = _SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0])
        if script is not None:
            return Markup(' lang="und-{}"').format(script)
    return Markup()
