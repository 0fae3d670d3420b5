"""B: links from a text of the archive to its other pages and files, and to places in them."""

from __future__ import annotations

import posixpath
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking.rules import Flaw, Subject, rule
from regesta.checking.texts import Text, Whole
from regesta.model.findings import Severity
from regesta.model.front_matter import strings
from regesta.model.site_paths import Leads, is_published_type, meant_name
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.model.anchors import Anchors
    from regesta.model.links import Link
    from regesta.model.site_paths import Destination

__all__ = ["draft_link", "lost_anchor", "lost_reference", "unpublished_file", "unread_file"]


@rule(
    "B312",
    "lost-reference",
    Severity.ERROR,
    Subject.RECORD,
    why="""
    A link to a page or file that is not there would lead the reader to an error page; on the site its words stand
    without a link. A path is looked for beside the file in which it stands, then as the address of a page
    (`../2020-09-09-ferries/`, `/briefs/2020/…`, `….html`).

    Symbolic links are not followed, and nothing outside of the archive's folder is published.
    """,
    example="[the update](2020-09-09-lukashenko-befor-the-summit.md) and [the annex](annex.pdf)",
    fix="""
    Correct the path, or put the file beside the brief. Write `other.md#part`, without a slash before the `#`, and a
    name with blanks in angle brackets: `[the annex](<the annex.pdf>)`.
    """,
)
def lost_reference(text: Text) -> Iterator[Flaw]:
    """A link, an image or a field names a file of the archive that is not there."""
    paths = text.context.paths
    if not paths:
        return
    for link, found in text.inside:
        if words := _lost(link, found, paths):
            severity = Severity.WARNING if found.leads in _LEADS_THERE else None
            yield Flaw(link.span, *words, raw=link.raw, note=link.note, severity=severity)
    yield from _not_read(text)
    for name in _PATH_FIELDS:
        value = text.document.front.fields.get(name)
        for named in strings(value):
            if named not in paths:
                span = text.span_within(name, named)
                yield Flaw(span, f"{name}: there is no file {named!r}.", _nearest(named, paths), f"{name} {named}")


_PATH_FIELDS = ("supersedes", "superseded_by", "translation_of")
_LEADS_THERE = frozenset({Leads.PAGE, Leads.FILE, Leads.ENTITY})


def _lost(link: Link, found: Destination, paths: frozenset[str]) -> tuple[str, str] | None:
    """Say what is wrong with a link, and the way out; None when it leads somewhere."""
    if found.has_slash:
        name = link.text.partition("#")[0].partition("?")[0].rstrip("/")
        fragment = f"#{found.fragment}" if found.fragment else ""
        return f"{link.raw!r}: a slash follows the name of a file.", f"Write {name + fragment!r}."
    match found.leads:
        case Leads.NOWHERE:
            return f"There is no file {found.path!r}.", _nearest(found.path, paths)
        case Leads.OUTSIDE:
            return (
                f"There is no file {found.path!r} in the archive: the path leads out of its folder.",
                "Put the file beside the brief.",
            )
        case Leads.SYMLINK:
            return (
                f"{found.path!r} is a symbolic link or lies behind one, which is not followed.",
                "Put the file itself beside the brief.",
            )
        case _:
            return None


_WITH_BLANK = re.compile(r"(?<=\]\()[^()<>\n]{1,200}?\.\w{1,8}(?:#[^()\s]{0,99})?(?=\))")


def _not_read(text: Text) -> Iterator[Flaw]:
    """Find the relative links that are none, because a blank stands in their address."""
    for block in text.document.body.blocks:
        if "](" not in block.text:
            continue
        for match in _WITH_BLANK.finditer(block.text):
            address = match[0].strip()
            if " " in address and "://" not in address and '"' not in address and not block.is_closed(match.start()):
                message = f"This is read as words, not as a link, since a blank stands in the address {address!r}."
                span = block.source_span(match.start(), match.end())
                yield Flaw(span, message, f"Write {f'(<{address}>)'!r}.", address, note=block.note)


def _nearest(path: str, paths: Iterable[str]) -> str:
    name = posixpath.basename(path)
    near = (
        [other for other in paths if other.casefold() == path.casefold()]
        or [other for other in paths if other.startswith(f"{path}.")]
        or [other for other in paths if posixpath.basename(other) == name]
        or _alike(path, paths)
    )
    return f"Is {min(near)!r} meant?" if near else "Correct the path, or delete the reference."


def _alike(path: str, paths: Iterable[str]) -> list[str]:
    """Find the files whose names differ in a few letters, in the same folder or, of whole paths, anywhere."""
    folder, name = posixpath.split(path)
    beside = sorted(posixpath.basename(other) for other in paths if posixpath.dirname(other) == folder)
    if near := get_close_matches(name, beside, 1, 0.75):
        return [posixpath.join(folder, near[0])]
    return get_close_matches(path, sorted(paths), 1, 0.9)


