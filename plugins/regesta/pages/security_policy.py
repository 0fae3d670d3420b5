"""What a page may load and run, as it tells the browser: a second lock, should a hostile text ever pass the first."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING

from ada_url import URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NOTHING", "InvalidOrigin", "origin", "policy_beside", "security_policy", "with_policy"]

NOTHING = "default-src 'none'"
"""The policy of a page that loads and runs nothing."""


class InvalidOrigin(ValueError):
    """A host that cannot be named in a policy."""


def security_policy(frame: str, hosts: Iterable[str] = ()) -> str:
    """Give the policy of pages whose frame, the page's own words left out, is this HTML.

    Its inline scripts are named by their hashes. Scripts that stand in the words of a page are thereby refused.

    >>> security_policy("<script>a</script>").partition(";")[0]
    "default-src 'self'"
    """
    others = "".join(f" {host}" for host in hosts)
    hashes = "".join(f" '{value}'" for value in dict.fromkeys(map(_hash, _inline_scripts(frame))))
    return "; ".join((
        f"default-src 'self'{others}",
        # The search is compiled code; nothing is ever made a program of text.
        f"script-src 'self' 'wasm-unsafe-eval'{hashes}{others}",
        # The theme draws its icons with pictures that stand in its style sheet.
        f"img-src 'self' data:{others}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ))  # fmt: skip


def policy_beside(frame: str, hosts: Iterable[str] = ()) -> str:
    """Give the policy of a hand-written page on which words of briefs stand, these left out of `frame`.

    What whoever keeps the site has written there may load and run all that it names; the words of briefs may not.

    >>> policy_beside('<img src="https://pictures.example/a.png">').partition(";")[0]
    "default-src 'self' https://pictures.example"
    """
    named = dict.fromkeys(filter(None, map(_origin, _LOADED.findall(frame))))
    if "mermaid" in frame:
        # The theme fetches it from there when a page draws a diagram.
        named.setdefault("https://unpkg.com")
    others = [*hosts, *(host for host in named if host not in hosts)]
    parts = security_policy(frame, others).split("; ")
    if handlers := dict.fromkeys(_hash(unescape(code)) for code in _HANDLER.findall(frame)):
        parts[1] += " 'unsafe-hashes'" + "".join(f" '{value}'" for value in handlers)
    parts[-1] += "".join(f" {host}" for host in dict.fromkeys(filter(None, map(_origin, _SENT_TO.findall(frame)))))
    if _STYLE.search(frame):
        parts.append(" ".join(("style-src 'self' 'unsafe-inline'", *others)))
    return "; ".join(parts)


def with_policy(html: str, policy: str) -> str:
    """Put a policy at the very beginning of a page's head: what stands before it would not be held to it."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda found: f"{found[0]}\n{meta}", html, count=1)


_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)
_LOADED = re.compile(
    r"<link(?=[^>]*\srel=[\"']?(?:stylesheet|shortcut|icon|preload|modulepreload|manifest))[^>]*?\shref=[\"']?"
    r"(https?://[^\"'\s>]+)|\s(?:src|srcset|poster|data)=[\"']?(https?://[^\"'\s>]+)",
    re.IGNORECASE,
)
_SENT_TO = re.compile(r"<form\s[^>]*?action=[\"']?(https?://[^\"'\s>]+)", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^<>]*?\son[a-z]+=\"([^\"]*)\"", re.IGNORECASE)
_STYLE = re.compile(r"<style[\s>]|<[a-z][^<>]*?\sstyle=", re.IGNORECASE)


def _origin(found: str | tuple[str, ...]) -> str:
    address = found if isinstance(found, str) else "".join(found)
    try:
        url = URL(address)
    except ValueError:
        return ""
    return url.origin if re.fullmatch(r"[a-z0-9.-]+", url.hostname) else ""


def origin(host: str) -> str:
    """Give what a policy calls another host; raise `InvalidOrigin`.

    >>> origin("https://stats.example/count.js")
    'https://stats.example'
    """
    try:
        url = URL(host)
    except ValueError as error:
        raise InvalidOrigin(f"{host!r} is no address such as 'https://stats.example'.") from error
    if url.protocol != "https:" or not re.fullmatch(r"[a-z0-9.-]+", url.hostname):
        raise InvalidOrigin(f"{host!r} is no address such as 'https://stats.example'.")
    return url.origin


_SCRIPT = re.compile(r"<script((?:\s[^>]*)?)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_NO_PROGRAM = re.compile(r"\s(?:src\s*=|type\s*=\s*[\"']?(?!module|text/javascript))", re.IGNORECASE)


def _inline_scripts(frame: str) -> Iterator[str]:
    for attributes, program in _SCRIPT.findall(frame):
        if not _NO_PROGRAM.search(attributes):
            yield program


def _hash(program: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(program.encode()).digest()).decode()
