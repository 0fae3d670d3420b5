"""`regesta report`, as a person and as a nightly job call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.cli.main import main
from regesta.model.ledger import LinkRecord, write_line, write_lines
from regesta.model.verdicts import Observation, Verdict
from regesta.reading.folder import archive_of
from regesta.reporting.formats import LINK_FORMATS

BRIEF = """\
---
title: Water
date: 2020-09-09
---

Text.[^1]

[^1]: <https://a.example/>; <https://b.example/>; <https://c.example/>; <https://d(.)example/>; [x](other.md).
"""
COPY = "https://web.archive.org/web/20200911000000/https://b.example/"
GIT = shutil.which("git") or "git"
MARCH = [date(2026, 3, day) for day in (1, 4, 7)]


def record(host, verdict, *days, **changes):
    """Make a record of visits on some days."""
    evidence = tuple(Observation(day, "", Verdict(verdict), 404, "", None, "Gone.") for day in days)
    given = {"since": days[0], "reason": "Gone.", "evidence": evidence, "failures": len(days)}
    return LinkRecord(url=f"https://{host}.example/", verdict=Verdict(verdict), **{**given, **changes})


@pytest.fixture(autouse=True)
def archive(tmp_path, monkeypatch):
    """Make a small archive with a ledger, and go there."""
    monkeypatch.chdir(tmp_path)
    archive_of.cache_clear()  # it knows folders by the names that they have from the current one
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    folder = tmp_path / "briefs_src"
    (folder / "briefs/2020").mkdir(parents=True)
    (folder / "briefs/2020/a.md").write_text(BRIEF, encoding="utf-8")
    put(record("a", "live", MARCH[0], failures=0), record("b", "dead", *MARCH, mementos={"2020-09-09": COPY}))
    return folder


def put(*records, file="briefs_src/links.jsonl"):
    """Write the ledger."""
    Path(file).write_text(write_lines(records), encoding="ascii")


def commit():
    """Commit everything."""
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "x"],
    ):
        subprocess.run([GIT, *arguments], check=True)


def run(*arguments, now="2026-03-20"):
    """Call `regesta report` and give exit status, stdout and stderr."""
    result = CliRunner().invoke(main, ["report", "--now", now, *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def links(*arguments, **options):
    """Give the links of the JSON report, by URL."""
    status, out, err = run("--output-format", "json", *arguments, **options)
    assert (status, err) == (0, "")
    return {link["url"]: link for link in json.loads(out)["links"]}


def test_it_says_what_is_on_record():
    """A sentence, then by brief what is wrong; it ends well, since it did its work."""
    status, out, err = run()
    lines = out.splitlines()
    assert lines[0] == (
        "Of 4 addresses in 4 links 1 answers; 1 is gone, 1 of them archived; 1 was not visited yet; "
        "1 is kept unlinked on purpose. 2 are verifiable: live, moved or archived."
    )
    assert lines[2] == "Water"
    assert lines[3].startswith(
        "briefs_src/briefs/2020/a.md:8:30 L501 warning: 'https://b.example/' is dead (since 1 March 2026)."
    )
    assert " L511 remark: 'https://d(.)example/' is not visited." in lines[4]
    assert lines[-1] == "0 errors, 1 warning, 1 remark."
    assert (status, err) == (0, "")


def test_json_has_the_agreed_shape():
    """Every link is in it, each URL once, whatever its form."""
    _, out, _ = run("--output-format", "json")
    data = json.loads(out)
    assert (data["version"], list(data)) == (1, ["version", "links", "summary"])
    found = {link["raw"][0]: link for link in data["links"]}
    assert {raw: (link["url"], link["verdict"]) for raw, link in found.items()} == {
        "https://a.example/": ("https://a.example/", "live"),
        "https://b.example/": ("https://b.example/", "dead"),
        "https://c.example/": ("https://c.example/", "unchecked"),
        "https://d(.)example/": ("https://d.example/", "refused"),
        "other.md": (None, "refused"),
    }
    dead = found["https://b.example/"]
    assert {name: dead[name] for name in ("since", "checked", "status", "final_url", "reason", "memento")} == {
        "since": "2026-03-01",
        "checked": "2026-03-07",
        "status": 404,
        "final_url": None,
        "reason": "Gone.",
        "memento": COPY,
    }
    assert dead["cited_by"] == [{"path": "briefs_src/briefs/2020/a.md", "line": 8, "footnote": "1"}]
    summary = data["summary"]
    assert (summary["live"], summary["dead"], summary["links"], summary["urls"], summary["verifiable"]) == (
        1,
        1,
        5,
        4,
        2,
    )


@pytest.mark.parametrize("name", LINK_FORMATS)
def test_every_format_can_be_asked_for(name, tmp_path):
    """Each format of the check, and CSV, is written whole into the file that is named; the sentence is printed."""
    status, out, _ = run("--output-format", f"{name}=out.file")
    assert "b.example" in (tmp_path / "out.file").read_text(encoding="utf-8")
    assert out.startswith("Of 4 addresses in 4 links")
    assert status == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 0),
        (["--fail-on", "never"], 0),
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "info"], 1),
        (["--fail-on", "info", "--select", "L510"], 0),
        (["--fail-on", "new-dead-unarchived"], 0),
        (["--fail-on", "sometimes"], 2),
        (["--fail-on", "new-dead-unarchived:"], 2),
        (["--fail-on", "new-dead-unarchived:-1"], 2),
        (["--select", "U101"], 2),
        (["--select", "L999"], 2),
        (["--ignore", "L", "--fail-on", "info"], 0),
        (["--ledger", "none.jsonl"], 2),
        (["no-such-folder"], 2),
        (["--since", "--output"], 2),
    ],
)
def test_exit_status(arguments, status):
    """Nothing counts unless it was asked for; what cannot be done is 2."""
    found, _, err = run(*arguments)
    assert found == status, err
    assert bool(err) == (status == 2)


@pytest.mark.parametrize(
    ("dead", "arguments", "status"),
    [
        (1, ["--fail-on", "new-dead-unarchived"], 1),
        (1, ["--fail-on", "new-dead-unarchived:1"], 0),
        (2, ["--fail-on", "new-dead-unarchived:1"], 1),
        (2, ["--fail-on", "new-dead-unarchived:1", "--ignore", "L501"], 0),
        (2, ["--fail-on", "new-dead-unarchived:1", "--since", "2026-03-08"], 0),
        (2, ["--fail-on", "new-dead-unarchived:1", "--since", "2026-03-07"], 1),
    ],
)
def test_only_new_deaths_wake_somebody(dead, arguments, status):
    """Red when more than N links died since the last audit and have no copy; what died before it is known."""
    put(
        record("a", "dead", *MARCH),
        *([record("b", "dead", *MARCH)] if dead > 1 else [record("b", "dead", *MARCH, mementos={"2020-09-09": COPY})]),
        record("c", "dead", date(2025, 1, 1), date(2025, 1, 4), date(2025, 1, 7)),
    )
    assert run(*arguments)[0] == status
    failures = run(*arguments, "--output-format", "junit")[1].count("<failure ")
    assert (failures > 0) == (status == 1)
    assert failures in {0, dead}


def test_the_last_audit_says_what_is_new(archive):
    """Where audits are noted, their last day counts, and what was seen by then was seen."""
    put(record("a", "dead", *MARCH))
    audits = archive / "audits.jsonl"
    run_of = '{{"at":"{}T03:00:00Z","version":"1","due":1,"visited":1,"counts":{{}},"seen_since":"{}",'
    run_of += '"outcome":"done"}}\n'
    audits.write_text(run_of.format("2026-03-07", "2026-03-01"), encoding="ascii")
    assert run("--fail-on", "new-dead-unarchived")[0] == 1
    audits.write_text(run_of.format("2026-03-09", "2026-03-08"), encoding="ascii")
    assert run("--fail-on", "new-dead-unarchived")[0] == 0
    assert links()["https://a.example/"]["checked"] == "2026-03-08"
    # A last line that was cut off changes nothing of what the others say.
    audits.write_text(run_of.format("2026-03-09", "2026-03-08") + '{"at":"2026-04', encoding="ascii")
    assert run("--fail-on", "new-dead-unarchived")[0] == 0
    assert links()["https://a.example/"]["checked"] == "2026-03-08"
    assert "briefs_src/audits.jsonl:2:1 B340 " in run()[1]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"at":5}', "null\n", '{"at":"2026-03-07"}', "[" * 100_000])
def test_a_damaged_list_of_audits_does_no_harm(archive, text):
    """It is the trend's business; here the record itself says what is new."""
    (archive / "audits.jsonl").write_text(text, encoding="ascii")
    assert run()[0] == 0


