"""What the head of a brief's page tells reference managers: as Zotero and Google Scholar read it, and Dublin Core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.html import attribute
from regesta.pages.references.cite_box import alternate_links
from regesta.pages.references.references import known_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.model.people_names import AuthorName
    from regesta.pages.references.references import Reference
    from regesta.pages.site import Site

__all__ = ["brief_head"]


def brief_head(site: Site, path: str, description: str) -> str:
    """Write the tags of a brief, one a line."""
    reference = site.references[path]
    tags = [f'<meta name="{name}" content="{attribute(value)}">' for name, value in _named(reference) if value]
    graph = (*_graph(site, reference), ("og:description", description))
    tags += [f'<meta property="{name}" content="{attribute(value)}">' for name, value in graph if value]
    return "\n".join(
        [
            '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">',
            '<link rel="schema.Z" href="http://www.zotero.org/namespaces/export#">',
            *tags,
            *alternate_links(site, path),
        ]
    )


def _named(reference: Reference) -> Iterator[tuple[str, str]]:
    """Give the tags that have a name.

    Zotero takes a page for a report by `citation_technical_report_institution` and by `DC.type`; a journal's or
    publisher's tag of Highwire would make it something else. A report's series it knows in its own words only, and of
    `DC.source` it makes a publication. Without any date it would take the first that stands on the page, that of a
    visit to a link. (Its translator "Embedded Metadata", run on these pages.)
    """
    parts = known_parts(reference.date)
    padded = [f"{part:04}" if not index else f"{part:02}" for index, part in enumerate(parts)]
    yield "citation_title", reference.title
    for author in reference.authors:
        yield "citation_author", _for_highwire(author, alone=len(reference.authors) == 1)
    yield "citation_publication_date", "/".join(padded)
    yield "citation_technical_report_institution", reference.institute
    yield "citation_technical_report_number", reference.number
    yield "Z.seriesTitle", reference.series
    yield "citation_language", reference.language
    yield "citation_doi", reference.doi
    yield "citation_keywords", "; ".join(reference.subjects)
    yield "citation_abstract", reference.summary
    yield "citation_public_url", reference.address
    yield "citation_pdf_url", reference.pdf
    yield "DC.type", "Report"
    yield "DC.title", reference.title
    for author in reference.authors:
        yield "DC.creator", author.by_family
    yield "DC.publisher", reference.institute
    yield "DC.date", "-".join(padded) or (reference.date.text if reference.date else "n.d.")
    yield "DC.language", reference.language
    yield "DC.identifier", reference.address
    for address in reference.published_at:
        yield "DC.relation", address
    yield "DC.rights", reference.rights
    for subject in reference.subjects:
        yield "DC.subject", subject
    yield "DC.description", reference.summary


def _for_highwire(name: AuthorName, *, alone: bool) -> str:
    """Write a name by its last part, so that no reader has to find it.

    Zotero takes the last word of a name without a comma for the family's, an institute's too, and where one author
    stands alone it takes a comma with several words on both sides for one between two.

    >>> from regesta.model.people_names import read_author
    >>> [_for_highwire(read_author(name), alone=False) for name in ("Jan Piet van der Berg", "War Office")]
    ['van der Berg, Jan Piet', 'War Office,']
    """
    if name.is_whole:
        return name.family if "," in name.family else f"{name.family},"
    if alone and " " in name.family and " " in name.given:
        return name._replace(given=name.given.replace(" ", _NO_BREAK)).by_family
    return name.by_family


_NO_BREAK = "\N{NO-BREAK SPACE}"


def _graph(site: Site, reference: Reference) -> Iterator[tuple[str, str]]:
    parts = known_parts(reference.date)
    yield "og:type", "article"
    yield "og:title", reference.title
    yield "og:url", reference.address if site.site_url else ""
    yield "og:site_name", site.name
    # Open Graph wants a whole day.
    yield "article:published_time", "{:04}-{:02}-{:02}".format(*parts) if len(parts) == 3 else ""  # noqa: PLR2004
