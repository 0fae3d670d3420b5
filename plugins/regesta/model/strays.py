"""Punctuation at the edges of an address that belongs to the sentence around it."""

from __future__ import annotations

import re

__all__ = ["stray_end", "stray_path_end", "stray_start"]

_START = re.compile(
    r"\s*+(?:[\"'“”„‟«»‹›‘’‚(\[{<>*_`|,;.–—-]{1,4}|[(\[]?\d{1,3}[.)\]]{0,2}\s?|(?:<?url|doi|link):\s?)(?=https?:[/\\])",
    re.IGNORECASE,
)


def stray_start(text: str) -> int:
    """Count the characters before the scheme that are not the address's.

    >>> stray_start("(https://ferry.example/"), stray_start("https://ferry.example/")
    (1, 0)
    """
    match = _START.match(text)
    return match.end() if match else 0


_FILE = re.compile(
    r"\.(?:[sx]?html?|pdf|php\d?|aspx?|jsp|do|cfm|jpe?g|png|gif|webp|svg|docx?|xlsx?|pptx?|csv|txt|xml|stm)$",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<", "”": "“", "»": "«", "›": "‹", "」": "「", "』": "『", "》": "《"}
_ALWAYS = frozenset("“„«‹‘’‚<([{|`…")
_PAIRED_WITH_ITSELF = frozenset("\"'")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|li|ol|p|pre|q|s|small|span|strong"
    r"|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|wbr) ?/?>$",
    re.IGNORECASE,
)
"""One of HTML's; another in angle brackets stands for something: `<id>`."""
_STOPS = frozenset(".,;:!")
_AFTER_A_FILE = frozenset(".,;:!*_'–—-")
_ENCODED = re.compile(
    r"%(?:20|09|0A|0D|C2%A0|C2%AD|E2%80%8[B-F]|E2%81%A0|EF%BB%BF|E2%80%9[89]|(?P<self>22)"
    r"|(?P<close>3E|E2%80%9D|C2%BB|29|5D))$",
    re.IGNORECASE,
)
_ENCODED_CLOSING = {
    "3E": ("%3C", "<"),
    "E2%80%9D": ("%E2%80%9C", "“"),
    "C2%BB": ("%C2%AB", "«"),
    "29": ("%28", "("),
    "5D": ("%5B", "["),
}
_FURTHEST = 60
"""Characters that may be stray; nobody's sentence ends in more."""
_SLASHES_BEFORE_A_PATH = 3


def stray_end(text: str) -> int:
    """Find where an address ends, without what closes the sentence around it. Brackets and quotes in pairs are its own.

    >>> text = "https://ferry.example/foo_(bar).html”)."
    >>> text[: stray_end(text)]
    'https://ferry.example/foo_(bar).html'
    >>> stray_end("https://en.wikipedia.example/wiki/Acme_Inc.") == len("https://en.wikipedia.example/wiki/Acme_Inc.")
    True
    """
    end = len(text)
    while end and len(text) - end < _FURTHEST:
        size = _stray_size(text, end)
        if not size:
            break
        end -= size
    return end


def _stray_size(text: str, end: int) -> int:
    last = text[end - 1]
    if last.isalnum():
        found = _ENCODED.search(text[max(0, end - 9) : end])
        return len(found[0]) if found and _is_stray_encoded(found, text[:end]) else 0
    if last == ">" and (tag := _TAG.search(text[max(0, end - 14) : end])):
        return len(tag[0])
    part = text[:end]
    if _is_stray_mark(part, last):
        return 1
    if last in _AFTER_A_FILE and _FILE.search(part[-9:-1]):
        return 1
    is_doubled = last in _STOPS and end > 1 and _is_stray_mark(part[:-1], part[-2])
    return 1 if is_doubled else _sentence_stop(part, last)


def _is_stray_mark(part: str, last: str) -> bool:
    if last in _CLOSING:
        return part.count(last) > part.count(_CLOSING[last])
    return last in _ALWAYS or (last in _PAIRED_WITH_ITSELF and part.count(last) % 2 == 1)


def _is_stray_encoded(found: re.Match[str], part: str) -> bool:
    if ":~:text=" in part:
        return False
    upper = part.upper()
    if found["self"]:
        return (upper.count("%22") + upper.count('"')) % 2 == 1
    if close := found["close"]:
        encoded, plain = _ENCODED_CLOSING[close.upper()]
        return upper.count(f"%{close.upper()}") > upper.count(encoded) + upper.count(plain)
    return True


def _sentence_stop(part: str, last: str) -> int:
    """Judge a stop, comma, semicolon or asterisk behind a path. In a query each may be its own."""
    segment = part.rpartition("/")[2]
    if last == "*":
        return len(segment) - len(segment.rstrip("*")) if segment.strip("*") and segment.endswith("**") else 0
    if last not in ".,;" or "?" in part or "#" in part or part.count("/") < _SLASHES_BEFORE_A_PATH:
        return 0
    segment = segment[:-1]
    if last in ",;":
        return int(segment[-1:].isalnum() and last not in segment and "=" not in segment)
    if segment.endswith("..") and segment.strip("."):
        return 3
    # Names of pages end in `Inc.`, `Jr.` or an initial; those of files and slugs do not.
    word = re.split(r"[-_+,%]", segment)[-1]
    return int(word.islower() and "." not in word)


_BLANK_AT_PATH_END = re.compile(r"(?:%20|%C2%A0|[ \u00a0])+(?=[?#])", re.IGNORECASE)


def stray_path_end(text: str) -> str:
    """Take a blank off the end of a path that a query or a fragment follows.

    >>> stray_path_end("https://ferry.example/a%20?b=1")
    'https://ferry.example/a?b=1'
    """
    rest = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=-1)
    if rest < 1 or text[rest - 1] not in "0 \u00a0":
        return text
    match = _BLANK_AT_PATH_END.search(text, max(0, rest - _FURTHEST), rest + 1)
    return text[: match.start()] + text[match.end() :] if match else text
