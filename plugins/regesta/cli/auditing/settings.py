"""What a site sets for its audit, for every command that has to do with the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.auditing.settings import AuditSettings, read_audit_settings
from regesta.reading.ledger import remembered_copy_hosts
from regesta.reading.project_config import AUDIT_TABLE, read_project_config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.reading.site_config import SiteConfig

__all__ = ["audit_settings", "copy_hosts"]


def audit_settings(config: SiteConfig, asked: Mapping[str, object] | None = None) -> AuditSettings:
    """Read pyproject.toml, mkdocs.yml, and what the command line asks for; raise `InvalidAuditSettings`."""
    return read_audit_settings(
        (f"pyproject.toml, [{AUDIT_TABLE}]", read_project_config(Path(), AUDIT_TABLE)),
        ("mkdocs.yml, regesta/links, audit", config.audit),
        ("the command line", asked or {}),
    )


def copy_hosts(*how: AuditSettings) -> frozenset[str]:
    """Give the archives whose copies may be shown: known ones, those of the settings, those named to an audit here."""
    return remembered_copy_hosts(Path()).union(*(one.mementos.server.hosts for one in how))
