"""The pace, the patience and the budget of questions, with answers and a clock made up."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from regesta.auditing.fetching.answers import Answer, Request
from regesta.auditing.mementos.asking import Budget, MementoAnswer, ask
from regesta.auditing.mementos.questions import Question
from regesta.auditing.mementos.search import Errand, MementoState
from regesta.auditing.mementos.servers import WAYBACK, read_server
from regesta.model.urls import Url
from regesta.model.verdicts import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PAGE = Url("https://ferry.example/a")
COPY = f"https://web.archive.org/web/20200909120000/{PAGE}"
EMPTY = (200, {}, b"[]")
BUSY = (429, {"retry-after": "10"}, b"")
Said = tuple[int, dict[str, str], bytes]


class World:
    """An archive that says what it is told to, and a clock that moves when somebody sleeps or asks."""

    def __init__(self, say: Callable[[Request], Said], seconds: float = 0.25) -> None:
        """Take what is said to a request, and how long each takes."""
        self._say, self._seconds = say, seconds
        self.now = 1000.0
        self.asked: list[tuple[float, Request]] = []

    def clock(self) -> float:
        """Tell the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time go by."""
        assert seconds > 0
        self.now += seconds

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Answer."""
        for request in requests:
            self.asked.append((self.now, request))
            self.now += self._seconds
            status, headers, body = self._say(request)
            failure = None if status else Failure.TIMEOUT
            yield Answer(request, request.url, status, headers, body, bool(status), (), failure)

    def add(self, request: Request) -> None:
        """Nobody asks for it."""
        raise NotImplementedError(request)

    def ask(self, count: int = 1, budget: Budget = Budget()) -> list[MementoAnswer]:  # noqa: B008 - it is a constant
        """Ask about so many pages."""
        questions = [Question(Url(f"{PAGE}{number}" if number else PAGE), date(2020, 9, 9)) for number in range(count)]
        return list(
            ask(
                questions,
                fetcher=self,
                server=WAYBACK,
                budget=budget,
                clock=self.clock,
                sleep=self.sleep,
            )
        )


def index(*rows: tuple[str, str]) -> bytes:
    """Write an answer as the Wayback Machine does."""
    columns = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    listed = [["example,ferry)/a", stamp, original, "text/html", "200", "X", "9"] for stamp, original in rows]
    return json.dumps([columns, *listed]).encode()


ONE = index(("20200909120000", "http://www.ferry.example:80/a"))


def found(request: Request) -> Said:
    """Know one copy of everything."""
    return (200, {}, ONE if request.key is Errand.QUESTION else b"<p>grain")


def test_the_wayback_machine_is_asked_in_its_own_words() -> None:
    """Its index is asked for the captures nearest the day, and the copy is looked at as it was taken."""
    world = World(found)
    [answer] = world.ask()
    assert [request.url for _, request in world.asked] == [
        (
            "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fferry.example%2Fa&closest=20200909120000"
            "&sort=closest&limit=100&output=json&filter=!statuscode:%5B345%5D.."
        ),
        "https://web.archive.org/web/20200909120000id_/http://www.ferry.example/a",
    ]
    assert not any(request.follows for _, request in world.asked)
    assert answer.recorded == "https://web.archive.org/web/20200909120000/http://www.ferry.example/a"


def test_questions_keep_their_pace() -> None:
    """The index is asked at most 24 times a minute, and what waits is not slept through twice."""
    world = World(lambda _request: EMPTY)
    assert [answer.recorded for answer in world.ask(25)] == ["none"] * 25
    starts = [at for at, _ in world.asked]
    assert all(later - earlier >= 2.5 for earlier, later in pairwise(starts))
    assert starts[24] - starts[0] >= 60


def test_visits_and_questions_pace_themselves_apart() -> None:
    """A copy is looked at right after the index has named it."""
    world = World(found)
    world.ask(1)
    (first, _), (second, _) = world.asked
    assert second - first == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("budget", "answers"), [(Budget(questions=3), 3), (Budget(questions=0), 0), (Budget(seconds=10), 4)]
)
def test_a_budget_is_kept(budget: Budget, answers: int) -> None:
    """No more is asked than the run may ask, and nothing past its time; the rest has no answer."""
    world = World(lambda _request: EMPTY)
    assert len(world.ask(9, budget)) == answers
    assert world.now - 1000 <= budget.seconds + 0.25


def test_a_question_cut_off_by_time_is_not_answered_by_half() -> None:
    """When time ends between the index and the copy, the question stays unasked."""
    world = World(found, seconds=6)
    assert world.ask(2, Budget(seconds=5)) == []


def test_a_wanted_pause_is_made() -> None:
    """After a 429 the same is asked again, when the archive said so."""
    says = iter([BUSY, EMPTY])
    world = World(lambda _request: next(says))
    [answer] = world.ask()
    assert answer.recorded == "none"
    (first, one), (second, other) = world.asked
    assert one == other
    assert second - first >= 10


