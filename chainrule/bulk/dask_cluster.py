"""A Dask cluster that exists already, as an executor. Who reaches its scheduler can run anything: use TLS."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from chainrule.bulk.executors import ExecutorError, LostExecutor, SlottedExecutor, Tls
from chainrule.bulk.keys import grader_version

if TYPE_CHECKING:
    from distributed import Client, Security

    from chainrule.bulk.shared_references import SharedReference

P = ParamSpec("P")
T = TypeVar("T")

CONNECT = 20.0  # seconds for the scheduler to answer
WORKERS = 180.0  # seconds for the first worker to be there
LOOK = 1.0  # seconds
SHOWN = 3  # workers of another version that are named
INSTALL = "pip install 'chainrule[cluster]'"


def open_cluster(
    address: str, tls: Tls | None = None, *, connect: float = CONNECT, workers: float = WORKERS
) -> ClusterExecutor:
    """The workers of the cluster, all of which judge with this version. Raises ExecutorError.

    connect, workers: seconds to wait for the scheduler, and for a first worker.
    """
    try:
        import distributed
    except ImportError:
        raise ExecutorError(f"--cluster needs the package distributed, which is not installed: {INSTALL}") from None
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said in our words
    place = tls_address(address, tls)
    try:
        client = distributed.Client(place, security=security(tls), timeout=connect, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ExecutorError(_unreachable(place, error)) from None
    executor = ClusterExecutor(client)
    try:
        _wait_for_workers(client, place, workers)
        refuse_other_versions(client, grader_version())
    except BaseException:
        executor.shutdown(wait=False)
        raise
    return executor


class ClusterExecutor(SlottedExecutor):
    """The workers of a cluster. What broke a worker is BrokenExecutor; where the scheduler goes, LostExecutor."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._inner = client.get_executor(pure=False)
        self._slots, self._looked = 0, 0.0

    @property
    def slots(self) -> int:
        """Threads of all workers, of which each should have one; asked once a second."""
        if time.monotonic() - self._looked > LOOK:
            try:
                self._slots = sum(self.client.ncores().values())
            except (OSError, TimeoutError, RuntimeError, CancelledError):
                self._slots = 0  # the scheduler is gone; the futures will say so
            self._looked = time.monotonic()
        return self._slots

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Runs the function on some worker; on another where that one ends."""
        if self.client.status != "running":
            raise LostExecutor(_gone(self.client))
        outer: Future[T] = Future()
        inner = self._inner.submit(fn, *args, **kwargs)
        outer.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        inner.add_done_callback(lambda done: self._settle(outer, done))
        return outer

    def share(self, references: Sequence[SharedReference]) -> None:
        """Puts trained references into the caches of all workers, also of those that come later."""
        if not references:
            return
        from chainrule.bulk.dask_plugin import References

        try:
            self.client.register_plugin(References(references))
        except OSError:
            raise LostExecutor(_gone(self.client)) from None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leaves the cluster; what it still does for us is cancelled."""
        self._inner.shutdown(wait=False)
        self.client.close()

    def _settle(self, outer: Future[T], inner: Future[T]) -> None:
        if not outer.set_running_or_notify_cancel():
            return
        try:
            outer.set_result(inner.result())
        except CancelledError:
            outer.set_exception(LostExecutor(_gone(self.client)))
        except Exception as error:
            killed = type(error).__name__ == "KilledWorker"
            outer.set_exception(BrokenExecutor("its workers ended") if killed else error)


def refuse_other_versions(client: Client, ours: str) -> None:
    """Raises ExecutorError where a worker judges with another version than ours, or has none."""
    try:
        found: Mapping[str, Any] = client.run(grader_version)
    except (ImportError, AttributeError) as error:
        raise ExecutorError(
            f"the workers have no Chainrule that fits ({error}); install chainrule {ours} on them"
        ) from None
    other = {place: version for place, version in found.items() if version != ours}
    if other:
        named = ", ".join(f"{place} has {version}" for place, version in [*other.items()][:SHOWN])
        more = f" and {len(other) - SHOWN} more" if len(other) > SHOWN else ""
        raise ExecutorError(
            f"{len(other)} of {len(found)} workers judge with another version: {named}{more}; "
            f"install chainrule {ours} on them, with the same Python, numpy, sympy, mpmath and torch, "
            "and start them anew"
        )


def tls_address(address: str, tls: Tls | None) -> str:
    """The address with the protocol that goes with TLS or without. Raises ExecutorError for what is none."""
    protocol, _, rest = address.rpartition("://")
    if protocol not in {"", "tcp", "tls"} or not rest:
        raise ExecutorError(f"came the address {address!r}, expected one such as tcp://scheduler:8786")
    if protocol == "tls" and tls is None:
        raise ExecutorError(f"{address} wants --tls-ca, --tls-cert and --tls-key")
    return f"{'tls' if tls else 'tcp'}://{rest}"


def security(tls: Tls | None) -> Security | None:
    """What Dask wants to know of the TLS files."""
    if tls is None:
        return None
    from distributed import Security

    files = {"tls_ca_file": tls.ca, "tls_client_cert": tls.cert, "tls_client_key": tls.key}
    return Security(require_encryption=True, **{name: str(file) for name, file in files.items()})


def _wait_for_workers(client: Client, place: str, seconds: float) -> None:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        raise ExecutorError(
            f"{place} has no worker after {seconds:g} s; `chainrule cluster` prints how to start some"
        ) from None


def _unreachable(place: str, error: Exception) -> str:
    why = " ".join(str(error).split())[:200]
    return f"no scheduler answers at {place} ({why}); `chainrule cluster` prints how to start one"


def _gone(client: Client) -> str:
    place = client.scheduler.address if client.scheduler else "the scheduler"
    return f"the connection to {place} was lost"
