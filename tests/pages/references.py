"""References for tests: plain ones, and such as want to break out of every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from regesta.model.briefs import read_brief, read_document
from regesta.model.dates import parse_date
from regesta.model.people_names import AuthorName, read_author
from regesta.pages.references.references import Reference, read_reference

if TYPE_CHECKING:
    from regesta.model.briefs import Brief

ADDRESS = "https://register.example/briefs/2020/2020-09-09-water/"
HOSTILE = (
    "}, year = {1900}, note = {",
    "\\",
    "\\input{/etc/passwd}",
    "100 % of $5 & #1_a ~ ^",
    "{balanced} }{ not",
    '"quoted" @comment{x}',
    "ER  - ",
    "ER  - TY  - BOOK TI  - x",
    "</script><script>alert(1)</script>",
    "]]> --> & < > ' \"",
    "Лукашенко — 水 é Ünï",
    "and",
    "A and B, C",
    "x" * 3000,
)


def brief_of(front: str) -> Brief:
    """Read a brief of this front matter."""
    return read_brief(read_document("briefs/2020/2020-09-09-water.md", f"---\n{front}\n---\nText.\n".encode()))


def reference_of(front: str) -> Reference:
    """Make the reference of a brief of this front matter."""
    return read_reference(brief_of(front), key="water", address=ADDRESS)


def reference(**values: object) -> Reference:
    """Make a full reference; `values` replace what stands in it."""
    plain = {
        "key": "water",
        "title": "Low water",
        "authors": (read_author("Mirela Ostrenko"), read_author("Jan van der Berg")),
        "institute": "Centre for Upland Affairs",
        "series": "Notes",
        "number": "12",
        "date": parse_date("2020-09-09"),
        "language": "en",
        "address": ADDRESS,
        "published_at": ("https://upland.example/low-water.pdf",),
        "doi": "10.1234/low",
        "rights": "CC BY 4.0",
        "subjects": ("rivers", "dams"),
        "summary": "The gauge stood low.",
    }
    return Reference(**plain | values)  # type: ignore[arg-type]


def hostile(text: str) -> Reference:
    """Make a reference that says `text` wherever something can be said."""
    return reference(
        title=text,
        authors=(AuthorName(text), AuthorName(text, "Ada")),
        institute=text,
        series=text,
        number=text,
        subjects=(text.replace(",", ""),),
        summary=text,
    )


def texts() -> st.SearchStrategy[str]:
    """Draw lines such as front matter can hold: no control characters, no surrogates, white space already folded."""
    drawn = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=60)
    return (drawn | st.text('{}\\%&$#_~^" ,@-', min_size=1)).map(lambda text: " ".join(text.split())).filter(bool)
