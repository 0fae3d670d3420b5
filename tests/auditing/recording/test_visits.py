"""The file of visits: nothing seen is lost, nothing damaged ends a run, and an outage leaves no trace in verdicts."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest

from regesta.auditing.recording import visit_store
from regesta.auditing.recording.visits import Outcome, Question, Visit, Visits, VisitsUnusable
from regesta.model.verdicts import Failure, Observation, Verdict

POSIX = pytest.mark.skipif(os.name == "nt", reason="these signals, limits and links are those of POSIX")
URL, PART = "https://a.example/", "https://a.example/#part"
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())
GONE = Observation(
    date(2026, 11, 26), "Brüssel", Verdict.DEAD, 404, "https://b.example/", Failure.NO_HOST, "No such page."
)
LIVE = Observation(date(2026, 11, 26), "", Verdict.LIVE, 200, "", None, "")


@pytest.fixture
def file(tmp_path):
    """Give the place of the file."""
    return tmp_path / ".regesta" / "visits.sqlite"


def opened(file):
    """Open the file, with a clock that stands still."""
    return Visits(file, clock=lambda: NOW)


def test_what_is_kept_is_there_again(file):
    """Visits, what tells the state of a page, observations and questions, by address."""
    with opened(file) as visits:
        visits.start("Brüssel")
        visits.observe(PART, GONE)
        visits.observe(URL, LIVE)
        visits.visited("https://b.example/", etag='W/"x"\r\nEvil: 1')
        visits.visited(PART, etag='W/"x"', last_modified="Thu", digest="ab")
        visits.asked(URL, "2020-09", "none")
        visits.finish(Outcome.DONE)
    with opened(file) as visits:
        assert visits.notice == ""
        assert visits.history(PART) == [GONE]
        assert visits.history(URL) == [LIVE]
        assert visits.history("https://other.example/") == []
        assert visits.last(PART) == visits.last(URL) == Visit(SECOND, 'W/"x"', "Thu", "ab")
        assert visits.last("https://b.example/") == Visit(SECOND)
        assert (visits.last_at(PART), visits.last_at("https://other.example/")) == (SECOND, None)
        assert visits.question(URL, "2020-09") == Question(SECOND, "none")
        assert visits.question(URL, "2020") is None
        assert visits.left_over() == []
    assert (file.parent / ".gitignore").read_text() == "*\n"


def test_a_run_that_was_cut_off_is_taken_up_until_one_is_done(file):
    """Neither its own end nor an outage after it loses what it saw; when a ledger is written it is done."""
    with opened(file) as visits:
        visits.start()
        visits.observe(URL, GONE)
    with opened(file) as visits:
        assert visits.left_over() == [(URL, GONE)]
        visits.start()
        visits.observe(PART, LIVE)
        assert visits.left_over() == [(URL, GONE)]
        visits.finish(Outcome.OUTAGE)
    with opened(file) as visits:
        assert visits.left_over() == [(URL, GONE)]
        visits.start()
        visits.finish(Outcome.DONE)
        assert visits.left_over() == []
        assert visits.history(URL) == [GONE]


def test_an_outage_counts_for_nothing(file):
    """Its addresses are due again, what it saw is in no history, and what was seen before it stays."""
    with opened(file) as visits:
        visits.start()
        visits.visited(URL, etag="1")
        visits.finish(Outcome.DONE)
        visits.start()
        visits.observe("https://b.example/", GONE)
        visits.visited("https://b.example/", etag="portal")
        visits.finish(Outcome.OUTAGE)
        assert visits.last("https://b.example/") is None
        assert visits.last(URL) == Visit(SECOND, "1", "", "")
        assert visits.history("https://b.example/") == []
    with opened(file) as visits:
        assert visits.last("https://b.example/") is None


def test_nothing_is_kept_without_a_run(file):
    """An observation belongs to a run, or nobody could tell what became of it."""
    with opened(file) as visits, pytest.raises(RuntimeError, match="No run"):
        visits.observe(URL, GONE)


KILLED = """\
import os, signal, sys, time
from pathlib import Path
from regesta.auditing.recording.visits import Visits
from tests.auditing.recording.test_visits import LIVE
visits = Visits(Path(sys.argv[1]))
visits.start()
for number in range(int(sys.argv[2])):
    visits.observe(f"https://a.example/{number}", LIVE)
