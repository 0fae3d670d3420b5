"""`regesta/links`: every build says what the checker says."""

from __future__ import annotations

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

__all__ = ["LinksPlugin"]


class LinksPlugin(BasePlugin[Config]):
    """Logs findings."""
