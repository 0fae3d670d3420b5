"""The same visits on the machines of a Dask cluster: batches of hosts go out as data, and data comes back."""

from __future__ import annotations

import logging
import os
import re
import time
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.auditing.failed import AuditFailed
from regesta.auditing.fetching.fetcher import CurlFetcher
from regesta.auditing.orders import pack_orders, pack_targets, pack_visits, unpack_orders, unpack_targets, unpack_visits
from regesta.auditing.visiting import visit_all
from regesta.model.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from regesta.auditing.orders import Orders
    from regesta.auditing.visiting import Target, Visit
    from regesta.model.urls import Url

__all__ = ["Here", "batches_of", "visit_batch", "visit_on_cluster"]

_BATCH = 250
"""Links of one batch, where a single host has no more."""
_RETRIES = 2
"""Times that a batch is given to another worker when one dies over it. After that the coordinator visits it itself."""
_PATIENCE = 15
"""Seconds to find the scheduler."""
_LOOK = 0.5
"""Seconds between two looks at whether the run is over."""
_GRACE = 5.0
"""Seconds that workers get to bring back what they have begun when the time was over, beyond that of a link."""


_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^\s/@]+:(\d{1,5})/?", re.ASCII)
_HIGHEST_PORT = 65535


class Here(NamedTuple):
    """What the coordinator does itself."""

    visit: Callable[[Sequence[Target]], Iterator[Visit]]
    """Visits what no worker has brought back."""
    is_ended: Callable[[], bool]
    """Whether a signal has ended the run: then nobody is waited for."""
    say: Callable[[str], None]
    """Tells a person something."""


def batches_of(targets: Iterable[Target], size: int = _BATCH) -> list[list[Target]]:
    """Part targets into batches, each host in one of them: two workers must not press the same host at once."""
    by_host: dict[str, list[Target]] = {}
    for target in targets:
        by_host.setdefault(host_of(target.url).removesuffix("."), []).append(target)
    total = sum(map(len, by_host.values()))
    heap: list[tuple[int, int, list[Target]]] = [(0, number, []) for number in range(max(1, -(-total // size)))]
    heapify(heap)
    # The largest host first, each to the batch that has the least: none gets much more than its share.
    for host in sorted(by_host, key=lambda host: (-len(by_host[host]), host)):
        links, number, batch = heappop(heap)
        batch += by_host[host]
        heappush(heap, (links + len(by_host[host]), number, batch))
    return [batch for _, _, batch in sorted(heap, key=lambda item: item[1]) if batch]


def visit_on_cluster(targets: Iterable[Target], *, scheduler: str, orders: Orders, here: Here) -> Iterator[Visit]:
    """Visit on the cluster; raise `AuditFailed` before the first visit.

    A batch whose workers die is given to others, then visited here. What workers send back is held to what they were
    asked: no address but one of the batch is believed. When the run's time is over workers begin nothing more.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise AuditFailed(
            "--scheduler needs the extra 'cluster': pip install 'regesta[cluster]', here and on the workers."
        ) from error
    # That a worker has died is dealt with, and is no news for whoever reads our own words.
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    batches = batches_of(targets)
    found = _ADDRESS.fullmatch(scheduler)
    if found is None or int(found[1]) > _HIGHEST_PORT:
        raise AuditFailed(f"Not the address of a Dask scheduler (expected such as tcp://10.0.0.5:8786): {scheduler!r}.")
    try:
        # Whatever is more than plain data could run as a program here: it is not read.
        client = Client(scheduler, timeout=_PATIENCE, deserializers=("msgpack",))
    except (OSError, ValueError, TypeError) as error:
        why = str(error).partition("\n")[0]
        raise AuditFailed(
            f"There is no Dask scheduler at {scheduler!r} ({why}). "
            "Start one with 'dask scheduler', or leave --scheduler out."
        ) from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise AuditFailed(f"The Dask scheduler at {scheduler!r} has no worker. Start some and run again.")
        yield from _visit(client, batches, orders, here)


def _visit(client: Any, batches: Sequence[Sequence[Target]], orders: Orders, here: Here) -> Iterator[Visit]:  # noqa: ANN401 - Dask has no types
    words = pack_orders(orders)
    sent = {
        client.submit(visit_batch, pack_targets(batch), words, retries=_RETRIES, pure=False): batch for batch in batches
    }
    brought_nothing = 0
    try:
        for future in _as_completed(sent, orders, here):
            left = {target.url: target for target in sent.pop(future)}
            for visit in _received(future, left, orders):
                del left[visit.target.url]
                yield visit
            if left and not here.is_ended():
                # Whatever no worker has brought back is visited here: nothing is lost.
                brought_nothing += len(left)
                yield from here.visit(list(left.values()))
    finally:
        client.cancel(list(sent))
    if brought_nothing:
        here.say(
            f"Visited from here: {brought_nothing:,}, since no worker has brought them back. "
            "Is the same version of Regesta on all of them?"
        )


def _as_completed(sent: Iterable[Any], orders: Orders, here: Here) -> Iterator[Any]:
    """Give what comes back, until all is there or the run is over."""
    from distributed import wait  # noqa: PLC0415 - see above

    waiting = set(sent)
    patience = _GRACE + max(rule.timeout for rule in (orders.all_hosts, *orders.hosts.values()))
    while waiting and not here.is_ended() and time.time() < orders.ends + patience:
        try:
            done = wait(waiting, timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            continue
        waiting -= done
        yield from done


def _received(future: Any, asked: dict[Url, Target], orders: Orders) -> Iterator[Visit]:  # noqa: ANN401 - see above
    if future.status != "finished":
        return
    try:
        result = future.result(timeout=_PATIENCE)
    except Exception:  # noqa: BLE001 - it comes from another machine, and may be anything
        return
    yield from unpack_visits(result, dict(asked), orders)


def visit_batch(targets: str, orders: str) -> str:
    """Visit a batch on a worker: JSON in, JSON out."""
    given = unpack_orders(orders)
    fetcher = CurlFetcher(
        given.fetch_options(os.environ),
        policy=given.policy,
        rules=given.rules,
        is_over=lambda: time.time() >= given.ends,
    )
    try:
        visits = visit_all(
            unpack_targets(targets), fetcher=fetcher, rules=given.rules, today=given.today, vantage=given.vantage
        )
        return pack_visits(visits)
    finally:
        fetcher.close()
