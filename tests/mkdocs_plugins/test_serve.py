"""`mkdocs serve`, which writers look at while they write."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from tests.sites import make_site, serving

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20


def fetch(url: str) -> str:
    """Get a page, or nothing while there is none."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
            return str(answer.read().decode())
    except urllib.error.URLError:
        return ""


def wait_for(url: str, part: str) -> bool:
    """Wait until a page holds these words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if part in fetch(url):
            return True
        time.sleep(0.2)
    return False


def test_drafts_are_shown_and_changes_followed(tmp_path: Path) -> None:
    """`serve` shows drafts as such, and a changed brief, a new one and a removed one within seconds."""
    folder = make_site(tmp_path / "a")
    with serving(folder) as top:
        draft = fetch(f"{top}briefs/2023/2023-06-30-outlook-for-autumn/")
        assert '<span class="rg-chip">draft</span>' in draft
        brief = folder / "briefs_src/briefs/2021/2021-03-10-no-boats.md"
        brief.write_text(brief.read_text(encoding="utf-8") + "\nA sentence just written.\n", encoding="utf-8")
        assert wait_for(f"{top}briefs/2021/2021-03-10-no-boats/", "A sentence just written.")
        new = folder / "briefs_src/briefs/2021/2021-12-30-new.md"
        new.write_text("---\ntitle: Quite new\ndate: 2021-12-30\n---\nText.\n", encoding="utf-8")
        assert wait_for(f"{top}dates/2021/12/30/", "Quite new")
        mirrors = fetch(f"{top}briefs/2022/2022-07-20-false-mirrors/")
        aside = mirrors.partition('<aside class="rg-findings"')[2].partition("</aside>")[0]
        assert "The check found 4 errors, 3 remarks." in aside
        assert "<code>hxxps://lissen-commision[.]example/gauges</code>" in aside
        assert "<a " not in aside
        assert mirrors.index('<aside class="rg-findings"') < mirrors.index("<h1>")
        assert "rg-findings" not in fetch(f"{top}briefs/2021/2021-03-10-no-boats/")
        brief.write_text(brief.read_text(encoding="utf-8") + "\nLost.[^lost]\n", encoding="utf-8")
        assert wait_for(f"{top}briefs/2021/2021-03-10-no-boats/", "Footnote <code>[^lost]</code> has no definition.")
        new.unlink()
        assert wait_for(f"{top}briefs/", "Briefs")
        assert not (folder / "briefs_src/addresses.txt").exists()