@pytest.mark.parametrize(
    ("said", "requests"),
    [
        (BUSY, 4),
        ((429, {}, b""), 4),
        ((429, {"retry-after": "3600"}, b""), 1),
        ((503, {"retry-after": "61"}, b""), 1),
        ((503, {"retry-after": "0"}, b""), 4),
    ],
)
def test_an_archive_that_has_had_enough_is_left_alone(said: Said, requests: int) -> None:
    """Repeated 429s, or one long pause, end the run; nothing is recorded of what was under way."""
    world = World(lambda _request: said)
    assert world.ask(20) == []
    assert len(world.asked) == requests


@pytest.mark.parametrize("said", [(0, {}, b""), (500, {}, b""), (502, {}, b""), (403, {}, b"no robots")])
def test_an_archive_in_trouble_is_left_alone(said: Said) -> None:
    """Four questions without an answer of use, and the run asks no more; none of them is recorded."""
    world = World(lambda _request: said)
    answers = world.ask(20)
    assert [answer.outcome.state for answer in answers] == [MementoState.NOT_ANSWERED] * 4
    assert not any(answer.recorded for answer in answers)


def test_one_good_answer_makes_up_for_bad_ones() -> None:
    """Only failures in a row speak against the archive."""
    says = iter([(500, {}, b"")] * 3 + [EMPTY] + [(500, {}, b"")] * 3 + [EMPTY])
    world = World(lambda _request: next(says))
    assert [answer.recorded for answer in world.ask(8)] == [None] * 3 + ["none"] + [None] * 3 + ["none"]


def test_what_the_fetcher_puts_off_ends_the_run() -> None:
    """When the fetcher has given up the archive's host for today, nothing is recorded."""

    class PutOff(World):
        def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
            for request in requests:
                yield Answer(request, request.url, 0, {}, b"", False, (), Failure.PUT_OFF)  # noqa: FBT003

    assert PutOff(found).ask(5) == []


@pytest.mark.parametrize(
    "said",
    [
        (451, {}, b""),
        (403, {}, b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"),
        (403, {"x-archive-wayback-runtime-error": "RobotAccessControlException: Blocked By Robots"}, b""),
    ],
)
def test_what_may_not_be_shown_is_refused(said: Said) -> None:
    """An archive that says that it may not is believed, at the index and at the copy."""
    [answer] = World(lambda _request: said).ask()
    assert answer.recorded == "refused"
    [answer] = World(lambda request: said if request.key is Errand.VISIT else found(request)).ask()
    assert answer.recorded == "refused"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        index(),
        index(("20200909120000", "https://quay.example/a")),
        index(("20200909120000", "https://ferry.example/b")),
        index(("20209999120000", "https://ferry.example/a")),
        index(("2020", "https://ferry.example/a")),
        index(("20200909120000/../../save", "https://ferry.example/a")),
        index(("20200909120000", "javascript:alert(1)")),
        ONE.replace(b'"200"', b'"301"'),
        ONE.replace(b'"200"', b'"-"'),
        ONE.replace(b'"200"', b"200"),
        b'{"timestamp": "20200909120000", "url": "https://ferry.example/a", "status": "404"}\n',
        b'{"timestamp": "20200909120000", "url": 1, "status": "200"}\n',
    ],
)
def test_an_index_without_a_good_row_means_none(body: bytes) -> None:
    """Rows of other pages, of redirects and of nonsense count for nothing, and nothing of them is visited."""
    world = World(lambda _request: (200, {}, body))
    [answer] = world.ask()
    assert (answer.recorded, len(world.asked)) == ("none", 1)


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><p>Welcome",
        b"example,ferry)/a 20200909120000 https://ferry.example/a text/html 200 X 9",
        b"[1]",
        b'["x", 2]',
        b"[" * 5000,
        ONE[:-9],
        b"null",
        b"7",
        b'{"message": "internal"',
    ],
)
def test_what_is_no_index_is_no_answer(body: bytes) -> None:
    """A page of words, or a list cut off, never counts as "none"."""
    [answer] = World(lambda _request: (200, {}, body)).ask()
    assert answer.outcome.state is MementoState.NOT_ANSWERED


def test_a_server_that_says_no_captures_with_404_is_believed() -> None:
    """Some indexes have no other word for none; a 404 without these words may be a wrong address."""
    [answer] = World(lambda _request: (404, {}, b'{"message": "No Captures found for: ferry.example"}')).ask()
    assert answer.recorded == "none"
    [answer] = World(lambda _request: (404, {}, b"Not Found")).ask()
    assert answer.recorded is None


REVISIT = ("20200909120000", PAGE, "warc/revisit", "-", "A")


@pytest.mark.parametrize(
    ("rows", "recorded"),
    [
        ([REVISIT], COPY),
        ([REVISIT, ("20200101120000", PAGE, "text/html", "200", "A")], COPY),
        ([REVISIT, ("20200101120000", PAGE, "text/html", "404", "B")], COPY),
        ([REVISIT, ("20200101120000", PAGE, "text/html", "404", "A")], "none"),
        ([("20200909120000", PAGE, "text/html", "-", "A")], "none"),
        ([("20200909120000", PAGE, "warc/revisit", "301", "A")], "none"),
    ],
)
def test_a_capture_like_an_earlier_one_counts_as_that(rows: list[tuple[str, ...]], recorded: str) -> None:
    """A capture of what had not changed holds a note instead of a status; it is as good as the earlier one was."""
    columns = ["timestamp", "original", "mimetype", "statuscode", "digest"]
    body = json.dumps([columns, *rows]).encode()
    world = World(lambda request: (200, {}, body if request.key is Errand.QUESTION else b"<p>grain"))
    [answer] = world.ask()
    assert answer.recorded == recorded


