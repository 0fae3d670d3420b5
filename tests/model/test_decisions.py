"""A person's word is read exactly, and what cannot be meant is told with its line."""

from __future__ import annotations

from datetime import date

import pytest

from regesta.model.decisions import InvalidDecisions, read_decisions
from regesta.model.urls import parse_url


def test_every_field():
    """Addresses are normalised, days are days, the rest is text."""
    (decision,) = read_decisions(
        "- url: HTTPS://A.example/x/../y\n  say: dead\n"
        "  memento: https://web.archive.example/web/2020/https://a.example/y\n"
        "  replaced_by: https://пример.example\n  by: Ada Example\n  on: 2026-05-03\n  until: 2027-05-03\n"
        "  why: 'moved: gone'\n"
    ).all
    assert decision._asdict() == {
        "url": "https://a.example/y",
        "host": "",
        "say": "dead",
        "why": "moved: gone",
        "by": "Ada Example",
        "on": date(2026, 5, 3),
        "memento": "https://web.archive.example/web/2020/https://a.example/y",
        "replaced_by": "https://xn--e1afmkfd.example/",
        "until": date(2027, 5, 3),
    }


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{host: a.example, say: skipp}", "unknown 'say': 'skipp' ('skip'?). Write one of live, dead, skip,"),
        ("{host: a.example, say: Live}", "unknown 'say': 'Live' ('live'?)"),
        ("{host: a.example, say: 'no'}", "unknown 'say': 'no'. Write one of"),
        ("{host: a.example, say: [live]}", "'say' is a list"),
        ("{host: a.example}", "the entry decides nothing. Add 'say:'"),
        ("{say: live}", "the entry names no address. Add 'url:' or 'host:'"),
        ("{url: a.example, say: live}", "'url' is no http or https address: 'a.example'"),
        ("{url: 'javascript:x', say: live}", "'url' is no http or https address: 'javascript:x'"),
        ("{host: 'https://a.example', say: live}", "'host' is no host: 'https://a.example'"),
        ("{host: 'a b', say: live}", "'host' is no host: 'a b'"),
        ("{host: a.example, say: live, on: yesterday}", "'on' is no day (expected YYYY-MM-DD): 'yesterday'"),
        ("{host: a.example, say: live, until: 2026-02-30}", "'until' is no day (expected YYYY-MM-DD): '2026-02-30'"),
        ("{host: a.example, say: live, untill: 2026-02-03}", "unknown field 'untill' ('until'?)"),
        ("{host: a.example, memento: 'data:x'}", "'memento' is no http or https address: 'data:x'"),
        ("{host: a.example, replaced_by: x}", "'replaced_by' is no http or https address: 'x'"),
    ],
)
def test_what_cannot_be_meant(entry, words):
    """The file is refused: an address to be left alone must not be visited for a slip of the pen."""
    with pytest.raises(InvalidDecisions) as caught:
        read_decisions(f"# by hand\n- {{host: я.example, say: skip}}\n- {entry}\n")
    assert str(caught.value).startswith(f"line 3: {words}")
    assert str(caught.value).count("line ") == 1


def test_all_that_is_wrong_is_told_at_once():
    """With each line; of very many, the first."""
    with pytest.raises(InvalidDecisions, match=r"line 1: .* line 5: .* And 3 more\."):
        read_decisions("- {host: a.example}\n" * 8)


DECISIONS = read_decisions(
    "- {host: a.example, say: skip}\n- {url: 'https://a.example/x', say: dead}\n"
    "- {url: 'https://a.example/y', say: live}\n- {url: 'https://a.example/y', say: dead, until: 2026-05-03}\n"
)


@pytest.mark.parametrize(
    ("url", "today", "say"),
    [
        ("https://a.example/", None, "skip"),
        ("https://a.example/x", None, "dead"),
        ("https://a.example/x#part", None, "dead"),
        ("https://a.example/x?", None, "skip"),
        ("https://a.example/y", None, "dead"),
        ("https://a.example/y", date(2026, 5, 3), "dead"),
        ("https://a.example/y", date(2026, 5, 4), "live"),
        ("https://b.example/", None, None),
    ],
)
def test_the_nearest_decision_that_holds(url, today, say):
    """On the address, then on its page, then on its host; the later before the earlier; none that has expired."""
    found = DECISIONS.on(parse_url(url), today)
    assert (found and found.say) == say
    assert found is None or found.forbids_visits == (say == "skip")
