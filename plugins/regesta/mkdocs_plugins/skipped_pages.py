"""What MkDocs says of pages that were not written, kept to itself."""

from __future__ import annotations

import logging

__all__ = ["SKIPPED", "SkippedPages"]


class SkippedPages(logging.Filter):
    """Keeps MkDocs from telling, page by page, that it wrote nothing: an unchanged page stands there already."""

    def __init__(self) -> None:
        """Begin with no page."""
        super().__init__()
        self.pages: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a message is worth saying."""
        message = record.msg
        return not (
            isinstance(message, str) and message.startswith("Page skipped: '") and message.split("'")[1] in self.pages
        )


SKIPPED = SkippedPages()
"""MkDocs' log has one for all builds of a process."""
for _engine in ("mkdocs", "properdocs"):
    logging.getLogger(f"{_engine}.commands.build").addFilter(SKIPPED)
