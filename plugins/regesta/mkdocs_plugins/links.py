"""`regesta/links`: every build says what the checker says."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.plugins import BasePlugin

__all__ = ["LinksConfig", "LinksPlugin"]


class LinksConfig(base.Config):
    """Options of `regesta/links` in mkdocs.yml: none."""


class LinksPlugin(BasePlugin[LinksConfig]):
    """Logs findings."""
