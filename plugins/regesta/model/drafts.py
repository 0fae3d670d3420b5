"""Whether a text is one that another generator would not publish: a draft, a private or a scheduled page.

Archives are filled with files of Hugo, Jekyll, Pelican, Eleventy, WordPress, Obsidian and others. Publishing what they
keep back cannot be undone, so that a sign that is not understood keeps a text back as well.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from regesta.model.dates import InvalidDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.model.front_matter import FrontMatter, Value
    from regesta.model.spans import Span

__all__ = ["KeptBack", "find_kept_back", "is_draft_path", "is_publishing_field", "kept_back_by"]


class _Within(NamedTuple):
    """Where a field stands."""

    above: str = ""
    """The fields that it stands in."""
    depth: int = 0
    is_wrapper: bool = True
    """Whether it stands at the top, or where generators keep such fields."""


class KeptBack(NamedTuple):
    """The sign that a text is not to be published."""

    name: str
    """The field as written, those that it stands in before it: `build.render`."""
    value: str
    key: str
    """The field of the top level; empty where the front matter could not be read."""
    span: Span | None = None
    """Of the value, where it does not stand in a field that was read."""

    @property
    def is_scheduled(self) -> bool:
        """Whether a day decides it, and a build knows no day."""
        return _plain(self.name.rpartition(".")[2]) in _SCHEDULED

    @property
    def is_nested(self) -> bool:
        """Whether it stands within another field."""
        return "." in self.name


def find_kept_back(fields: Mapping[str, Value], known: frozenset[str]) -> KeptBack | None:
    """Find the first sign in front matter that was read. `known` are fields of ours, `status` among them.

    >>> find_kept_back({"title": "Water", "Draft": "yes"}, frozenset({"title"}))
    KeptBack(name='Draft', value='yes', key='Draft', span=None)
    >>> find_kept_back({"draft": "false", "published": "2024-03-14"}, frozenset())
    """
    date = fields.get("date")
    day = date if isinstance(date, str) else ""
    for key, value in fields.items():
        if key not in known:
            if _plain(key) in _SECRETS and value:
                # The word itself must not stand in a report.
                return KeptBack(key, "…", key)
            if _plain(key) == "status" and isinstance(value, str) and _is_held(value.casefold().strip(), known):
                return KeptBack(key, value, key)
            for name, written in _signs(key, value, day, _Within()):
                return KeptBack(name, written, key)
    return None


def kept_back_by(front: FrontMatter, known: frozenset[str]) -> KeptBack | None:
    """Find the first sign, in the fields of front matter or in the lines of what could not be read."""
    if front.fields:
        return find_kept_back(front.fields, known)
    for name, value, span in front.unread:
        # Of fields that cannot be read ours count, too: a mistyped record must not publish what was withdrawn.
        is_ours = bool(front.problems) and name.casefold() == "withdrawn" and value not in _EMPTY
        word = value.casefold()
        is_status = name.casefold() == "status" and (word in _HIDING or word == "withdrawn")
        if is_ours or is_status or _keeps_back(name.rpartition(".")[2], value, "", _Within()):
            return KeptBack(name, value, "", span)
    return None


def is_draft_path(path: str) -> bool:
    """Tell whether a file lies where other generators keep drafts.

    >>> is_draft_path("briefs/2024/_drafts/water.md"), is_draft_path("briefs/water.draft.md")
    (True, True)
    >>> is_draft_path("briefs/draft-law.md")
    False
    """
    *folders, name = path.casefold().split("/")
    return bool(_DRAFT_FOLDERS & set(folders)) or ".draft." in name or ".drafts." in name


def is_publishing_field(name: str) -> bool:
    """Tell whether a field says in other generators if and when a page is published."""
    return _plain(name) in _ALL


_DRAFT_FOLDERS = frozenset({"_draft", "_drafts", "drafts"})

# Names are compared without capitals, hyphens and underscores: `isDraft`, `is_draft`, `Is-Draft`.
_DRAFT = frozenset({
    "draft", "drafts", "isdraft", "drafted", "unpublished", "isunpublished",
    "entwurf", "szkic", "roboczy", "robocza", "wersjarobocza", "brouillon", "borrador", "rascunho", "bozza",
    "черновик", "чернетка", "чарнавік", "草稿", "下書き", "초안",
})  # fmt: skip
_PUBLISHED = frozenset({
    "published", "ispublished", "publish", "ispublish", "dgpublish",
    "veröffentlicht", "opublikowane", "opublikowany", "publié", "publie", "publicado", "pubblicato",
    "опубликовано", "опубликован", "опубліковано", "апублікавана", "发布", "已发布", "公開",
})  # fmt: skip
_SLIPS = ("draft", "isdraft", "unpublished", "published", "ispublished", "publish")
"""Names that count also with one slip of the hand."""
_IF_TRUE = _DRAFT | {
    "private", "isprivate", "unlisted", "isunlisted", "hidden", "ishidden", "headless", "embargo", "embargoed",
    "confidential", "eleventyexcludefromcollections", "excludefromcollections", "notpublished", "donotpublish", "wip",
    "password", "passphrase", "passwordprotected", "protected", "encrypted", "membersonly", "internal", "secret",
}  # fmt: skip
_IF_FALSE = _PUBLISHED | {
    "public", "ispublic", "visible", "isvisible", "listed", "islisted", "released", "isreleased", "online", "live",
    "publishing", "publishable", "ispublishable", "publication", "release", "ready", "approved",
}  # fmt: skip
_NEVER_IF_FALSE = frozenset({"permalink", "render", "list"})
"""Eleventy writes no page with `permalink: false`; in Hugo's `build`, `render` and `list` may be `never`."""
_STATES = frozenset({"poststatus", "pagestatus", "state", "visibility", "workflow", "stage", "publicationstatus"})
_SCHEDULED = frozenset({
    "publishdate", "publishon", "publishat", "pubdate", "scheduled", "scheduledfor", "embargountil", "embargodate",
    "expirydate", "unpublishdate", "expirationdate", "unpublishon",
})  # fmt: skip
_ALL = _IF_TRUE | _IF_FALSE | _SCHEDULED | {"status", "poststatus", "pagestatus", "visibility"}
_SECRETS = frozenset({"password", "passphrase"})
_ENDS = frozenset({"expirydate", "unpublishdate", "expirationdate", "unpublishon"})
_WRAPPERS = frozenset({"params", "build", "cascade", "extra", "meta", "metadata", "page", "post", "options", "data"})
_TOO_DEEP = 10

