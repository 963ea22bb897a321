"""The commands with which a Dask cluster is started, and a SLURM script made of them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from chainrule.bulk.executors import ExecutorError, Tls
from chainrule.bulk.keys import grader_version

# An empty working folder, and nothing imported from it: workers see no submissions, and no file of anybody's.
AWAY = 'cd "$(mktemp -d)"'
DASK = "python -P -m dask"
SLURM = """\
#!/bin/bash
#SBATCH --job-name=grade-class
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task={cpus}
#SBATCH --mem-per-cpu=1500M
#SBATCH --time=08:00:00
# A scheduler, and on each node a worker for each core; grades when the first worker is there. Sent in again, it goes on
# where it stopped. Trained references and cases of questions lie below CHAINRULE_CACHE, on each node's own disk.
set -euo pipefail

SUBMISSIONS=$PWD/submissions.zip
ASSIGNMENT=$PWD/homework.yaml
OUT=$PWD/graded

export SCHEDULER=$(hostname) CHAINRULE_CACHE=${{TMPDIR:-/tmp}}/chainrule-$SLURM_JOB_ID PYTHONSAFEPATH=1

scheduler() {{
  {away}
  exec {scheduler}
}}
workers() {{
  {away}
  exec {worker}
}}
export -f workers

scheduler &
trap 'kill $(jobs -p)' EXIT
srun --overlap bash -c workers &

chainrule grade-class "$SUBMISSIONS" --assignment "$ASSIGNMENT" --out "$OUT" --cluster {address}{tls}
"""


@dataclass(frozen=True)
class ClusterCommands:
    """A scheduler at `host` and `port`, and so many workers on each machine."""

    host: str
    port: int
    workers: int
    tls: Tls | None = None

    @property
    def version(self) -> str:
        """What all machines must have."""
        return f"chainrule {grader_version()}"

    @property
    def install(self) -> str:
        """Installs it."""
        import chainrule

        return f"pip install 'chainrule[cluster]=={chainrule.__version__}'"

    @property
    def address(self) -> str:
        """Of the scheduler."""
        return f"{'tls' if self.tls else 'tcp'}://{self.host}:{self.port}"

    @property
    def scheduler(self) -> str:
        """Starts the scheduler."""
        return f"{AWAY} && PYTHONSAFEPATH=1 {self._scheduler}"

    @property
    def worker(self) -> str:
        """Starts the workers of one machine: one answer at a time each, started again where they end."""
        return f"{AWAY} && PYTHONSAFEPATH=1 {self._worker}"

    @property
    def _scheduler(self) -> str:
        protocol = "tls" if self.tls else "tcp"
        return f"{DASK} scheduler --protocol {protocol} --port {self.port} --no-dashboard{self._dask_tls}"

    @property
    def _worker(self) -> str:
        each = f"--nworkers {self.workers} --nthreads 1 --memory-limit 0 --death-timeout 60 --no-dashboard"
        return f"{DASK} worker {self.address} {each} --local-directory .{self._dask_tls}"

    @property
    def grade(self) -> str:
        """Grades with them."""
        return f"chainrule grade-class DIR --assignment FILE --out OUT --cluster {self.address}{self.grade_tls}"

    @property
    def grade_tls(self) -> str:
        """The TLS files as our own options."""
        return self._tls("--tls-ca")

    @property
    def _dask_tls(self) -> str:
        return self._tls("--tls-ca-file")

    def _tls(self, ca: str) -> str:
        if self.tls is None:
            return ""
        named = ((ca, self.tls.ca), ("--tls-cert", self.tls.cert), ("--tls-key", self.tls.key))
        return "".join(f" {option} {shlex.quote(str(file.absolute()))}" for option, file in named)

    def record(self) -> dict[str, Any]:
        """All of it as JSON."""
        names = ("version", "install", "address", "scheduler", "worker", "grade")
        return {name: getattr(self, name) for name in names}

    def slurm(self) -> str:
        """A script for sbatch: a task a node, with so many workers in it."""
        here = replace(self, host="$SCHEDULER")
        return SLURM.format(
            cpus=self.workers,
            away=AWAY,
            scheduler=here._scheduler,
            worker=here._worker,
            address=f'"{here.address}"',
            tls=here.grade_tls,
        )


def refuse_without_dask() -> None:
    """Raises ExecutorError where Dask is not installed."""
    if find_spec("distributed") is None:
        raise ExecutorError("a cluster needs the package distributed: pip install 'chainrule[cluster]'")
