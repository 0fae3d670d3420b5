"""Each format, compared with a file in `golden/` byte for byte.

After a wanted change: `REGESTA_WRITE_GOLDEN=1 scripts/test tests/reporting/test_golden.py`, then read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.reporting.link_reports import a_link_report
from tests.reporting.reports import a_whole_report

from regesta import __version__
from regesta.reporting.formats import FORMATS, LINK_FORMATS

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


LINK_FILES = {**{name: file.replace("report", "links") for name, file in FILES.items()}, "csv": "links.csv"}


def test_every_format_has_a_golden_file():
    """No format is left out, and no file is left over."""
    assert FILES.keys() == FORMATS.keys()
    assert LINK_FILES.keys() == LINK_FORMATS.keys()
    assert {path.name for path in GOLDEN.iterdir()} == {*FILES.values(), *LINK_FILES.values()}


@pytest.mark.parametrize("name", FILES)
def test_a_report_is_what_it_was(name):
    """The report of each format is the golden file."""
    compare(FORMATS[name](a_whole_report()), GOLDEN / FILES[name])


@pytest.mark.parametrize("name", LINK_FILES)
def test_a_report_of_the_record_is_what_it_was(name):
    """The report of the record is the golden file, in each format."""
    compare(LINK_FORMATS[name](a_link_report()), GOLDEN / LINK_FILES[name])


def compare(text, file):
    """Compare with a golden file; style and version are left out, which change by themselves."""
    text = text.replace(f'"{__version__}"', '"0.0.0"')
    text = re.sub(r"(?s)(<style>\n).*(</style>)", r"\1\2", text)
    if os.environ.get("REGESTA_WRITE_GOLDEN"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
