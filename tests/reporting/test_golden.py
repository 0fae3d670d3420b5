"""Each format, compared with a file in `golden/` byte for byte.

After a wanted change: `REGESTA_WRITE_GOLDEN=1 scripts/test tests/reporting/test_golden.py`, then read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.reporting.reports import a_whole_report

from regesta import __version__
from regesta.reporting.formats import FORMATS

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "text": "report.txt",
    "json": "report.json",
    "sarif": "report.sarif",
    "junit": "report.xml",
    "github": "report.github",
    "markdown": "report.md",
    "html": "report.html",
}


def test_every_format_has_a_golden_file():
    """No format is left out, and no file is left over."""
    assert FILES.keys() == FORMATS.keys()
    assert {path.name for path in GOLDEN.iterdir()} == set(FILES.values())


@pytest.mark.parametrize("name", FILES)
def test_a_report_is_what_it_was(name):
    """The report of each format is the golden file; style and version are left out, which change by themselves."""
    text = FORMATS[name](a_whole_report()).replace(f'"{__version__}"', '"0.0.0"')
    text = re.sub(r"(?s)(<style>\n).*(</style>)", r"\1\2", text)
    file = GOLDEN / FILES[name]
    if os.environ.get("REGESTA_WRITE_GOLDEN"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
