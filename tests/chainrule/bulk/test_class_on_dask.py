"""A class graded by a Dask cluster on this machine: the same results, also where a worker is killed in the middle."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from handing_class import Class, Silent, hand_in_all, new_class

from chainrule.bulk import judging
from chainrule.bulk.dask_cluster import open_cluster, refuse_other_versions
from chainrule.bulk.executors import ExecutorError, LocalExecutor, SlottedExecutor
from chainrule.bulk.local_cluster import LocalCluster, local_cluster
from chainrule.bulk.running import grade_class
from chainrule.bulk.shared_references import SharedReference

pytest.importorskip("distributed", reason="a cluster needs the extra `cluster`")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers keep references."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def cluster(cache: Path) -> Iterator[LocalCluster]:
    """Two workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAINRULE_CACHE", str(cache))
        with local_cluster(2) as found:
            yield found


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A class that was graded by processes of this machine."""
    found = new_class(tmp_path_factory.mktemp("class"))
    hand_in_all(found, 24)
    grade_class(found.run("pool", lambda: LocalExecutor(2)), Silent())
    return found


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "BATCH", 2.0)


def results(found: Class, out: str) -> bytes:
    return (found.home / out / "results.jsonl").read_bytes()


def keys(found: Class, out: str) -> list[str]:
    return [json.loads(line)["key"] for line in (found.home / out / "judged.jsonl").read_bytes().splitlines()]


# In this order: the last ones take the cluster apart.


def test_workers_of_another_version_are_told_before_anything_is_judged(cluster: LocalCluster, cache: Path) -> None:
    with open_cluster(cluster.address) as executor:
        executor.client.wait_for_workers(2, timeout=30)
        with pytest.raises(ExecutorError, match=r"2 of 2 workers judge with another version: .*chainrule 9\.9\+other"):
            refuse_other_versions(executor.client, "9.9+other")
        data = b"weights"
        executor.share([SharedReference("one.safetensors", data, hashlib.sha256(data).hexdigest())])
        assert (cache / "references" / "one.safetensors").read_bytes() == data


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    cluster: LocalCluster, graded: Class, small_batches: None
) -> None:
    killed = []

    def kill(done: int) -> None:
        if done >= 10 and not killed:
            killed.append(done)
            os.killpg(cluster.workers[0].pid, signal.SIGKILL)  # with the process that would start it again

    summary = grade_class(graded.run("dask", lambda: open_cluster(cluster.address)), Silent(kill))
    assert killed and killed[0] < summary.answers
    assert results(graded, "dask") == results(graded, "pool")
    assert sorted(keys(graded, "dask")) == sorted(keys(graded, "pool"))


def test_a_scheduler_that_goes_costs_nothing_that_was_judged(
    cluster: LocalCluster, graded: Class, small_batches: None
) -> None:
    def kill(done: int) -> None:
        if done >= 10:
            cluster.scheduler.kill()

    def open() -> SlottedExecutor:
        return open_cluster(cluster.address, connect=0.5)

    with pytest.raises(ExecutorError, match=r"no scheduler answers at .* judgements are kept, and the same command"):
        grade_class(graded.run("lost", open, patience=0), Silent(kill))
    kept = len(keys(graded, "lost"))
    assert 10 <= kept < len(keys(graded, "pool"))
    summary = grade_class(graded.run("lost", lambda: LocalExecutor(2)), Silent())
    assert summary.judged == len(keys(graded, "pool")) - kept
    assert results(graded, "lost") == results(graded, "pool")
