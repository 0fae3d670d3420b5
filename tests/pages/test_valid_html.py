"""The HTML is what the standard says it is."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

THEMES_OWN = {
    # Material's markup, which is not ours to mend: the beginning of the message, and what stands in its place.
    "Attribute “autocomplete” is only allowed": 'class="md-toggle"',
    "The value of the “for” attribute of the “label” element": 'for="__toc"',
}


def test_the_nu_checker_finds_no_error(archive_site: Path) -> None:
    """The Nu HTML checker finds no error in any page of the archive."""
    jar = os.environ.get("REGESTA_VNU_JAR")
    if not jar:
        pytest.skip("the Nu HTML checker needs npm and Java: scripts/test fetches it where both can be had")
    command = ["java", "-jar", jar, "--format", "json", "--errors-only", "--skip-non-html", "--exit-zero-always"]
    done = subprocess.run([*command, os.fspath(archive_site)], capture_output=True, text=True, check=False, timeout=300)
    messages = json.loads(done.stderr or done.stdout)["messages"]
    ours = [m for m in messages if m["type"] == "error" and not _is_the_themes(m)]
    assert [f"{m['url'].rpartition('/site/')[2]}: {m['message']} {m.get('extract', '')!r}" for m in ours[:20]] == []


def _is_the_themes(message: dict[str, str]) -> bool:
    return any(
        message["message"].startswith(start) and part in message.get("extract", "")
        for start, part in THEMES_OWN.items()
    )
