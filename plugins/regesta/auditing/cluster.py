"""The same visits on the machines of a Dask cluster: batches of hosts go out as data, and data comes back."""

from __future__ import annotations

import os
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from regesta.auditing.failed import AuditFailed
from regesta.auditing.fetching import CurlFetcher
from regesta.auditing.orders import pack_orders, pack_targets, pack_visits, unpack_orders, unpack_targets, unpack_visits
from regesta.auditing.visiting import visit_all
from regesta.model.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from regesta.auditing.orders import Orders
    from regesta.auditing.visiting import Target, Visit

__all__ = ["batches_of", "visit_batch", "visit_on_cluster"]

_BATCH = 250
"""Links of one batch, where a single host has no more."""
_RETRIES = 2
"""Times that a batch is given to another worker when one dies over it. After that the coordinator visits it itself."""
_PATIENCE = 15
"""Seconds to find the scheduler."""


def batches_of(targets: Iterable[Target], size: int = _BATCH) -> list[list[Target]]:
    """Part targets into batches, each host in one of them: two workers must not press the same host at once."""
    by_host: dict[str, list[Target]] = {}
    for target in targets:
        by_host.setdefault(host_of(target.url), []).append(target)
    total = sum(map(len, by_host.values()))
    heap: list[tuple[int, int, list[Target]]] = [(0, number, []) for number in range(max(1, -(-total // size)))]
    heapify(heap)
    # The largest host first, each to the batch that has the least: none gets much more than its share.
    for host in sorted(by_host, key=lambda host: (-len(by_host[host]), host)):
        links, number, batch = heappop(heap)
        batch += by_host[host]
        heappush(heap, (links + len(by_host[host]), number, batch))
    return [batch for _, _, batch in sorted(heap, key=lambda item: item[1]) if batch]


def visit_on_cluster(
    targets: Iterable[Target],
    *,
    scheduler: str,
    orders: Orders,
    visit_here: Callable[[Sequence[Target]], Iterator[Visit]],
) -> Iterator[Visit]:
    """Visit on the cluster; raise `AuditFailed` before the first visit.

    A batch whose workers die is given to others, then visited here with `visit_here`. What workers send back is held to
    what they were asked: no address but one of the batch is believed.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise AuditFailed(
            "--scheduler needs the extra 'cluster': pip install 'regesta[cluster]', here and on the workers."
        ) from error
    batches = batches_of(targets)
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise AuditFailed(f"There is no Dask scheduler at {scheduler!r}: {error}") from error
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise AuditFailed(f"The Dask scheduler at {scheduler!r} has no worker. Start some and run again.")
        words = pack_orders(orders)
        sent = {
            client.submit(visit_batch, pack_targets(batch), words, retries=_RETRIES, pure=False): batch
            for batch in batches
        }
        for future in as_completed(list(sent)):
            batch = sent.pop(future)
            yield from _received(future, batch, visit_here, orders.today)


def _received(
    future: Any,  # noqa: ANN401 - Dask has no types
    batch: Sequence[Target],
    visit_here: Callable[[Sequence[Target]], Iterator[Visit]],
    today: date,
) -> Iterator[Visit]:
    left = {target.url: target for target in batch}
    if future.status == "finished":
        for visit in unpack_visits(future.result(), dict(left), today):
            del left[visit.target.url]
            yield visit
    # Whatever no worker has brought back is visited here: nothing is lost.
    if left:
        yield from visit_here(list(left.values()))


def visit_batch(targets: str, orders: str) -> str:
    """Visit a batch on a worker: JSON in, JSON out."""
    given = unpack_orders(orders)
    fetcher = CurlFetcher(given.fetch_options(os.environ), policy=given.policy, rules=given.rules)
    try:
        visits = visit_all(
            unpack_targets(targets), fetcher=fetcher, rules=given.rules, today=given.today, vantage=given.vantage
        )
        return pack_visits(visits)
    finally:
        fetcher.close()