def test_an_exception_keeps_a_death_from_waking_somebody(archive):
    """What an exception holds back is neither told nor counted; one that is of no use is named."""
    put(record("a", "dead", *MARCH))
    file = archive / "exceptions.yml"
    file.write_text("- {rule: L501, link: a.example, why: it comes back}\n", encoding="utf-8")
    status, out, _ = run("--fail-on", "new-dead-unarchived")
    assert (status, " L501 " in out) == (0, False)
    assert out.splitlines()[-1].endswith("1 held back by exceptions.")
    put(record("a", "live", MARCH[0]))
    assert "exceptions.yml:1:3 B319" in run()[1]
    assert "B319" not in CliRunner().invoke(main, ["check"]).stdout


def test_new_since_a_day():
    """What reached its verdict on that day or later is told, and nothing else."""
    assert "New since 7 March 2026: 1 dead." in run("--since", "2026-03-07")[1]
    assert list(links("--since", "2026-03-07")) == ["https://b.example/"]
    status, out, _ = run("--since", "2026-03-08")
    assert "Nothing is new since 8 March 2026." in out
    assert "L5" not in out
    assert status == 0


def test_new_since_a_revision():
    """The ledger of an older commit is held against today's: what is otherwise is told, for better and for worse."""
    commit()
    put(record("a", "dead", *MARCH), record("b", "live", MARCH[2]), record("c", "moved", MARCH[2]))
    found = links("--since", "HEAD")
    assert {url: link["verdict"] for url, link in found.items()} == {
        "https://a.example/": "dead",
        "https://b.example/": "live",
        "https://c.example/": "moved",
    }
    out = run("--since", "HEAD")[1]
    assert "New since HEAD: 1 live again or for the first time, 1 moved, 1 dead." in out
    assert "L511" not in out
    assert run("--since", "HEAD", "--fail-on", "new-dead-unarchived")[0] == 1
    commit()
    assert links("--since", "HEAD") == {}
    assert len(links("--since", "HEAD~1")) == 3


