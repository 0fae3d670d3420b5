"""The first link of a plain text: bare or defanged, and whole although a line ends within it."""

from __future__ import annotations

import re

from regesta.model.bare_addresses import find_addresses

__all__ = ["first_link"]

_O, _C = r"[\[({]", r"[\])}]"
_WRAPPED = rf"(?:{_O}\s?(?:\.|dot)\s?{_C}|(?<=[a-z])\^\.\^?(?=[a-z]{{2}}))"
_START = re.compile(
    rf"(?<![^\W\d_])(?:(?:{_O}(?=https?{_C}))?[hx][tx*_#ps\[\](){{}}-]{{2,9}}?[!@&$^~*A-Z]?\s{{0,2}}"
    rf"(?:{_O}?[:;]\s?{_C}?\s{{0,2}}{_O}?[/\\]|{_O}?/\s?/)"
    r"|h(?:tt|xx|__|\*\*)ps?:?__"
    r"|[^\W\d_][\w+-]{1,11}:[/\\]{1,3}(?=[^\s/\\])"
    rf"|(?:www|\[www\]|\(www\))(?=[.\\^]|{_O}|{_C}))"
    rf"|(?<![\w@/.:-])[\w-]+(?:\.[\w-]+)*{_WRAPPED}(?=\w)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:\s{0,2}[\[({]\s?(?:\.|dot)\s?[\])}]\s{0,2}(?=\w)|[^\s<>\"“”«»„]|(?<=/)[ ](?=\w+\.\w))*", re.IGNORECASE
)
_SENTENCE = frozenset(".,;:!?'’‘*_…`|")
_OPENED_BY = {")": "(", "]": "[", "}": "{"}
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t>]*(?P<next>[^\s<>\"“”«»„]+)(?P<rest>[^\n]*)")
_OPEN_END = frozenset("/-_=&?%#+~")
_LIKE_A_PATH = re.compile(r"[\w%~-]*(?:[/_=&%][\w%]|-[\w%]+-|\.(?:html?|php|pdf|aspx?)\b|\d{3})", re.IGNORECASE)
_LIKE_A_LINK = re.compile(r"[^\W\d_]+:|www\.|\[?\^?\d*\]?[.):]?$", re.IGNORECASE)


def first_link(text: str) -> str | None:
    r"""Cut out the first link, without the punctuation of the sentence around it; None where there is none.

    >>> first_link("See (hxxp://ferry[.]example/a_(b)), p. 4")
    'hxxp://ferry[.]example/a_(b)'
    >>> first_link("https://ferry.example/2021/low-\nwater.html; ibid.")
    'https://ferry.example/2021/low-\nwater.html'
    """
    start = _START.search(text)
    if not start:
        return None
    begin, end = start.start(), _end(text, start.end())
    while (line := _LINE_END.match(text, end)) and _continues(text[begin:end], line):
        end = _end(text, line.start("next"))
    address = text[begin : begin + _trimmed(text[begin:end])]
    if "\n" in address or " " in address:
        return address
    # Where words of another script, punctuation or a blank in the host end it or go on is judged as in a text.
    for found in find_addresses(text[begin : end + _REACH]):
        lead = address[: found.start]
        if found.start == 0 or (found.start < len(address) and not lead.isascii() and lead.isalpha()):
            return text[begin + found.start : begin + found.end]
        break
    return address


_REACH = 300
"""Characters behind an address among which the rest of a torn one is looked for."""


def _end(text: str, at: int) -> int:
    match = _GOES_ON.match(text, at)
    return match.end() if match else at


def _continues(address: str, line: re.Match[str]) -> bool:
    """Tell whether the next line goes on with the address rather than with the sentence."""
    following = line["next"]
    if _LIKE_A_LINK.match(following) or not (following[0].isalnum() or following[0] in _OPEN_END):
        return False
    alone = not line["rest"].strip(" \t.,;:)")
    last = address[-1]
    if last in "-_=&%" and (following[0].islower() or following[0].isdigit()):
        return True
    if last in _OPEN_END and alone and "/" in address[8:]:
        return True
    return bool(_LIKE_A_PATH.match(following)) and (last in _OPEN_END or last.isalnum()) and "/" in address[8:]


def _trimmed(text: str) -> int:
    """Count the characters that are not the sentence's."""
    end = len(text)
    surplus = {close: text.count(close) - text.count(opened) for close, opened in _OPENED_BY.items()}
    while end:
        last = text[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _SENTENCE:
            break
        end -= 1
    return end
