"""E: entities, and the names by which briefs call them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from regesta.checking.identifiers import AUTHORITIES, problem_with
from regesta.checking.rules import Flaw, Subject, rule
from regesta.checking.spellings import two_spellings
from regesta.model.entities import EntityType, VariantKind
from regesta.model.findings import Severity
from regesta.model.front_matter import strings
from regesta.model.mentions import LONGEST_NAME, MOST_NAMES, plain_spelling
from regesta.model.slugs import is_slug
from regesta.model.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.checking.texts import Text, Whole
    from regesta.model.entities import Entity
    from regesta.model.front_matter import Value

__all__ = [
    "ambiguous_variant",
    "duplicate_variant",
    "invalid_identifier",
    "invalid_record",
    "never_mentioned",
    "too_many_names",
    "two_spellings_in_one_brief",
    "unknown_entity",
]


@rule(
    "E401",
    "unknown-entity",
    Severity.ERROR,
    Subject.RECORD,
    why="A slug that names no entity links to nothing, and what the brief decides by it is not done.",
    example="[the premier](entity:mirela-ostrenk)",
    fix="Correct the slug (it is the name of the record's file), or add the record.",
)
def unknown_entity(text: Text) -> Iterator[Flaw]:
    """A slug names no entity of the archive."""
    known = text.context.knows
    for link, _ in text.suspects:
        if link.text.startswith("entity:") and not known(slug := link.text.removeprefix("entity:")):
            message = f"There is no entity {slug!r}."
            yield Flaw(link.span, message, _meant(slug, text), slug, raw=link.raw, note=link.note)
    fields = text.document.front.fields
    for name in ("entities", "part_of"):
        if value := fields.get(name):
            for slug in _slugs(value):
                if not known(slug):
                    span = text.span_within(name, slug)
                    yield Flaw(span, f"{name}: there is no entity {slug!r}.", _meant(slug, text), slug)


def _slugs(value: Value) -> Iterator[str]:
    """Give the slugs in `part_of: slug` and in `entities: {add, not, read}`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(value.get("add"))
        yield from strings(value.get("not"))
        read = value.get("read")
        if isinstance(read, dict):
            yield from (slug for slug in read.values() if isinstance(slug, str))


def _meant(slug: str, text: Text) -> str:
    near = get_close_matches(slug[:80], text.context.entities, 1)
    return f"Is {near[0]!r} meant?" if near else f"Add the record 'entities/{slug}.md', or correct the slug."


@rule(
    "E402",
    "ambiguous-variant",
    Severity.WARNING,
    Subject.BRIEF,
    why="""
    A name that several entities share goes to the one whose longer name stands earlier in the brief. Where none or
    two do, it goes to neither: a wrong link would be worse than none.
    """,
    example="Kell said that Kell had not been asked.",
    fix="""
    Write the full name where the person first appears, or let the brief decide:
    `entities: {read: {Kell: ada-kell}}`.
    """,
)
def ambiguous_variant(text: Text) -> Iterator[Flaw]:
    """A name may mean several entities, and nothing in the brief says which."""
    if text.entry is None or not text.entry.ambiguous:
        return
    places: dict[tuple[str, tuple[str, ...]], list[Span]] = {}
    blocks = text.document.body.blocks
    for found in text.entry.ambiguous:
        span = blocks[found.block].source_span(found.start, found.end)
        places.setdefault((found.spelling, found.slugs), []).append(span)
    for (spelling, slugs), spans in places.items():
        times = f" (here and in {len(spans) - 1} more places)" if len(spans) > 1 else ""
        yield Flaw(
            spans[0],
            f"{spelling!r} may mean {' or '.join(repr(slug) for slug in slugs)}{times}.",
            f"Write the longer name before it, or decide: entities: {{read: {{{spelling}: {slugs[0]}}}}}.",
            spelling,
        )


