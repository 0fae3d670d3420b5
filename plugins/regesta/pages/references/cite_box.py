"""The Cite box of a brief, and the files of references that a page offers."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from markupsafe import Markup

from regesta.pages.html import attribute, text
from regesta.pages.references.citation_styles import cite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.references.formats import ReferenceFormat
    from regesta.pages.site import Site

__all__ = ["alternate_links", "cite_box", "reference_links", "reference_path"]


def reference_path(page: str, wanted: ReferenceFormat) -> str:
    """Give the path of the references that belong to a page: beside it, at its address.

    >>> reference_path("briefs/2020/a.md", REFERENCE_FORMATS["ris"])
    'briefs/2020/a/cite.ris'
    >>> reference_path("dates/2020/index.md", REFERENCE_FORMATS["ris"])
    'dates/2020/cite.ris'
    """
    folder, name = posixpath.split(page.removesuffix(".md"))
    return posixpath.join(folder, "" if name == "index" else name, f"cite{wanted.suffix}")


def cite_box(site: Site, path: str) -> Markup:
    """Write the box of a brief: folded, with its reference in each style and as a file of each format.

    An archive has as many of them as briefs: they are written here and not by a template. A script adds the buttons
    and the day of access; without one everything else is there.
    """
    reference, say = site.references[path], site.language.say
    authors = ", ".join(author.in_order for author in reference.authors)
    said_by = dict.fromkeys((authors, reference.institute, site.language.date_words(reference.date)))
    words = {
        "copy": say("Copy"),
        "copied": say("Copied"),
        "quote": say("Copy quotation"),
        "quotation": say("“{words}” — {source}, {address}", words="{words}", source="{source}", address="{address}"),
        "source": ", ".join(filter(None, said_by)),
    }
    data = "".join(f' data-{name}="{attribute(value)}"' for name, value in words.items())
    styles = "".join(
        f'<dt id="cite-{number}">{text(one.style)}</dt>\n'
        f'<dd><p class="rg-citation" lang="{attribute(one.language)}">{one.html}</p></dd>\n'
        for number, one in enumerate(cite(reference, site.language), 1)
    )
    return Markup(  # noqa: S704 - escaped above
        f'<details class="rg-cite" id="cite"{data}>\n<summary>{text(say("Cite this brief"))}</summary>\n'
        f"<dl>\n{styles}</dl>\n{_files(site, path, reference.key)}</details>\n"
    )


def reference_links(site: Site, path: str) -> Markup:
    """Write where the references of all briefs that a page lists can be taken away; nothing where there are none."""
    if not site.reference_formats:
        return Markup()
    name = path.removesuffix(".md").removesuffix("/index").replace("/", "-")
    return Markup(_files(site, path, name))  # noqa: S704 - escaped there


def alternate_links(site: Site, path: str) -> Iterator[str]:
    """Give what the head of a page says of its references."""
    for wanted in site.reference_formats:
        address = attribute(site.addresses.link(path, reference_path(path, wanted)))
        # Not "alternate": the theme would ask for a sitemap beside each, as it does for another language.
        kind = f'type="{wanted.media_type}" href="{address}" title="{wanted.label}"'
        yield f'<link rel="describedby" {kind}>'


def _files(site: Site, path: str, name: str) -> str:
    links = [
        f'<a href="{attribute(site.addresses.link(path, reference_path(path, wanted)))}"'
        f' download="{attribute(name)}{wanted.suffix}">{text(wanted.label)}</a>'
        for wanted in site.reference_formats
    ]
    if not links:
        return ""
    label = text(site.language.say("References as files:"))
    return f'<p class="rg-files"><span>{label}</span> {" ".join(links)}</p>\n'
