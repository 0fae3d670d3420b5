"""Signs that an address answers as if all were well, and its page is gone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ada_url import URL

from regesta.auditing.judging.gone_words import Saying, loosely, may_say_gone, says_gone
from regesta.auditing.judging.parked import is_parked
from regesta.auditing.judging.ways import host_and_path, is_error, is_home, is_same_page, is_same_site, is_short
from regesta.model.urls import parse_url
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from regesta.auditing.judging.page_facts import Page
    from regesta.model.urls import Url

__all__ = [
    "DOCUMENTS",
    "LITTLE_PROSE",
    "Sign",
    "forwards_to",
    "sign_of_json",
    "sign_of_page",
    "sign_of_text",
    "sign_of_way",
]

LITTLE_PROSE = 700
"""Characters. An error page apologises at most as long; an article goes on."""
_SHORT, _TINY = 3000, 350
"""Characters of visible text: of a page whose menu is most of it, and of one that says a single thing."""
_SOON = 30
"""Seconds after which a page that sends its reader on is still a redirect; a news page reloads after minutes."""
_NAME_OF_SITE, _SHORT_NAME = 6, 3
"""Words in a title beside the error, and before or behind a colon."""


class Sign(NamedTuple):
    """What speaks against a page."""

    failure: Failure
    reason: str
    is_certain: bool
    """Else a nonsense address beside it should be asked for, and compared."""


def sign_of_way(asked: str, ended: str, verb: str = "It redirects") -> Sign | None:
    """Judge where a way has led, by the addresses alone.

    >>> sign_of_way("http://ferry.example/a", "https://www.ferry.example/").failure.value
    'redirect-to-home-page'
    >>> sign_of_way("http://ferry.example/", "https://ferry.example/en/") is None
    True
    """
    if is_same_page(asked, ended):
        return None
    if is_error(ended) and not is_error(asked):
        refresh = Failure.ERROR_WORDS if verb == "It redirects" else Failure.REFRESH_TO_ERROR
        return Sign(refresh, f"{verb} to an error page, {ended}.", is_certain=True)
    if is_home(ended) and not is_home(asked) and not is_short(asked):
        if is_same_site(asked, ended):
            return Sign(Failure.TO_HOME, f"{verb} to the home page of the site instead of the page.", is_certain=True)
        return Sign(Failure.TO_OTHER_HOME, f"{verb} to the home page of another site, {ended}.", is_certain=True)
    return None


def sign_of_page(page: Page, *, asked: str, ended: Url) -> Sign | None:
    """Judge what a page says, and where it sends its reader."""
    if is_parked(page, ended, asked):
        return Sign(Failure.PARKED, "The domain is parked, or for sale; the page is gone.", is_certain=True)
    if sign := _sign_of_words(page):
        return sign
    if (target := forwards_to(page, ended)) and (sign := _sign_of_refresh(asked, target)):
        return sign
    return _sign_of_kind(page, asked)


def sign_of_text(text: str) -> Sign | None:
    r"""Judge an answer in plain text.

    >>> sign_of_text("404 page not found\n").is_certain, sign_of_text("404 barrels, 12 of them empty") is None
    (True, True)
    """
    if len(text) <= _TINY and says_gone(text) is Saying.PLAINLY:
        return _words(text.strip(), is_certain=True)
    return None


def sign_of_json(body: bytes, *, asked: str) -> Sign | None:
    r"""Judge an answer that is one JSON object: an error, and nothing beside it that somebody could have cited.

    >>> asked = "https://ferry.example/api/12"
    >>> sign_of_json(b'{"error": "not found"}', asked=asked).is_certain
    True
    >>> sign_of_json(b'{"error": null, "title": "Not Found", "tracks": ["1"]}', asked=asked) is None
    True
    """
    # A page about such errors has the number in its address.
    if len(body) > _LONGEST_JSON or body.lstrip()[:1] != b"{" or _GONE_NUMBERS & set(re.findall(r"\d+", asked)):
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    told = _Told()
    told.read(data)
    if told.has_content or not told.is_error:
        return None
    return _words(told.said, is_certain=True)


_LONGEST_JSON = 16 * 1024
_GONE_NUMBERS = {"404", "410"}
_NUMBER_KEYS = frozenset("status code statuscode errorcode httpstatus httpstatuscode httpcode".split())
_ERROR_KEYS = frozenset("error errors fault exception problem err".split())
_SPEAKING_KEYS = _ERROR_KEYS | frozenset("message msg detail details errormessage errordescription".split())
"""What stands under these is said to whoever has asked, and is no data."""
_WORD_KEYS = _SPEAKING_KEYS | frozenset("title reason description statustext status type name".split())
_FLAG_KEYS = frozenset("success ok found".split())
_DEEPEST = 3


class _Told:
    """What an object says of the request."""

    def __init__(self) -> None:
        self.said = ""
        """The words, or else the number, that say it is gone."""
        self.has_content = False
        """Whether it holds data."""
        self._is_plain = self._has_words = self._has_number = self._speaks = self._has_failed = False

    @property
    def is_error(self) -> bool:
        """Whether it says plainly that there is nothing."""
        if self._is_plain:
            return True
        if self._has_number:
            return self._has_words or self._speaks or self._has_failed
        return self._has_words and self._has_failed

    def read(self, data: dict[str, object], depth: int = 0) -> None:
        """Read an object, and those that stand under the name of an error."""
        for written, value in data.items():
            key = re.sub(r"[\W_]", "", str(written)).lower()
            if key in _NUMBER_KEYS and str(value) in _GONE_NUMBERS:
                self._has_number = True
                # The code of a street may be 404; the status of an answer is one of HTTP.
                self._is_plain |= key not in {"code", "status"}
                self.said = self.said or f"{written}: {value}"
            elif key in _FLAG_KEYS and value is False:
                self._has_failed = True
            elif key in _WORD_KEYS and isinstance(value, str):
                self._read_words(key, value)
            elif key in _ERROR_KEYS and depth < _DEEPEST:
                self._read_error(value, depth)
            elif isinstance(value, dict | list) and value:
                self.has_content = True

    def _read_words(self, key: str, value: str) -> None:
        self._speaks |= bool(value) and key in _SPEAKING_KEYS
        if says_gone(value):
            self._has_words = True
            self._is_plain |= key in _SPEAKING_KEYS
            self.said = value
        elif len(value) > _TINY:
            self.has_content = True

    def _read_error(self, value: object, depth: int) -> None:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                self.read(one, depth + 1)
            elif isinstance(one, str):
                self._read_words("error", one)


def forwards_to(page: Page, url: Url) -> Url | None:
    """Give the address that a page sends its reader to by itself, where that is another page and soon."""
    target = page.refresh.target if page.refresh and page.refresh.seconds <= _SOON else ""
    target = target or page.script_target
    if not target or page.prose > LITTLE_PROSE:
        return None
    try:
        there = parse_url(URL(target, url).href)
    except ValueError:
        return None
    return None if there is None or is_same_page(there, url) else there


def _sign_of_refresh(asked: str, target: Url) -> Sign | None:
    verb = "It sends its reader on by itself"
    if "404" in re.split(r"[/._-]", host_and_path(target)[1]) and "404" not in asked:
        return Sign(Failure.REFRESH_TO_ERROR, f"{verb} to an error page, {target}.", is_certain=True)
    return sign_of_way(asked, target, verb)


DOCUMENTS = tuple(
    ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .rtf .zip .rar .epub .djvu .jpg .jpeg .png .csv .mp3 .mp4 "
    ".PDF .DOC .DOCX .XLS .JPG".split()
)
"""How addresses of files end that are no pages."""


def _sign_of_kind(page: Page, asked: str) -> Sign | None:
    path = host_and_path(asked)[1]
    if not path.endswith(DOCUMENTS) or page.prose > LITTLE_PROSE:
        return None
    reason = f"A page came instead of the file (.{path.rpartition('.')[2]})."
    return Sign(Failure.LIKE_NONSENSE, reason, is_certain=False)


_SEPARATOR = re.compile(r"\s+[-–—/~]+\s+|\s*(?:[|•·»«‹›→←¦]|::)\s*")
_COLON = re.compile(r"\s*:\s+")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n")
_MOST_SENTENCES = 40


def _sign_of_words(page: Page) -> Sign | None:
    """Weigh title, headings and text: an article may have any of these words, an error page has nothing else."""
    title, is_whole = _title_says(page)
    heading = max(map(_heading_says, page.headings[:2]), default=Saying.NOTHING)
    text = _text_says(page.text) if page.text_length <= _SHORT else Saying.NOTHING
    strongest = max(title, heading)
    if not max(strongest, text):
        return None
    said = next((words for words in (page.title, *page.headings[:2]) if says_gone(words)), page.title)
    if page.prose > LITTLE_PROSE:
        return _words(said, is_certain=False) if strongest else None
    if page.text_length > _SHORT:
        is_certain = title is heading is Saying.PLAINLY
        return _words(said, is_certain=is_certain) if strongest else None
    says_one_thing = page.text_length <= _TINY and not page.prose
    is_certain = (
        strongest is Saying.PLAINLY
        or (bool(strongest) and text is Saying.PLAINLY)
        or (says_one_thing and (text is Saying.PLAINLY or bool(heading) or (bool(title) and is_whole)))
    )
    if not is_certain and not strongest and page.prose:
        return None
    return _words(said if strongest else _first_plain(page.text), is_certain=is_certain)


def _title_says(page: Page) -> tuple[Saying, bool]:
    """Tell what a title says beside the name of its site, and whether it says nothing else."""
    whole = says_gone(page.title)
    if whole:
        return (Saying.NOTHING, True) if _goes_on(page.title, page) else (whole, True)
    for separator, most in ((_SEPARATOR, _NAME_OF_SITE), (_COLON, _SHORT_NAME)):
        parts = separator.split(page.title)
        sayings = [(says_gone(part), part) for part in parts]
        saying, words = max(sayings)
        others = sum(loosely(part).count(" ") + 1 for said, part in sayings if not said and part)
        if saying and others <= most and not _goes_on(words, page):
            return saying, False
    return Saying.NOTHING, False


def _goes_on(words: str, page: Page) -> bool:
    """Tell whether the first heading has those words and more: then they begin the title of an article."""
    if not page.headings or _heading_says(page.headings[0]):
        return False
    return f" {loosely(words)} " in f" {loosely(page.headings[0])} "


def _heading_says(heading: str) -> Saying:
    return max((says_gone(part) for part in (heading, *_SENTENCE.split(heading))), default=Saying.NOTHING)


def _text_says(text: str) -> Saying:
    if not may_say_gone(text.lower()):
        return Saying.NOTHING
    return max(map(says_gone, _SENTENCE.split(text)[:_MOST_SENTENCES]), default=Saying.NOTHING)


def _first_plain(text: str) -> str:
    return next((part.strip() for part in _SENTENCE.split(text) if says_gone(part) is Saying.PLAINLY), "")


def _words(said: str, *, is_certain: bool) -> Sign:
    quoted = said if len(said) <= 80 else said[:79] + "…"  # noqa: PLR2004
    reason = f"The server answers as if all were well, but the page says {unquote(quoted)!r}."
    return Sign(Failure.ERROR_WORDS, reason, is_certain)