@rule(
    "B320",
    "unpublished-file",
    Severity.WARNING,
    Subject.RECORD,
    why="""
    A file beside a brief is published when a brief links to it, if it is an image, a PDF, a table, a document, a
    recording or an archive of such. HTML and SVG files are not: they can hold programs, which would run in the name of
    the archive. Nor is any file that lies elsewhere in the archive's folder, such as `decisions.yml`.
    """,
    example="[the page as it was](saved-page.html) and [the map](map.svg)",
    fix="Save the page as PDF and the drawing as PNG, put it below `briefs/`, and link to that.",
)
def unpublished_file(text: Text) -> Iterator[Flaw]:
    """A link or an image names a file that the site does not publish."""
    for link, found in text.inside:
        if found.leads is not Leads.UNPUBLISHED:
            continue
        if is_published_type(found.path):
            why, hint = "it does not lie below 'briefs/'", "Move it there, beside the brief."
        else:
            why, hint = "files of its type are not", "Save it as PDF, as an image or as a table, and link to that."
        yield Flaw(link.span, f"{found.path!r} is not published: {why}.", hint, raw=link.raw, note=link.note)


@rule(
    "B321",
    "lost-anchor",
    Severity.WARNING,
    Subject.RECORD | Subject.ARCHIVE,
    why="""
    The reader who follows the link stands at the top of the page and looks for the part that is meant. A heading is
    named by its words (`#what-comes-next`), a paragraph by its number (`#p-3`), a note by its place in the list
    (`#fn-2`). Ids that are written in a brief itself, as `{#part}` or `<a id="part">`, are not on its page.
    """,
    example="[the next part](#what-come-next) [the count](2024-03-14-ferry-traffic.md#nothing)",
    fix="Write the words of the heading as they are now, in small letters, with hyphens in place of the blanks.",
)
def lost_anchor(at: Text | Whole) -> Iterator[Flaw]:
    """A link names a part of a page that the page does not have."""
    if isinstance(at, Text):
        for link, found in at.inside:
            if found.leads is Leads.HERE and (words := _no_part(found, at.anchors)):
                yield Flaw(link.span, *words, raw=link.raw, note=link.note)
        return
    for inward in at.inward:
        found = inward.destination
        anchors = at.anchors.get(found.path) or at.context.anchors_of(found.path)
        if found.fragment and anchors is not None and (words := _no_part(found, anchors)):
            yield Flaw(inward.place, *words, raw=inward.raw, note=inward.note)


def _no_part(found: Destination, anchors: Anchors) -> tuple[str, str] | None:
    if anchors.has(found.fragment):
        return None
    where = "this text" if found.leads is Leads.HERE else repr(found.path)
    near = anchors.nearest(found.fragment)
    hint = f"Is {f'#{near}'!r} meant?" if near else "Name a heading of the page, or delete what stands from '#' on."
    return f"There is no part {f'#{found.fragment}'!r} in {where}.", hint


@rule(
    "B322",
    "draft-link",
    Severity.WARNING,
    Subject.ARCHIVE,
    why="A draft is not on the site. Until it is, the words of a link to it stand without one.",
    example="[the next report](2024-03-21-draft.md)",
    fix="Publish the draft first (delete `status: draft`), or take the link away until then.",
)
def draft_link(whole: Whole) -> Iterator[Flaw]:
    """A brief links to a draft."""
    for inward in whole.inward:
        if inward.destination.path in whole.drafts and inward.path not in whole.drafts:
            yield Flaw(
                inward.place,
                f"{inward.destination.path!r} is a draft, which the site does not have.",
                "Publish it first, or take the link away until then.",
                raw=inward.raw,
                note=inward.note,
            )


@rule(
    "B323",
    "unread-file",
    Severity.ERROR,
    Subject.ARCHIVE | Subject.BRIEF,
    why="""
    A brief or a record is read when its name ends in `.md`, in small letters; of the files beside them each has its
    one name. A file of another name is on no page and in no list, and nothing else tells you so.
    """,
    example="briefs_src/briefs/2024/REPORT.MD, briefs_src/entities/ada-kell.markdown, briefs_src/decisions.yaml",
    fix="Rename the file, as the hint says.",
)
def unread_file(at: Text | Whole) -> Iterator[Flaw]:
    """A file of the archive is not read because of its name."""
    paths = at.context.site_paths.archive
    for path in [at.document.path] if isinstance(at, Text) else sorted(paths):
        meant = meant_name(path)
        if meant and meant != path:
            taken = " (there is one already)" if meant in paths else ""
            yield Flaw(
                Span(0, 0) if isinstance(at, Text) else at.place(path),
                f"{path!r} is not read, since its name does not end as it should.",
                f"Rename it to {meant!r}{taken}.",
                path,
            )
