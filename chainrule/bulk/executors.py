"""Where batches are judged: on this machine, or by the workers of a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from chainrule.bulk.judge_child import children
from grader.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.bulk.shared_references import SharedReference

P = ParamSpec("P")
T = TypeVar("T")


class ExecutorError(ChainruleError):
    """There is no executor to judge with; the message says what to do."""


class LostExecutor(ExecutorError):
    """The executor is gone in the middle; what it judged is kept."""


@dataclass(frozen=True)
class Tls:
    """Files of a certificate authority, and of a certificate from it with its key."""

    ca: Path
    cert: Path
    key: Path


class SlottedExecutor(Executor):
    """An executor that knows how many batches it judges at once."""

    @property
    def slots(self) -> int:
        """How many at present; 0 where no worker is there."""
        raise NotImplementedError

    def share(self, references: Sequence[SharedReference]) -> None:
        """Gives trained references to all who judge, where they do not find them by themselves."""


class LocalExecutor(SlottedExecutor):
    """Threads, each of which waits for a process of its own that judges (`judge_child.py`)."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="judging")

    @property
    def slots(self) -> int:
        """How many processes judge."""
        return self._jobs

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Runs the function in a thread."""
        return self._threads.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes; with `cancel_futures` also those that judge just now."""
        self._threads.shutdown(wait=wait and not cancel_futures, cancel_futures=cancel_futures)
        ended = children()
        children.cache_clear()
        ended.stop()
        self._threads.shutdown(wait=wait)


def open_executor(
    *, jobs: int | None = None, cluster: str = "", tls: Tls | None = None, **options: Any
) -> SlottedExecutor:
    """An executor to be used in a `with`: of so many processes (by default one for each core), or of that cluster.

    options: as in `dask_cluster.ClusterExecutor`. Raises ExecutorError where the cluster cannot be used.
    """
    if not cluster:
        return LocalExecutor(jobs or cores())
    from chainrule.bulk.dask_cluster import open_cluster

    return open_cluster(cluster, tls, **options)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