_NO = frozenset({
    "", "false", "no", "n", "off", "0", "null", "~", "none", "never", "unpublished", "not yet", "[]", "{}",
    "nein", "nie", "non", "nej", "нет", "ні", "не", "否", "いいえ", "아니요",
})  # fmt: skip
_HIDING = frozenset({
    "draft", "drafts", "auto-draft", "private", "hidden", "unpublished", "unlisted", "pending", "review", "in review",
    "in-review", "future", "scheduled", "trash", "trashed", "deleted", "internal", "confidential", "restricted",
    "embargo", "embargoed", "password", "protected", "wip", "inactive", "disabled", "none", "never", "idea", "todo",
    "entwurf", "szkic", "brouillon", "borrador", "черновик", "чернетка", "草稿", "下書き",
})  # fmt: skip


def _signs(name: str, value: Value, day: str, within: _Within) -> Iterator[tuple[str, str]]:
    """Give each field, however deep, that keeps a text back. Of those within others only the plainest names count."""
    whole = f"{within.above}.{name}" if within.above else name
    if isinstance(value, str):
        if _keeps_back(name, value.strip(), day, within):
            yield whole, value
    elif within.depth < _TOO_DEEP and isinstance(value, tuple):
        for item in value:
            yield from _signs(name, item, day, within._replace(depth=within.depth + 1))
    elif within.depth < _TOO_DEEP and isinstance(value, dict):
        if value and _plain(name) in _DRAFT:
            yield whole, ""
        inside = _Within(whole, within.depth + 1, is_wrapper=within.is_wrapper and _plain(name) in _WRAPPERS)
        for key, inner in value.items():
            yield from _signs(key, inner, day, inside)


def _keeps_back(name: str, value: str, day: str, within: _Within) -> bool:
    plain, word = _plain(name), value.casefold()
    if plain in (_IF_TRUE if within.is_wrapper else _DRAFT):
        # A word that is not known is no clear "false".
        return word not in _NO or (plain in _DRAFT and word in {"never", "unpublished", "not yet"})
    if plain in (_IF_FALSE if within.is_wrapper else _PUBLISHED):
        return (word in _NO and word not in _EMPTY) or (plain in _PUBLISHED and word in _HIDING)
    if not within.is_wrapper:
        return False
    if plain in _STATES or plain.endswith(("status", "visibility")):
        return word in _HIDING
    if plain in _NEVER_IF_FALSE:
        wrapped_in_build = "build" in _plain(within.above)
        return word in _REFUSALS if wrapped_in_build or plain == "permalink" else False
    return plain in _SCHEDULED and word not in _NO and (plain in _ENDS or _is_later(value, day))


def _is_held(status: str, known: frozenset[str]) -> bool:
    """Judge a status: of a brief each that is not understood keeps it back, else only one that says so."""
    if "status" in known:
        return status not in _EMPTY and status != "published"
    return status in _HIDING or status == "withdrawn"


_EMPTY = frozenset({"", "null", "~", "none"})
_REFUSALS = frozenset({"false", "never", "no", "off", "local"})


def _is_later(value: str, day: str) -> bool:
    """Tell whether a text waits for a day that the date of the brief does not name."""
    try:
        waits, dated = parse_date(_first_day(value)), parse_date(_first_day(day))
    except InvalidDate:
        return True
    return waits.sort_key > dated.sort_key


def _first_day(value: str) -> str:
    return match[0] if (match := re.match(r"\d{4}-\d{2}-\d{2}", value)) else value


def _plain(name: str) -> str:
    """Write a field's name as those are that we compare it with, a slip of the hand mended: `darft`, `publised`."""
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name)).casefold()
    return plain if plain in _ALL else next((known for known in _SLIPS if _is_slip(plain, known)), plain)


def _is_slip(name: str, known: str) -> bool:
    """Tell whether a letter is missing or too many, or letters have changed places. The first one is right."""
    if name[:1] != known[:1] or abs(len(name) - len(known)) > 1:
        return False
    if len(name) == len(known):
        return sorted(name) == sorted(known)
    short, long = sorted((name, known), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