time.sleep(float(sys.argv[3]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@POSIX
@pytest.mark.parametrize(("count", "seconds", "least"), [(10, 0.9, 10), (1234, 0, 1000), (0, 0, 0)])
def test_a_process_that_is_killed_loses_the_last_half_second_at_most(file, count, seconds, least):
    """What came before is there, in order, without anybody having asked for it to be written."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, os.getcwd()])}  # noqa: PTH109
    command = [sys.executable, "-c", KILLED, os.fspath(file), str(count), str(seconds)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    with opened(file) as visits:
        seen = [url for url, _ in visits.left_over()]
        assert seen == [f"https://a.example/{number}" for number in range(len(seen))]
        assert least <= len(seen) <= count


def spoil_the_middle(file):
    """Fill a visits file and overwrite its pages but the first ones."""
    with opened(file) as visits:
        visits.start()
        for number in range(3000):
            visits.visited(f"https://a.example/{number}")
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(file.read_bytes())
    content[8 * 4096 :] = b"\xa5" * (len(content) - 8 * 4096)
    file.write_bytes(content)


def foreign(file, *statements):
    """Make a file of another program's."""
    database = sqlite3.connect(file)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def planted(file):
    """Add a trigger to a file of ours."""
    opened(file).close()
    foreign(file, "CREATE TRIGGER evil AFTER INSERT ON run BEGIN DELETE FROM visit; END")


def nonsense(file):
    """Put a text where a number should be."""
    with opened(file) as visits:
        visits.start()
        visits.visited(URL)
    foreign(file, "UPDATE visit SET at = 'x'")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.write_bytes(b"not a database, but longer than a header of one: " * 100), "is damaged"),
        (lambda file: file.write_bytes(b"x" * 200), "is damaged"),
        (spoil_the_middle, "is damaged"),
        (nonsense, "is damaged"),
        (planted, "is not an audit's"),
        (lambda file: foreign(file, "CREATE TABLE mine (a)"), "is not an audit's"),
        (lambda file: foreign(file, "PRAGMA application_id = 7"), "is not an audit's"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_file_that_cannot_be_ours_is_put_aside(file, spoil, words):
    """It is kept under another name, that is said, and the run goes on with a new one."""
    file.parent.mkdir()
    spoil(file)
    content = file.read_bytes()
    with opened(file) as visits:
        assert words in visits.notice
        assert "'visits.sqlite.damaged-1', and all addresses are visited anew" in visits.notice
        visits.start()
        visits.observe(URL, LIVE)
        visits.finish(Outcome.DONE)
    assert (file.parent / "visits.sqlite.damaged-1").read_bytes() == content
    with opened(file) as visits:
        assert visits.notice == ""
        assert visits.history(URL) == [LIVE]
    file.write_bytes(b"x" * 5000)
    opened(file).close()
    assert (file.parent / "visits.sqlite.damaged-2").read_bytes() == b"x" * 5000


def test_an_empty_file_is_a_new_one(file):
    """A process was killed while it made it."""
    file.parent.mkdir()
    file.touch()
    with opened(file) as visits:
        assert visits.notice == ""


def test_an_older_file_is_brought_up_to_date(file, monkeypatch):
    """Once, with all that is in it."""
    with opened(file) as visits:
        visits.start()
        visits.observe(URL, LIVE)
    step = "ALTER TABLE run ADD COLUMN note TEXT; CREATE INDEX later ON observation (address)"
    monkeypatch.setattr(visit_store, "STEPS", (*visit_store.STEPS, step))
    for _ in range(2):
        with opened(file) as visits:
            assert (visits.notice, visits.left_over()) == ("", [(URL, LIVE)])


def test_a_newer_file_is_left_alone(file):
    """Whoever goes back to an older Regesta keeps what the newer one wrote."""
    opened(file).close()
    foreign(file, "PRAGMA user_version = 99")
    with pytest.raises(VisitsUnusable, match=r"newer Regesta has written it \(version 99\)"):
        opened(file)
    assert [path.name for path in file.parent.iterdir() if "damaged" in path.name] == []


def test_a_place_that_cannot_be_is_told(file):
    """One line with the place, the reason and the way out."""
    file.parent.write_text("x")
    with pytest.raises(VisitsUnusable, match=r"visits\.sqlite: cannot be used \(.+\)\. .*can be written"):
        opened(file)


@POSIX
def test_a_symbolic_link_is_refused(file, tmp_path):
    """Whoever plants one would have another file written."""
    file.parent.mkdir()
    file.symlink_to(tmp_path / "other.sqlite")
    with pytest.raises(VisitsUnusable, match="symbolic link"):
        opened(file)


FULL = """\
import resource, signal, sys
from pathlib import Path
from regesta.auditing.recording.visits import Visits, VisitsUnusable
from tests.auditing.recording.test_visits import LIVE
visits = Visits(Path(sys.argv[1]))
visits.start()
visits.observe("https://a.example/first", LIVE)
visits.flush()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for number in range(20_000):
        visits.observe(f"https://a.example/{number}", LIVE)
except VisitsUnusable as error:
    print(error)
visits.close()
"""


@POSIX
def test_when_no_more_can_be_written_that_is_said_and_the_rest_is_there(file):
    """A limit of the system stands for a full disk: one line, and a file that is whole."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, os.getcwd()])}  # noqa: PTH109
    done = subprocess.run(
        [sys.executable, "-c", FULL, os.fspath(file)], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be used" in done.stdout
    with opened(file) as visits:
        assert visits.notice == ""
        assert visits.left_over()[0] == ("https://a.example/first", LIVE)


def test_keeping_costs_next_to_nothing(file):
    """Ten thousand observations, with a commit for each 500, in well under a tenth of a second of CPU."""
    urls = [f"https://www.example-host{number % 500}.example/2020/{number}" for number in range(10_000)]
    with opened(file) as visits:
        visits.start()
        times = []
        for _ in range(3):
            before = time.process_time()
            for url in urls:
                visits.observe(url, GONE)
            visits.flush()
            times.append(time.process_time() - before)
    assert min(times) < 0.25, times  # five times what it takes on an idle machine