def test_a_ledger_that_became_a_folder_is_found(archive):
    """In either revision the record may be one file or a folder of the same lines."""
    (archive / "links").mkdir()
    (archive / "links.jsonl").replace(archive / "links/a.jsonl")
    commit()
    shutil.rmtree(archive / "links")
    put(record("a", "dead", *MARCH), record("b", "dead", *MARCH))
    assert list(links("--since", "HEAD")) == ["https://a.example/"]


def test_a_named_ledger_is_found_in_a_revision(tmp_path):
    """`--ledger` and `--since` go together."""
    (tmp_path / "records").mkdir()
    put(record("a", "live", MARCH[0]), file="records/mine.jsonl")
    commit()
    put(record("a", "dead", *MARCH), file="records/mine.jsonl")
    assert list(links("--since", "HEAD", "--ledger", "records/mine.jsonl")) == ["https://a.example/"]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("no-such", "There is no revision 'no-such'"),
        ("HEAD:briefs_src", "There is no revision"),
        ("--upload-pack=x", "not a revision of git"),
        ("-n1", "not a revision of git"),
        ("a b", "not a revision of git"),
        ("", "not a revision of git"),
        ("HEAD\n", "not a revision of git"),
        ("$(touch pwned)", "not a revision of git"),
        ("`touch${IFS}pwned`", "There is no revision"),
        ("2026-02-30", "There is no revision '2026-02-30'"),
        ("HEAD~99", "There is no revision 'HEAD~99'"),
    ],
)
def test_what_is_no_revision_is_said(tmp_path, since, words):
    """A revision never becomes an option or a command; the error quotes it and gives the way out."""
    commit()
    status, _, err = run(f"--since={since}")
    assert status == 2
    assert words in " ".join(err.split())
    assert not (tmp_path / "pwned").exists()


