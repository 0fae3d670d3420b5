"""Addresses that no reader can use, and percent signs that stand for nothing."""

from __future__ import annotations

import re
from urllib.parse import unquote

from regesta.model.damage import Defect

__all__ = ["address_within", "broken_percent", "is_of_a_browser", "unusable"]

_MAIL = re.compile(r"mailto:", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\.]+(?:\.[^\s@<>(),;:\"\[\]\\.]+)*")
_SCRIPT = re.compile(r"[\s\x00-\x20]*(?:java|vb)script:", re.IGNORECASE)
_OWN_DISK = re.compile(r"file:|[a-z]:[\\/]|\\\\[^\\/]", re.IGNORECASE)
_NO_DIGITS = re.compile(r"%(?![0-9a-fA-F]{2})")
_ENCODED_TWICE = re.compile(r"%25(?:20|2[0-9A-F]|3[ABDF]|[C-E][0-9A-F])", re.IGNORECASE)
_BEHIND_PATH = re.compile(r"[?#]")


def unusable(text: str) -> str:
    """Say why an address leads nowhere whoever clicks: a script, a file on the author's disk, mail to nobody.

    Nothing is wrong with its form, and nothing is said of an address that may be of use.

    >>> unusable("javascript:void(0)"), unusable("mailto:ada@ferry.example")
    ('it is a script and no address.', '')
    """
    if _SCRIPT.match(text):
        return "it is a script and no address."
    if is_of_a_browser(text):
        return "it is a page within the browser of whoever wrote it."
    if _OWN_DISK.match(text):
        return "it is a file on the computer of whoever wrote it."
    if mail := _MAIL.match(text):
        to = text[mail.end() :].partition("?")[0]
        boxes = [box.strip() for box in re.split("[,;]", to)]
        if not all(map(_MAILBOX.fullmatch, boxes)) and not ("?" in text and not to):
            return "it names no address for mail." if to.strip() else "it names nobody to write to."
    return ""


_OF_A_BROWSER = re.compile(
    r"\s*(?:(?:(?:chrome|moz|safari-web|ms-browser|edge|opera|brave|vivaldi)-)?extension|chrome(?:-\w+)?|edge|brave|opera"
    r"|vivaldi|firefox|resource|read|devtools|googlechromes?|touch-https?|x-safari-https?|opera-https?):/"
    r"|\s*(?:view-source|about|blob|jar|microsoft-edge|wyciwyg):(?=[^\s])",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"https?(?:://|:/(?=\w)|%3A(?:%2F){2})[^\s]+", re.IGNORECASE)


def is_of_a_browser(text: str) -> bool:
    """Tell the address of a page that a browser makes itself."""
    return _OF_A_BROWSER.match(text) is not None


def address_within(text: str) -> str:
    """Give the address of the page that a browser shows in a page of its own: of a reader, a viewer, an extension.

    >>> address_within("chrome-extension://abc/https://ferry.example/a.pdf"), address_within("edge://settings")
    ('https://ferry.example/a.pdf', '')
    >>> address_within("about:reader?url=https%3A%2F%2Fferry.example%2Fa&b=c")
    'https://ferry.example/a'
    """
    if not _OF_A_BROWSER.match(text) or text.lower().startswith("blob:"):
        return ""
    found = _WITHIN.search(text)
    if found is None:
        scheme, _, rest = text.strip().partition("://")
        plain = _FOR_WEB.fullmatch(scheme)
        return f"{(plain[1] or plain[2]).lower().replace('chrome', 'http')}://{rest}" if plain and rest else ""
    if found[0][:9].upper().find("%3A") >= 0:
        # Encoded, it ends where the next parameter begins.
        return unquote(re.split("[&#]", found[0], maxsplit=1)[0])
    return found[0]


_FOR_WEB = re.compile(r"(?:x-safari-|touch-|opera-)(https?)|google(chromes?)", re.IGNORECASE)


def broken_percent(text: str) -> Defect | None:
    """Find a percent sign without its two digits, and one in the path that was encoded twice.

    In a query an address within the address is encoded twice with good reason.

    >>> broken_percent("https://ferry.example/a%zz").code, broken_percent("https://ferry.example/?u=a%2520b")
    ('U119', None)
    """
    if "%" not in text:
        return None
    if _NO_DIGITS.search(text):
        return Defect("U119", "A percent sign stands in it without its two digits.", text)
    behind = _BEHIND_PATH.search(text)
    path = text[: behind.start()] if behind else text
    if _ENCODED_TWICE.search(path) and "://" not in path.partition("://")[2] and "%253A%252F" not in path.upper():
        once = re.sub("%25", "%", path) + text[len(path) :]
        return Defect("U119", "It was encoded twice.", once)
    return None
