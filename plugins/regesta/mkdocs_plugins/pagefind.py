"""Pagefind at work beside the build: it is handed records as they are read, and gives its files in the end.

Its own Python package waits a tenth of a second for each answer, two minutes for a thousand briefs. So we speak to
the program itself: each message is JSON in base64 and ends with a comma.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from regesta.pages.search.records import SearchRecord

__all__ = ["IndexFile", "Pagefind", "PagefindFailed", "find_pagefind", "index_files"]


class PagefindFailed(RuntimeError):
    """Pagefind ended too early, or refused what it was given."""


class IndexFile(NamedTuple):
    """One file of an index."""

    path: str
    """From the folder of the index."""
    content: bytes


def find_pagefind() -> Path | None:
    """Give the program that comes with the package `pagefind-bin`, if it is installed."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - a site may do without
    except ImportError:
        return None
    program: Path = get_executable()
    return program if program.is_file() else None


class Pagefind:
    """A running Pagefind. What is asked is answered later: asking does not wait."""

    def __init__(self, program: Path) -> None:
        """Start the program."""
        self._process = subprocess.Popen(  # noqa: S603 - the program of an installed package, no shell
            [program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._waiting: dict[int, Future[Mapping[str, Any]]] = {}
        self._asked = 0
        self._failure: PagefindFailed | None = None
        self._reader = threading.Thread(target=self._read, name="pagefind", daemon=True)
        self._reader.start()

    def new_index(self) -> Future[Mapping[str, Any]]:
        """Begin an index."""
        return self._ask({"type": "NewIndex", "config": {}})

    def add(self, index: int, language: str, record: SearchRecord) -> None:
        """Add a record to an index."""
        self._ask(
            {
                "type": "AddRecord",
                "index_id": index,
                "url": record.url,
                "content": record.content,
                "language": language,
            }
        )

    def finish_index(self, index: int) -> Future[Mapping[str, Any]]:
        """Ask for the files of an index, and let Pagefind forget it."""
        files = self._ask({"type": "GetFiles", "index_id": index})
        self._ask({"type": "DeleteIndex", "index_id": index})
        return files

    def check(self) -> None:
        """Raise `PagefindFailed` if a record was refused."""
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """End the program, and wait until it has ended."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _ask(self, payload: Mapping[str, object]) -> Future[Mapping[str, Any]]:
        self.check()
        self._asked += 1
        answer: Future[Mapping[str, Any]] = Future()
        self._waiting[self._asked] = answer
        message = json.dumps({"message_id": self._asked, "payload": payload})
        try:
            assert self._process.stdin is not None  # noqa: S101 - it was asked for
            self._process.stdin.write(base64.b64encode(message.encode()) + b",")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise PagefindFailed("Pagefind ended before it had all briefs.") from error
        return answer

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        parts: list[bytes] = []
        while chunk := os.read(self._process.stdout.fileno(), 1 << 20):
            *done, rest = chunk.split(b",")
            for end in done:
                parts.append(end)
                self._answer(b"".join(parts))
                parts.clear()
            parts.append(rest)
        for answer in self._waiting.values():
            answer.set_exception(PagefindFailed("Pagefind ended before it had answered."))
        self._waiting.clear()

    def _answer(self, message: bytes) -> None:
        answer = json.loads(base64.b64decode(message))
        payload = answer["payload"]
        waiting = self._waiting.pop(answer.get("message_id") or 0, None)
        if payload["type"] == "Error":
            failure = PagefindFailed(f"Pagefind says: {payload['message']}")
            self._failure = self._failure or failure
            if waiting is not None:
                waiting.set_exception(failure)
        elif waiting is not None:
            waiting.set_result(payload)


def index_files(answer: Mapping[str, Any]) -> list[IndexFile]:
    """Decode the files in an answer, in order of their paths."""
    files = [IndexFile(file["path"], base64.b64decode(file["content"])) for file in answer["files"]]
    return sorted(files)