def test_no_repository_is_said():
    """Outside a repository only a day can be named, and the error says so."""
    status, _, err = run("--since", "HEAD")
    assert status == 2
    assert "is in no git repository" in " ".join(err.split())
    assert "Name a day instead" in " ".join(err.split())


def test_no_git_is_said(monkeypatch, tmp_path):
    """Where git is not installed, the error says so."""
    monkeypatch.setenv("PATH", str(tmp_path))
    status, _, err = run("--since", "HEAD")
    assert status == 2
    assert "git is not installed" in err


def test_a_revision_without_a_ledger_is_said(archive):
    """Then nothing was on record, and comparing would call everything new."""
    (archive / "links.jsonl").unlink()
    commit()
    put(record("a", "dead", *MARCH))
    status, _, err = run("--since", "HEAD")
    assert status == 2
    assert "has no 'links.jsonl'" in err


def test_a_hostile_repository_runs_nothing(tmp_path):
    """Neither filters nor hooks that a repository's settings name are run when a revision is read."""
    commit()
    (tmp_path / ".gitattributes").write_text("*.jsonl diff=x filter=x\n", encoding="ascii")
    for name in ("diff.x.textconv", "filter.x.smudge", "core.fsmonitor", "core.pager"):
        subprocess.run([GIT, "config", name, f"touch {tmp_path}/pwned"], check=True)
    commit()
    (tmp_path / "pwned").unlink(missing_ok=True)
    assert run("--since", "HEAD")[0] == 0
    assert not (tmp_path / "pwned").exists()


def test_a_damaged_line_is_said_and_the_rest_is_told(archive):
    """A finding with the line's number; the other records count."""
    file = archive / "links.jsonl"
    file.write_text("<<<<<<< ours\n" + file.read_text() + "{\n", encoding="ascii")
    status, out, err = run()
    assert (status, err) == (0, "")
    assert "briefs_src/links.jsonl:1:1 B340 warning: A conflict of git's: '<<<<<<< ours'. " in out
    assert "briefs_src/links.jsonl:4:1 B340 " in out
    assert " L501 " in out
    assert run("--fail-on", "warning", "--select", "B340")[0] == 1
    assert run("--fail-on", "info", "--select", "B341")[0] == 0


def test_no_record_is_no_failure(archive):
    """Before the first audit everything is unchecked, and the report says what to do."""
    (archive / "links.jsonl").unlink()
    status, out, err = run()
    assert (status, err) == (0, "")
    assert out.startswith("Nothing is on record of 4 addresses in 4 links: 'regesta audit' visits them.\n")


def test_a_withdrawn_brief_is_in_no_report(archive):
    """Nothing of its text is in any output."""
    file = archive / "briefs/2020/a.md"
    file.write_text(BRIEF.replace("title:", "status: withdrawn\ntitle:"), encoding="utf-8")
    for name in LINK_FORMATS:
        assert "b.example" not in run("--output-format", name)[1]


@pytest.mark.parametrize("path", ["briefs_src", "briefs_src/briefs/2020/a.md", "briefs_src/briefs/2020"])
def test_parts_can_be_asked_for(archive, path):
    """An archive, a folder or a file of it is held against the archive's record."""
    (archive / "entities").mkdir()
    assert links(path)["https://b.example/"]["verdict"] == "dead"
    assert run(path, path)[1] == run(path)[1]


