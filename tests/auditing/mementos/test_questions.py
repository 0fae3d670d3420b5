"""Which copies are asked for, and in what order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from regesta.auditing.mementos.questions import originals, questions
from regesta.auditing.mementos.servers import WAYBACK, InvalidServer, read_server
from regesta.auditing.mementos.settings import InvalidMementoSettings, read_memento_settings
from regesta.model.ledger import LinkRecord
from regesta.model.urls import Url
from regesta.model.verdicts import Verdict

TODAY = date(2026, 3, 1)
PAGE = Url("https://ferry.example/a")


def record(url: str, verdict: Verdict, **mementos: str) -> LinkRecord:
    """Make a record whose mementos stand under `d2020_09_09`."""
    by_day = {day.removeprefix("d").replace("_", "-"): value for day, value in mementos.items()}
    return LinkRecord(url=Url(url), verdict=verdict, since=TODAY, mementos=by_day)


def asked_for(
    records: list[LinkRecord], cited: list[tuple[str, str]], asked: dict[tuple[Url, date], date] | None = None
) -> list[str]:
    """Give the questions in short."""
    ledger = {record.url: record for record in records}
    wanted = [(Url(url), date.fromisoformat(day)) for url, day in cited]
    found = questions(wanted, ledger=ledger, asked=asked or {}, today=TODAY)
    return [f"{question.url.rsplit('/', 1)[1]} {question.day}" for question in found]


def test_the_dead_and_the_newest_come_first() -> None:
    """The order is that of need: what is gone, what may be gone, then the rest; each with the newest brief first."""
    verdicts = {
        "dead": Verdict.DEAD,
        "soft": Verdict.SOFT_404,
        "failing": Verdict.FAILING,
        "silent": Verdict.UNREACHABLE,
        "moved": Verdict.MOVED,
        "wall": Verdict.RESTRICTED,
        "insecure": Verdict.INSECURE,
        "live": Verdict.LIVE,
    }
    records = [record(f"https://ferry.example/{name}", verdict) for name, verdict in verdicts.items()]
    cited = [(record.url, key) for record in reversed(records) for key in ("2019-01-01", "1991-01-01", "2020-09-15")]
    in_order = asked_for(records, [(url, key) for url, key in cited])
    assert in_order[:3] == ["dead 2020-09-15", "dead 2019-01-01", "dead 1991-01-01"]
    assert in_order[3:9] == [
        f"{name} {key}" for key in ("2020-09-15", "2019-01-01", "1991-01-01") for name in ("failing", "soft")
    ]
    assert [line.split()[0] for line in in_order[9::3]] == ["silent", "moved", "wall", "insecure", "live"]


@pytest.mark.parametrize(
    ("known", "asked_days_ago", "is_asked"),
    [
        ("", None, True),
        ("", 1, True),
        ("https://web.archive.org/web/20200909120000/https://ferry.example/a", None, False),
        ("none", 89, False),
        ("none", 90, True),
        ("none", None, True),
        ("refused", 89, False),
        ("refused", 400, True),
    ],
)
def test_what_is_known_is_not_asked_again(known: str, asked_days_ago: int | None, *, is_asked: bool) -> None:
    """A copy that was found stays; "none" and "refused" are asked for again after 90 days."""
    records = [record(PAGE, Verdict.DEAD, **({"d2020_09_09": known} if known else {}))]
    asked = {} if asked_days_ago is None else {(PAGE, date(2020, 9, 9)): TODAY - timedelta(days=asked_days_ago)}
    assert bool(asked_for(records, [(PAGE, "2020-09-09")], asked)) is is_asked


def test_what_was_never_asked_comes_before_what_had_none() -> None:
    """A live link that was never asked for goes before a dead one that had no copy."""
    records = [record("https://ferry.example/old", Verdict.DEAD, d2020_07_01="none"), record(PAGE, Verdict.LIVE)]
    assert asked_for(records, [("https://ferry.example/old", "2020-07-01"), (PAGE, "2020-07-01")]) == [
        "a 2020-07-01",
        "old 2020-07-01",
    ]


def test_each_brief_has_its_own_copy_and_is_asked_once() -> None:
    """Two briefs of one day share a question; two of different days do not."""
    cited = [(PAGE, "2020-09-09"), (PAGE, "2020-09-09"), (PAGE, "2021-09-09")]
    assert asked_for([], cited) == ["a 2021-09-09", "a 2020-09-09"]


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://web.archive.org/web/20200909120000/https://ferry.example/a", Verdict.DEAD),
        ("https://web.archive.org/web/2020/https://ferry.example/a", Verdict.DEAD),
        ("https://archive.ph/AbC12", Verdict.LIVE),
        ("https://perma.cc/AB12-CD34", Verdict.DEAD),
        ("http://10.0.0.1/a", Verdict.DEAD),
        ("http://localhost/a", Verdict.UNCHECKED),
        ("http://quay.internal/a", Verdict.DEAD),
        ("https://ferry.example/a", Verdict.REFUSED),
    ],
)
def test_some_are_never_asked_for(url: str, verdict: Verdict) -> None:
    """No copy of a copy is asked for; what is private or refused is told to nobody."""
    assert asked_for([record(url, verdict)], [(url, "2020-07-01")]) == []


def test_the_pages_behind_copies_are_given() -> None:
    """The original of each copy that names it is visited too."""
    copy = Url("https://archive.ph/2020.09.09-120000/https://web.archive.org/web/2020/ferry.example/a")
    assert originals([copy, PAGE, Url("https://archive.ph/AbC12")]) == {copy: "http://ferry.example/a"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "waybac",
        "cdx",
        "cdx https://a.example/cdx",
        "timegate",
        "timegate https://a.example/ https://b.example/",
        "timegate ftp://a.example/",
        "timegate a.example",
        "cdx https://a.example/cdx javascript:alert(1)",
    ],
)
def test_a_server_is_named_in_one_way(text: str) -> None:
    """What names no server is refused with the words that would."""
    with pytest.raises(InvalidServer, match=r"expected|address") as caught:
        read_server(text)
    assert repr(text) in str(caught.value)


def test_servers_are_asked_politely() -> None:
    """A strange server is asked once a second, one's own without a pause, the Wayback Machine as it wants."""
    assert read_server("wayback") is WAYBACK
    assert read_server("timegate https://a.example/").question_pause == 1
    assert read_server("timegate http://127.0.0.1:8080/all/").question_pause == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"sever": "wayback"}, "'server' meant"),
        ({"server": 7}, "Not a memento server"),
        ({"server": "nowhere"}, "'nowhere'"),
        ({"questions": "many"}, "'many'"),
        ({"questions": -1}, "-1"),
        ({"minutes": True}, "True"),
        ({"minutes": float("nan")}, "nan"),
    ],
)
def test_a_wrong_setting_is_told(options: dict[str, object], words: str) -> None:
    """An unknown option, and a value that none can have, are refused by name."""
    with pytest.raises(InvalidMementoSettings, match=words):
        read_memento_settings(options)


def test_settings_have_their_defaults() -> None:
    """Without a word it is the Wayback Machine, and 500 questions in 20 minutes."""
    settings = read_memento_settings({})
    assert (settings.server, settings.budget.questions, settings.budget.seconds) == (WAYBACK, 500, 1200)
    assert read_memento_settings({"server": "timegate https://a.example/"}).server.address == "https://a.example/"
