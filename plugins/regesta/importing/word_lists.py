"""Lists of the words of a language, for words that a line end cuts.

They come from `wordfreq` (optional extra `import`): its `small` lists have the words that occur at least once in a
million. That keeps rare joined forms out: `reduced` is on the list, `wellknown` and `премьерминистр` are not.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    WordLists = Callable[[str], Container[str]]

__all__ = ["has_word_lists", "no_word_list", "word_list"]

_WITHOUT_BLANKS = frozenset({"ja", "ko", "zh"})
"""Languages that cut no words with hyphens; their lists need libraries of their own."""


def has_word_lists() -> bool:
    """Return whether the library with the lists is installed."""
    return find_spec("wordfreq") is not None


def no_word_list(language: str) -> Container[str]:  # noqa: ARG001 - stands for `word_list`
    """Return no words."""
    return ()


@cache
def word_list(language: str) -> Container[str]:
    """Return the words of a language (BCP 47) in lower case; none for a language that has no list.

    Takes 0.3–1.2 s and about 60 MB for a language, once.

    >>> [word in word_list("en") for word in ("reduced", "wellknown")] if has_word_lists() else [True, False]
    [True, False]
    """
    tag = language.partition("-")[0].lower()
    if not has_word_lists():
        return ()
    import wordfreq  # noqa: PLC0415 - optional, and it takes 0.25 s

    if tag in _WITHOUT_BLANKS or tag not in wordfreq.available_languages("small"):
        return ()
    return wordfreq.get_frequency_dict(tag, wordlist="small").keys()
