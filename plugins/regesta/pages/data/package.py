"""The tables as a data package: `datapackage.json`, as Frictionless describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.model.slugs import slugify
from regesta.pages.data.tables import TABLES, Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from regesta.pages.data.tables import Column, Table
    from regesta.pages.languages.language import Language
    from regesta.pages.site import Site

__all__ = ["data_package"]


def data_package(site: Site, formats: Collection[str]) -> str:
    """Describe the CSV files that lie beside it, column by column, and name the other formats."""
    package: dict[str, object] = {
        "profile": "tabular-data-package",
        "name": slugify(site.name or "archive"),
        "title": site.name or "Archive",
        "description": site.description or "An archive of briefs.",
        "resources": [_resource(table, site.language) for table in TABLES],
    }
    if site.web_root:
        package["homepage"] = site.web_root
    if others := [name for name in formats if name != "csv"]:
        package["keywords"] = ["briefs", *(f"also as {name}" for name in others)]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, language: Language) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column, language, is_key=table.key == (column.name,)) for column in table.columns]
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.leads_to:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": [its]}}
            for column, other, its in table.leads_to
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": language.say(table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column, language: Language, *, is_key: bool) -> dict[str, object]:
    # CSV has no lists: theirs are cells of text with '; ' between the items.
    kind = Kind.NUMBER if column.kind is Kind.NUMBER else Kind.TEXT
    meaning = language.say(column.meaning)
    if column.kind is Kind.LIST:
        meaning = language.say("{meaning} A list, with '; ' between its items.", meaning=meaning)
    field: dict[str, object] = {"name": column.name, "type": kind.value, "description": meaning}
    if is_key:
        field["constraints"] = {"required": True, "unique": True}
    return field