@rule(
    "E403",
    "duplicate-variant",
    Severity.WARNING,
    Subject.ARCHIVE,
    why="""
    Two records whose shown names are one cannot be told apart by matching: mostly they are one entity, recorded twice.
    A variant that a record lists twice does nothing. A short name that two entities share, such as a surname, is none
    of this.
    """,
    example="name: Ada Kell          # ada-kell.md\nvariants: [Ada Kell]    # kell-ada.md",
    fix="Join the two records, or write something into the names that tells the two apart.",
)
def duplicate_variant(whole: Whole) -> Iterator[Flaw]:
    """The name of an entity is a name of another one, or a record lists a variant twice."""
    owners: dict[str, Entity] = {}
    for entity in whole.archive.entities.values():
        seen = {entity.name}
        for variant in entity.variants:
            if variant.name in seen and not variant.inflected:
                place = whole.place(entity.path, "variants", variant.name)
                message = f"{entity.slug!r} has the variant {variant.name!r} already."
                yield Flaw(place, message, "Delete one of the two.", f"{entity.slug} {variant.name}")
            seen.add(variant.name)
        if (other := owners.setdefault(entity.name, entity)) is not entity:
            yield _one_name(whole, entity, other, "name", entity.name)
    for entity in whole.archive.entities.values():
        for name in dict.fromkeys(variant.name for variant in entity.variants):
            owner = owners.get(name, entity)
            if owner is not entity:
                yield _one_name(whole, entity, owner, "variants", name)


def _one_name(whole: Whole, entity: Entity, other: Entity, field: str, name: str) -> Flaw:
    return Flaw(
        whole.place(entity.path, field, name),
        f"{name!r} is the name of {other.slug!r} too.",
        "Join the two records, or tell them apart by their names.",
        f"{name} {other.slug}",
    )


@rule(
    "E404",
    "never-mentioned",
    Severity.INFO,
    Subject.ARCHIVE,
    why="An entity that no brief names has an empty page. Mostly a variant is missing.",
    example="name: Osterwick Authority    # and the briefs write Osterwijk Authority",
    fix="Add the spelling that the briefs have, or delete the record.",
)
def never_mentioned(whole: Whole) -> Iterator[Flaw]:
    """No brief names an entity."""
    mentioned = whole.archive.mentioned
    for slug, entity in whole.archive.entities.items():
        if slug not in mentioned:
            yield Flaw(
                whole.place(entity.path, "name"),
                f"No brief names {entity.name!r}.",
                "Add the spelling that the briefs have to its variants.",
                slug,
            )


@rule(
    "E405",
    "two-spellings-in-one-brief",
    Severity.INFO,
    Subject.BRIEF,
    why="""
    Both spellings lead to one page, so nothing is lost. Within one text a reader may still take them for two persons.
    """,
    example="Ostrenko spoke first. Astrenka had the last word.",
    fix="Leave it when the document itself has both; else write one of them.",
)
def two_spellings_in_one_brief(text: Text) -> Iterator[Flaw]:
    """A brief spells one entity's name in two ways."""
    if text.entry is None:
        return
    spellings: dict[str, dict[str, int]] = {}
    for at, mention in enumerate(text.entry.mentions):
        spellings.setdefault(mention.slug, {}).setdefault(plain_spelling(mention.spelling), at)
    for slug, found in spellings.items():
        entity = text.context.entities.get(slug) if len(found) > 1 else None
        if entity and (pair := two_spellings(entity, tuple(found))):
            mention = text.entry.mentions[found[pair[1]]]
            span = text.document.body.blocks[mention.block].source_span(mention.start, mention.end)
            yield Flaw(
                span,
                f"{entity.name!r} is spelled {pair[0]!r} and {pair[1]!r} in one brief.",
                "Leave it when the document has both.",
                f"{slug} {pair[0]} {pair[1]}",
            )


@rule(
    "E406",
    "invalid-identifier",
    Severity.WARNING,
    Subject.ENTITY,
    why="An identifier with a wrong digit says that our entity is somebody else.",
    example="same_as: {isni: 0000 0001 2281 955X}",
    fix="Copy it again from the authority's page: the identifier alone, not the address.",
)
def invalid_identifier(text: Text) -> Iterator[Flaw]:
    """An identifier is not of the form that its authority gives, or its check digit is wrong."""
    if text.entity is None:
        return
    for authority, identifier in text.entity.same_as:
        if problem := problem_with(authority, identifier):
            span = text.span_within("same_as", identifier)
            hint = (
                f"Write it as in {AUTHORITIES[authority].example!r}." if authority in AUTHORITIES else "Copy it again."
            )
            yield Flaw(span, f"same_as: {authority} {identifier!r} {problem}.", hint, f"{authority} {identifier}")


