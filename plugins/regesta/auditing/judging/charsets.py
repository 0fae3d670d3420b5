"""Bytes of a page → its text, in the encodings that pages of the last thirty years are written in."""

from __future__ import annotations

import codecs
import re

__all__ = ["charset_of", "decode"]

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_META = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w:.-]{1,40})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{1,40})",
    re.IGNORECASE,
)
_META_WITHIN = 4096
"""Bytes. Browsers look at 1,024; old pages have longer heads."""

_KNOWN = re.compile(
    r"utf-?8|(?:windows|cp)-?125[0-8]|iso-?8859-?\d{1,2}|koi8-[ru]|(?:ibm|cp)866|gbk|gb2312|gb18030|big5"
    r"|euc-(?:jp|kr)|shift_jis|windows-31j|tis-620|windows-874|utf-16(?:le|be)?"
)
"""Python has codecs that are no encodings of text (`hex`, `zip`, `idna`) and some that run wild (`unicode_escape`)."""
_ALSO = {
    "us-ascii": "cp1252", "ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "x-cp1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251", "x-mac-cyrillic": "mac_cyrillic",
    "x-sjis": "shift_jis", "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8",
}  # fmt: skip
"""Labels of the encoding standard that Python knows by another name, or not at all."""

_WRONG_SHARE = 0.1
"""Of its bytes above ASCII. In a text that is in another encoding more are no character; with a broken advert, less."""
_WORD_OF_HIGH_BYTES = re.compile(rb"[\xa3\xb3\xb8\xc0-\xff]{3,}")
_ASCII = bytes(range(128))
_SMALL_CYRILLIC = re.compile("[а-яё]")


def decode(body: bytes, content_type: str = "") -> str:
    """Give the text of a page; what cannot be decoded becomes U+FFFD.

    >>> decode("Страница не найдена".encode("koi8-r"))
    'Страница не найдена'
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    claimed = charset_of(body, content_type)
    if claimed and claimed != "utf-8":
        return body.decode(claimed, "replace")
    text = body.decode("utf-8", "replace")
    if not claimed and "\ufffd" not in text[:-1]:
        return text
    high = len(body.translate(None, _ASCII))
    if text.count("\ufffd") <= max(1, high * _WRONG_SHARE):
        return text
    told = _told(body)
    return body.decode(told if told not in {"", "utf-8"} else _guess(body, high), "replace")


def charset_of(body: bytes, content_type: str = "") -> str:
    """Give the codec that the header names, else the page itself; empty where neither names one that we know.

    >>> charset_of(b"<meta charset=cp1251>", "text/html"), charset_of(b"", "text/html; charset=rot13")
    ('cp1251', '')
    """
    if (match := _HEADER.search(content_type)) and (codec := _codec(match[1])):
        return codec
    return _told(body)


def _told(body: bytes) -> str:
    told = _META.search(body[:_META_WITHIN])
    if told is None:
        return ""
    codec = _codec((told[1] or told[2]).decode("ascii", "replace"))
    # What was readable as ASCII is no UTF-16, whatever it claims (HTML, 13.2.3.2).
    return "utf-8" if codec.startswith("utf-16") else codec


def _codec(label: str) -> str:
    label = label.lower().strip()
    if label in _ALSO:
        return _ALSO[label]
    if not _KNOWN.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return name


def _guess(body: bytes, high: int) -> str:
    """Guess among the encodings of Cyrillic and of western Europe: words of high bytes are Cyrillic."""
    words = _WORD_OF_HIGH_BYTES.findall(body)
    if sum(map(len, words)) * 2 < high:
        return "cp1252"
    sample = b" ".join(words[:400])
    # What is small in one is capital in the other, and texts are mostly small letters.
    return max(("cp1251", "koi8-r"), key=lambda codec: len(_SMALL_CYRILLIC.findall(sample.decode(codec, "replace"))))