def test_any_folder_with_a_named_ledger(tmp_path):
    """Whoever keeps no archive names a folder and a ledger."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/b.md").write_text("See <https://b.example/>.\n", encoding="utf-8")
    found = links("notes", "--ledger", "briefs_src/links.jsonl")
    assert {url: link["verdict"] for url, link in found.items()} == {"https://b.example/": "dead"}


def test_old_visits_need_a_day():
    """`--now` says from when on a visit is old."""
    assert "L509" not in run(now="2026-04-26")[1]
    assert "L509 remark: 'https://a.example/' was last visited on 1 March 2026." in run(now="2026-04-27")[1]
    assert "L509" not in run("--since", "2026-03-01", now="2026-04-27")[1]


def test_many_remarks_are_counted(archive):
    """Remarks ask for nothing: more than a screen of them are counted by rule, unless they are asked for."""
    notes = " ".join(f"<https://x{number}(.)example/>" for number in range(30))
    (archive / "briefs/2020/b.md").write_text(BRIEF + notes, encoding="utf-8")
    out = run()[1]
    assert "32 remarks: 32 L511 refused. See them with --select, as in --select L511." in out
    assert " L511 remark: 'https" not in out
    assert run("--select", "L511")[1].count(" L511 remark: 'https") == 32


def test_settings_for_the_check_alone_do_not_empty_it(tmp_path):
    """An archive that selects rules for its check still has a report; what it ignores stays out."""
    (tmp_path / "pyproject.toml").write_text('[tool.regesta.check]\nselect = ["U"]\n', encoding="utf-8")
    assert " L501 " in run()[1]
    (tmp_path / "pyproject.toml").write_text('[tool.regesta.check]\nignore = ["L501"]\n', encoding="utf-8")
    assert " L501 " not in run()[1]


def test_the_same_bytes_each_time(archive):
    """The same input gives the same report, whatever the order of files and lines."""
    (archive / "briefs/2019").mkdir()
    (archive / "briefs/2019/z.md").write_text(BRIEF, encoding="utf-8")
    first = [run("--output-format", name)[1] for name in LINK_FORMATS]
    lines = (archive / "links.jsonl").read_text().splitlines(keepends=True)
    (archive / "links.jsonl").write_text("".join(reversed(lines)))
    assert [run("--output-format", name)[1] for name in LINK_FORMATS] == first


def test_a_broken_pipe_is_no_traceback():
    """`regesta report | head` ends quietly."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m regesta report --output-format json | head -c 1'],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_ten_thousand_links_take_a_moment(archive):
    """A ledger of 10,000 lines is read, joined, weighed and written within two seconds."""
    urls = [f"https://h{number % 50}.example/{number}" for number in range(10_000)]
    for part in range(100):
        notes = "\n".join(f"[^{at}]: <{url}>\n" for at, url in enumerate(urls[part * 100 : part * 100 + 100]))
        (archive / f"briefs/2020/{part}.md").write_text(f"---\ntitle: T\ndate: 2020-09-09\n---\n\n{notes}")
    seen = Observation(MARCH[0], "", Verdict.LIVE, 200, "", None, "")
    rows = [LinkRecord(url=url, verdict=Verdict.LIVE, since=MARCH[0], evidence=(seen,)) for url in urls]
    (archive / "links.jsonl").write_text("".join(write_line(row) for row in sorted(rows, key=lambda row: row.url)))
    before = os.times()
    assert len(links()) == 10_005
    after = os.times()
    assert after.user - before.user < 2


NOTHING = {
    "no such file": (["none.md"], "Nothing was read.", 2),
    "no such folder": (["none/"], "Nothing was read.", 2),
    "an empty folder": (["empty"], "There is no file of Markdown, and so no link.", 0),
    "a file without links": (["plain.md"], "There are no links in 1 file.", 0),
}


@pytest.mark.parametrize("form", ["text", "markdown", "github", "html", "junit"])
@pytest.mark.parametrize("what", NOTHING)
def test_where_nothing_was_read_nothing_is_counted(archive, what, form):
    """The report says what there was to look at; no figure of errors stands for files that were not read."""
    (archive.parent / "empty").mkdir()
    (archive.parent / "plain.md").write_text("# Plain\n\nNo link.\n", encoding="utf-8")
    arguments, words, status = NOTHING[what]
    found, out, err = run(*arguments, "--output-format", form)
    assert (found, bool(err)) == (status, status == 2)
    if form != "junit":
        assert words in out
    if "plain.md" not in arguments:
        assert "0 errors" not in out
        assert "nothing to report" not in out


@pytest.mark.parametrize("form", ["text", "markdown", "github", "html", "junit"])
def test_where_nothing_is_on_record_nothing_is_in_order(archive, form):
    """Before the first audit no report looks as if all links were well, and one that recorded nothing is no other."""
    (archive / "links.jsonl").unlink()
    status, out, _ = run("--output-format", form)
    assert status == 0
    assert "othing is on record" in out or form == "junit"
    assert "0 errors" not in out.replace("0 errors, 0 warnings, 1 remark", "")
    assert "nothing to report" not in out
