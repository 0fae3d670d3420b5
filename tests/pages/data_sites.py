"""Archives on their way to pages, for tests of feeds and data."""

from __future__ import annotations

from regesta.model.archive import Archive, read_entry
from regesta.model.briefs import read_document
from regesta.model.entities import read_entity
from regesta.model.mentions import Names
from regesta.pages.site import Site

ADA = "---\nname: Ada Kell\ntype: person\nvariants: [Kell, {name: Secretname, kind: hidden}]\n---\n"


def site_of(*briefs: str, entities: dict[str, str] | None = None, **options: object) -> Site:
    """Read briefs, each a file's text, and entities by slug."""
    records = [
        read_entity(read_document(f"entities/{slug}.md", text.encode()))
        for slug, text in ({"ada-kell": ADA} if entities is None else entities).items()
    ]
    names = Names(records)
    entries = [
        read_entry(read_document(f"briefs/2020/brief-{number}.md", text.encode()), names)
        for number, text in enumerate(briefs)
    ]
    settings = {"name": "Register", "site_url": "https://register.example/", "feed_size": 20, "records": True} | options
    return Site(archive=Archive.of(entries, records), bodies={}, **settings)  # type: ignore[arg-type]


def brief(front: str = "", text: str = "Ada Kell spoke.[^1]\n\n[^1]: <https://beacon.example/a>\n") -> str:
    """Write a brief; `front` overrides a title and a date."""
    fields = {"title": "Boats", "date": "2020-09-09"}
    extra = [line for line in front.splitlines() if line]
    fields = {key: value for key, value in fields.items() if not any(line.startswith(f"{key}:") for line in extra)}
    lines = [*(f"{key}: {value}" for key, value in fields.items()), *extra]
    return "---\n" + "\n".join(lines) + f"\n---\n{text}"