OTHER_DAY = "https://web.archive.org/web/20150101000000id_/https://ferry.example/a"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((302, {"location": "/web/20200910000000id_/https://ferry.example/a"}, b""), MementoState.FOUND),
        ((302, {"location": OTHER_DAY}, b""), MementoState.NONE),
        ((200, {"memento-datetime": "Thu, 01 Jan 2015 00:00:00 GMT"}, b"<p>grain"), MementoState.NONE),
        ((200, {"memento-datetime": "Wed, 09 Sep 2020 11:59:00 GMT"}, b"<p>grain"), MementoState.FOUND),
        ((200, {"memento-datetime": "soon"}, b"<p>grain"), MementoState.FOUND),
        ((302, {"location": "https://ferry.example/a"}, b""), MementoState.NONE),
        ((302, {"location": "https://quay.example/login"}, b""), MementoState.NONE),
        ((302, {"location": "/web/20200909120000id_/https://ferry.example/home"}, b""), MementoState.NONE),
        ((302, {"location": "//["}, b""), MementoState.NONE),
        ((302, {}, b""), MementoState.NONE),
        ((404, {}, b""), MementoState.NONE),
        ((429, {"memento-datetime": "Wed, 09 Sep 2020 12:00:00 GMT"}, b""), MementoState.NONE),
        ((503, {"memento-datetime": "Wed, 09 Sep 2020 12:00:00 GMT", "retry-after": "900"}, b""), MementoState.NONE),
        ((503, {}, b""), MementoState.NOT_ANSWERED),
        ((0, {}, b""), MementoState.NOT_ANSWERED),
    ],
)
def test_a_copy_is_looked_at_before_it_is_named(said: Said, state: MementoState) -> None:
    """A copy that leads far away in time, or out of the archive, or is an error, is none; trouble says nothing."""

    def say(request: Request) -> Said:
        if "/web/20200909120000id_/" in request.url:
            return said
        return found(request)

    world = World(say)
    [answer] = world.ask()
    assert answer.outcome.state is state
    assert {request.url.split("/")[2] for _, request in world.asked} == {"web.archive.org"}


def test_at_most_three_copies_are_looked_at() -> None:
    """The nearest three decide."""
    rows = index(*((f"2020090{day}120000", PAGE) for day in range(1, 8)))
    world = World(lambda request: (200, {}, rows) if request.key is Errand.QUESTION else (404, {}, b""))
    [answer] = world.ask()
    assert answer.recorded == "none"
    assert [request.url[28:36] for _, request in world.asked[1:]] == ["20200907", "20200906", "20200905"]


def test_a_list_cut_off_is_no_answer() -> None:
    """What did not come whole may lack the nearest capture."""

    class Cut(World):
        def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
            for answer in super().fetch(requests):
                yield answer._replace(is_whole=False)

    [answer] = Cut(found).ask()
    assert answer.outcome.state is MementoState.NOT_ANSWERED


def test_a_document_is_wanted_as_a_document() -> None:
    """Of a PDF's captures a web page comes last, however near it is: it may be anything."""
    page = Url("https://ferry.example/report.pdf")
    rows = [("20200909120000", page, "text/html", "200"), ("20190909120000", page, "application/pdf", "200")]
    body = json.dumps([["timestamp", "original", "mimetype", "statuscode"], *rows]).encode()
    world = World(lambda request: (200, {}, body if request.key is Errand.QUESTION else b"<p>grain"))
    questions = [Question(page, date(2020, 9, 9))]
    [answer] = ask(questions, fetcher=world, clock=world.clock, sleep=world.sleep)
    assert (answer.recorded or "")[28:32] == "2019"


@pytest.mark.parametrize(
    ("timemap", "asked"), [("https://quay.example/map", 2), ("https://gate.example/map", 3), ("//[", 2), ("/map", 3)]
)
def test_a_timegate_sends_us_nowhere_else(timemap: str, asked: int) -> None:
    """A list of copies is asked for on the TimeGate's own host alone."""
    links = f'<{timemap}>; rel="timemap", <{COPY}>; rel="memento"; datetime="Wed, 09 Sep 2020 12:00:00 GMT"'

    def say(request: Request) -> Said:
        return (404, {}, b"") if request.key is Errand.VISIT else (200, {"link": links}, b"")

    world = World(say)
    server = read_server("timegate https://gate.example/")
    questions = [Question(PAGE, date(2020, 9, 9))]
    [answer] = ask(questions, fetcher=world, server=server, clock=world.clock, sleep=world.sleep)
    assert answer.recorded == "none"
    assert len(world.asked) == asked
    assert not any(request.url.startswith("https://quay.example") for _, request in world.asked)