@rule(
    "E407",
    "invalid-record",
    Severity.ERROR,
    Subject.ENTITY,
    why="A record is the authority for a name. One whose type is not known would stand under organisations, by guess.",
    example="name: Ada Kell\ntype: persson",
    fix="Give `name:` and `type:` (person, organisation, place or event), and name the file by a slug: `ada-kell.md`.",
)
def invalid_record(text: Text) -> Iterator[Flaw]:
    """The record of an entity lacks its name or type, or holds what it cannot hold."""
    if text.entity is None:
        return
    fields, slug = text.document.front.fields, text.entity.slug
    if not is_slug(slug):
        hint = "Name it with a-z, 0-9 and single hyphens, such as 'ada-kell.md'."
        yield Flaw(Span(0, 0), f"The file's name {slug!r} is no slug.", hint, f"slug {slug}")
    if not text.is_readable:
        return
    name = fields.get("name")
    if not isinstance(name, str) or not name.strip():
        yield Flaw(text.span_of("name"), "The record has no name.", "Add 'name:' to the front matter.", "name")
    elif "*" in name:
        hint = "Write the whole name, and the stem with its '*' under 'variants:'."
        yield Flaw(text.span_of("name"), f"The name {name!r} is a stem, which is never shown.", hint, "name")
    for field, value in (("type", fields.get("type") or ""), *(("also", also) for also in strings(fields.get("also")))):
        if value not in tuple(EntityType):
            shown = f"The {field} {value!r} is not known." if value else "The record has no type."
            words = value if isinstance(value, str) else ""
            hint = f"Write one of {', '.join(EntityType)}."
            yield Flaw(text.span_within(field, words), shown, hint, f"{field} {words}")
    yield from _variant_flaws(text, fields.get("variants") or ())


@rule(
    "E408",
    "too-many-names",
    Severity.ERROR,
    Subject.ENTITY,
    why="""
    All names of all records are looked for at once in every brief. A record with thousands of them, or with a name of
    a page's length, would make that slow for the whole archive: such names are not looked for.
    """,
    example="variants: [Kell, A. Kell, …]    # two hundred and one",
    fix="Keep the spellings that the briefs have. Endings need no variants of their own: write a stem with `*`.",
)
def too_many_names(text: Text) -> Iterator[Flaw]:
    """A record lists more names than are looked for, or one that is too long."""
    if text.entity is None:
        return
    listed = {"variants": [variant.name for variant in text.entity.variants], "not_in": list(text.entity.not_in)}
    for field, names in listed.items():
        most = MOST_NAMES - (field == "variants")  # the shown name is one
        if len(names) > most:
            message = f"{field}: {len(names):,} names are listed; only the first {most} are looked for."
            yield Flaw(text.span_of(field), message, f"Keep at most {most}.", field)
    for field, name in (("name", text.entity.name), *(("variants", name) for name in listed["variants"])):
        if len(plain_spelling(name)) > LONGEST_NAME:
            message = f"The name {name[:40]!r}… has {len(name):,} characters, and is not looked for."
            yield Flaw(text.span_within(field, name), message, f"Write at most {LONGEST_NAME}.", f"{field} {name[:40]}")


def _variant_flaws(text: Text, listed: Value) -> Iterator[Flaw]:
    for variant in listed if isinstance(listed, tuple) else (listed,):
        if isinstance(variant, str):
            variant = {"name": variant}  # noqa: PLW2901 - as it would be written out
        kind = variant.get("kind", "spelling") if isinstance(variant, dict) else ""
        name = variant.get("name") if isinstance(variant, dict) else None
        if not isinstance(name, str) or not name.strip():
            hint = "Write the name itself, or {name: …, kind: …}."
            yield Flaw(text.span_of("variants"), "A variant has no name.", hint, "variants")
        elif "*" in name.strip()[:-1]:
            hint = "Write the letters that all forms of the name begin with, then '*'."
            message = f"The variant {name!r} has a '*' before its end, and is never found."
            yield Flaw(text.span_within("variants", name), message, hint, f"variants {name}")
        elif kind not in tuple(VariantKind):
            span = text.span_within("variants", kind if isinstance(kind, str) else name)
            hint = f"Write one of {', '.join(VariantKind)}."
            yield Flaw(span, f"The kind {kind!r} of the variant {name!r} is not known.", hint, f"variants {name}")
