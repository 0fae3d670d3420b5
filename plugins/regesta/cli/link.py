"""`regesta link`: judges links one by one."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import click

from regesta.checking.registry import RULES
from regesta.model.briefs import read_document
from regesta.model.findings import Severity
from regesta.model.link_forms import LinkForm, judge_link, rules_of
from regesta.model.plain_links import first_link
from regesta.reporting.terminal import inert_json, shown, styled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["command"]


class _As(StrEnum):
    """What an input line is."""

    URL = "url"
    TEXT = "text"
    MARKDOWN = "markdown"


class _Judged(NamedTuple):
    """One line of the output, by the names that it has in JSON."""

    input: str
    form: str
    rules: tuple[str, ...]
    url: str | None
    reason: str


_FAIL_ON = [*(severity.value for severity in Severity), "never"]
_STDIN = "-"


@click.command("link")
@click.argument("raw", nargs=-1, metavar="[RAW...|-]")
@click.option(
    "--as",
    "kind",
    type=click.Choice([kind.value for kind in _As]),
    default="url",
    show_default=True,
    help="What RAW is.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    help="What to write: by custom text on a terminal, else JSON Lines.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default=Severity.ERROR.value,
    show_default=True,
    help="Exit with 1 from this weight on.",
)
@click.pass_context
def command(
    context: click.Context, raw: tuple[str, ...], *, kind: str, output_format: str | None, fail_on: str
) -> None:
    """Judge links one by one, offline.

    It says what is wrong with the form of each, and which address is meant.

    RAW is an address, a plain text, or Markdown, of which the first link is judged; a text in JSON's quotes is read as
    JSON. With '-' each line of standard input is one.
    """
    if not raw:
        raise click.UsageError("Name at least one link, or '-' to read one a line from standard input.")
    if _STDIN in raw and sys.stdin is None:
        raise click.UsageError("Standard input is closed.")
    is_text = (output_format or ("text" if sys.stdout.isatty() else "json")) == "text"
    colour = is_text and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    worst = -1
    for line in _lines(raw):
        judged = _judge(line, _As(kind))
        worst = max([worst, *(RULES[code].severity.weight for code in judged.rules)])
        for written in _text(judged, colour=colour) if is_text else [inert_json(json.dumps(judged._asdict()))]:
            sys.stdout.write(f"{written}\n")
    sys.stdout.flush()
    if fail_on != "never" and worst >= Severity(fail_on).weight:
        context.exit(1)


def _lines(raw: tuple[str, ...]) -> Iterator[str]:
    for given in raw:
        if given != _STDIN:
            yield _read(given)
            continue
        for line in sys.stdin.buffer:
            yield _read(line.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r"))


def _read(line: str) -> str:
    """Take a line as it is, or as the JSON string that it is: so that line ends can be given."""
    if line.startswith('"') and line.endswith('"'):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return line
        if isinstance(value, str):
            return value
    return line


def _judge(line: str, kind: _As) -> _Judged:
    found = _FIND[kind](line)
    if found is None:
        return _Judged(line, LinkForm.NOT_HTTP.value, (), None, "There is no link in it.")
    address, words = found
    judgement = judge_link(address)
    return _Judged(line, judgement.form.value, rules_of(address, words), judgement.url, judgement.reason)


def _whole(line: str) -> tuple[str, str]:
    return line, ""


def _in_text(text: str) -> tuple[str, str] | None:
    link = first_link(text)
    return None if link is None else (link, "")


def _in_markdown(text: str) -> tuple[str, str] | None:
    links = read_document("-", text.encode("utf-8", "replace")).links
    return (links[0].text, links[0].words if links[0].style in {"inline", "reference"} else "") if links else None


_FIND: dict[_As, Callable[[str], tuple[str, str] | None]] = {
    _As.URL: _whole,
    _As.TEXT: _in_text,
    _As.MARKDOWN: _in_markdown,
}

_FAINT, _PLAIN = "2", "0"
_STYLES = {Severity.ERROR.weight: "31;1", Severity.WARNING.weight: "33;1", Severity.INFO.weight: "36;1"}
_MARGIN = " " * 11


def _text(judged: _Judged, *, colour: bool) -> Iterator[str]:
    weight = max((RULES[code].severity.weight for code in judged.rules), default=-1)
    form = styled(f"{judged.form:<10}", _STYLES.get(weight, _PLAIN), colour=colour)
    yield f"{form} {shown(judged.input)}"
    for code in judged.rules:
        rule = RULES[code]
        yield f"{_MARGIN}{styled(f'{code} {rule.name}', _STYLES[rule.severity.weight], colour=colour)}"
    if judged.reason:
        yield f"{_MARGIN}{styled(judged.reason, _FAINT, colour=colour)}"
    if judged.url and judged.url != judged.input:
        yield f"{_MARGIN}means {shown(judged.url)}"
