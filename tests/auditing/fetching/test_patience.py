"""When to ask again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.auditing.fetching.patience import TRIES, pause_before_retry, retry_after
from regesta.model.verdicts import Failure

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("1", 1.0),
        (" 120 ", 120.0),
        ("9" * 400, 999_999_999.0),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("٣", None),
        ("²", None),
        ("", None),
        ("soon", None),
        ("Sun, 03 May 2026 12:00:30 GMT", 30.0),
        ("Sunday, 03-May-26 12:00:30 GMT", 30.0),
        ("Sun May  3 12:00:30 2026", 30.0),
        ("Sun, 03 May 2026 14:00:30 +0200", 30.0),
        ("Sun, 03 May 2026 12:00:30", 30.0),
        ("Mon, 01 Jan 1990 00:00:00 GMT", 0.0),
        ("Sun, 99 May 2026 12:00:30 GMT", None),
        ("Sun, 03 May 99999 12:00:30 GMT", None),
        ("\x00", None),
    ],
)
def test_retry_after_is_read(value: str, seconds: float | None) -> None:
    """Seconds and dates of every form are read, dates of the past are now, and all else is nothing."""
    assert retry_after(value, now=NOW) == seconds


@given(st.text())
def test_retry_after_never_fails(value: str) -> None:
    """Whatever a server writes is seconds that are not negative, or nothing."""
    found = retry_after(value, now=NOW)
    assert found is None or found >= 0


@given(st.integers(0, 10**9))
def test_a_date_says_the_seconds_until_then(seconds: int) -> None:
    """A date in so many seconds is so many seconds."""
    then = NOW + timedelta(seconds=seconds)
    assert retry_after(then.strftime("%a, %d %b %Y %H:%M:%S GMT"), now=NOW) == seconds


@pytest.mark.parametrize(
    ("status", "failure", "again"),
    [
        *((status, None, True) for status in (408, 425, 429, 500, 502, 503, 504, 520, 524)),
        *((status, None, False) for status in (200, 204, 301, 304, 400, 401, 403, 404, 410, 418, 451, 501, 505, 999)),
        *((0, failure, True) for failure in (Failure.RESET, Failure.EMPTY)),
        *((0, failure, False) for failure in (Failure.TIMEOUT, Failure.TLS, Failure.PRIVATE, Failure.NO_HOST)),
        # With a failure the status is that of half an answer.
        (503, Failure.TIMEOUT, False),
        (200, Failure.RESET, True),
    ],
)
def test_only_what_may_pass_is_asked_again(status: int, failure: Failure | None, *, again: bool) -> None:
    """Trouble of the server and lost connections are asked again, judgements and time-outs are not."""
    assert (pause_before_retry(status, failure, 1) is not None) is again
    assert pause_before_retry(status, failure, TRIES) is None


def test_pauses_grow_and_differ() -> None:
    """Each pause is about twice the one before, and chance keeps hosts from being asked by all at one time."""
    assert [pause_before_retry(503, None, tries, chance=lambda: 0.0) for tries in (1, 2)] == [0.8, 1.6]
    assert [pause_before_retry(503, None, tries, chance=lambda: 1.0) for tries in (1, 2)] == [
        pytest.approx(1.2),
        pytest.approx(2.4),
    ]
    assert len({pause_before_retry(503, None, 1) for _ in range(20)}) > 1


@pytest.mark.parametrize(("wanted", "pause"), [(0.0, 0.1), (0.01, 0.1), (7.0, 7.0)])
def test_a_server_names_its_own_pause(wanted: float, pause: float) -> None:
    """What the server has asked for counts, and is never no pause at all."""
    assert pause_before_retry(429, None, 1, wanted=wanted) == pause
