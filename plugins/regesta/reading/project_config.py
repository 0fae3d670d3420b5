"""What pyproject.toml says of the checker and of the audit."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from regesta.reading.folder import Unreadable, read_settings_file
from regesta.reading.site_config import InvalidSiteConfig

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["AUDIT_TABLE", "PROJECT_TABLE", "read_project_config"]

PROJECT_TABLE = "tool.regesta.check"
AUDIT_TABLE = "tool.regesta.audit"
"""Where an archive sets the same for its audit."""


def read_project_config(folder: Path, table: str = PROJECT_TABLE) -> Mapping[str, object]:
    """Give a table of a folder's pyproject.toml, if any: the checker's, or another; raise `InvalidSiteConfig`."""
    file = folder / "pyproject.toml"
    try:
        content = read_settings_file(file)
        if content is None:
            return {}
        found: object = tomllib.loads(content.decode("utf-8"))
    except Unreadable as error:
        raise InvalidSiteConfig(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InvalidSiteConfig(f"{file}: cannot be read: {error}") from error
    for name in table.split("."):
        found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            return {}
    if not isinstance(found, dict):
        raise InvalidSiteConfig(f"{file}: [{table}] is no table.")
    return found
