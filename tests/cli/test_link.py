"""`regesta link`, as people and programs call it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from regesta.cli.main import main


def run(*arguments, given=None):
    """Call `regesta link` and give exit status, stdout and stderr."""
    result = CliRunner().invoke(main, ["link", *arguments], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_each_line_has_its_answer():
    """One JSON object a line, in order; a JSON string may hold what a line cannot."""
    lines = [
        "https://ferry.example/a",
        '"https://ferry.example/a\\nb"',
        "hxxp://ferry[.]example",
        "",
        '"open',
        "12",
        '{"a":1}',
    ]
    status, out, _ = run("-", given="\n".join(lines) + "\r\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [list(answer) for answer in answers] == [["input", "form", "rules", "url", "reason"]] * len(lines)
    assert [answer["form"] for answer in answers] == [
        "ok", "damaged", "defanged", "empty", "not-http", "not-http", "not-http",
    ]  # fmt: skip
    assert answers[0] == {"input": lines[0], "form": "ok", "rules": [], "url": lines[0], "reason": ""}
    assert answers[1]["input"] == "https://ferry.example/a\nb"
    assert answers[1]["url"] == "https://ferry.example/ab"
    assert answers[2]["rules"] == ["U101"]
    assert answers[-1]["input"] == '{"a":1}'
    assert status == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("https://ferry.example/",), 0),
        (("https://ferry.example/a%20",), 0),
        (("--fail-on", "warning", "https://ferry.example/a%20"), 1),
        (("https:/ferry.example/",), 1),
        (("--fail-on", "never", "https:/ferry.example/"), 0),
        ((), 2),
        (("--as", "html", "x"), 2),
    ],
)
def test_exit_status(arguments, expected):
    """1 when something counts, 2 when the command was misused."""
    assert run(*arguments)[0] == expected


@pytest.mark.parametrize(
    ("kind", "text", "form", "rules", "url"),
    [
        ("text", "See (hxxp://ferry[.]example/a), p. 4", "defanged", ["U101"], "http://ferry.example/a"),
        ("text", "https://ferry.example/low-\nwater.html", "damaged", ["U103"], "https://ferry.example/low-water.html"),
        ("text", "Nothing (.) here.", "not-http", [], None),
        ("markdown", "[a](https://ferry.example/a\\_b)", "ok", [], "https://ferry.example/a_b"),
        ("markdown", "[https://tass.ru/a](https://tass.com/a)", "ok", ["U115"], "https://tass.com/a"),
        ("markdown", "<https://ferry.example/a\\_b>", "damaged", ["U104"], "https://ferry.example/a_b"),
        ("markdown", "no link", "not-http", [], None),
    ],
)
def test_the_first_link_of_a_text(kind, text, form, rules, url):
    """In plain text and in Markdown the first link is judged."""
    answer = json.loads(run("--as", kind, text)[1])
    assert (answer["form"], answer["rules"], answer["url"]) == (form, rules, url)


def test_text_for_people():
    """Form, rules, reason and what is meant; nothing of the input can steer the terminal."""
    _, out, _ = run("--output-format", "text", "https://ferry.example/a\\_b", "::\x1b[2J")
    assert out.splitlines() == [
        "damaged    https://ferry.example/a\\_b",
        "           U104 leftover-escape",
        "           An escape of Markdown or HTML is left in it.",
        "           means https://ferry.example/a_b",
        "not-http   \\::\\x1b[2J",
        "           Not an http or https address.",
    ]


def test_any_bytes_have_an_answer():
    """What is no UTF-8, and a lone half of a character, are judged as well."""
    status, out, _ = run("-", given=b'\xff\xfe\n"\\ud800"\n"https://a.example/\\ud800"\n')
    assert len(out.splitlines()) == 3
    assert out.isascii()
    assert status in {0, 1}
    assert run("--output-format", "text", '"https://a.example/\\ud800"')[0] in {0, 1}
