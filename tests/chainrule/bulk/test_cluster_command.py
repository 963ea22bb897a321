"""`chainrule cluster`: commands that a shell takes, with the same address and files everywhere."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from chainrule import cli
from chainrule.bulk import cluster_commands
from chainrule.bulk.dask_cluster import tls_address
from chainrule.bulk.executors import ExecutorError, Tls
from chainrule.bulk.keys import grader_version

Ran = Callable[..., tuple[int, str, str]]
FILES = Tls(Path("/etc/c a.pem"), Path("/etc/cert.pem"), Path("/etc/key.pem"))
WORDS = ["--tls-ca", "/etc/c a.pem", "--tls-cert", "/etc/cert.pem", "--tls-key", "/etc/key.pem"]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    def run(*words: str) -> tuple[int, str, str]:
        code = cli.run(["cluster", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_all_commands_name_one_scheduler_and_this_version(ran: Ran) -> None:
    code, out, _ = ran("--host", "head", "--port", "9000", "--workers", "3", "--json")
    found = json.loads(out)
    assert code == 0
    assert grader_version() in found["version"] and "chainrule[cluster]==" in found["install"]
    assert "scheduler --protocol tcp --port 9000" in found["scheduler"]
    assert "worker tcp://head:9000 --nworkers 3 --nthreads 1 " in found["worker"]
    assert found["grade"].endswith("--cluster tcp://head:9000")
    for line in (found["scheduler"], found["worker"]):
        assert line.startswith('cd "$(mktemp -d)" && PYTHONSAFEPATH=1 python -P -m dask ')
    plain = ran("--host", "head", "--port", "9000", "--workers", "3")[1]
    assert all(found[name] in plain for name in ("install", "scheduler", "worker", "grade", "version"))


def test_with_tls_every_command_has_the_files(ran: Ran) -> None:
    found = json.loads(ran("--host", "head", *WORDS, "--json")[1])
    for name in ("scheduler", "worker"):
        words = shlex.split(found[name])
        assert words[-6:] == ["--tls-ca-file", *WORDS[1:]]
    assert shlex.split(found["grade"])[-7:] == ["tls://head:8786", *WORDS]
    assert "--protocol tls" in found["scheduler"]


@pytest.mark.parametrize("more", [[], WORDS])
def test_the_script_for_slurm_is_one(ran: Ran, tmp_path: Path, more: list[str]) -> None:
    code, out, _ = ran("--slurm", "--workers", "5", *more)
    script = tmp_path / "cluster.sh"
    script.write_text(out, encoding="utf-8")
    assert code == 0 and "#SBATCH --cpus-per-task=5\n" in out
    assert subprocess.run(["bash", "-n", script], capture_output=True, check=False).returncode == 0
    ran_here = _run(script, tmp_path)
    protocol = "tls" if more else "tcp"
    assert f"python -P -m dask scheduler --protocol {protocol} --port 8786" in ran_here
    assert f"python -P -m dask worker {protocol}://here:8786 --nworkers 5" in ran_here
    assert f"--out {tmp_path}/graded --cluster {protocol}://here:8786" in ran_here


def _run(script: Path, folder: Path) -> str:
    """What the script would run, by programs of these names that say how they were called."""
    programs = folder / "bin"
    programs.mkdir()
    log = folder / "log"
    for name, body in {
        "python": f'echo "python $*" >> {log}',
        "chainrule": f'sleep 0.3; echo "chainrule $*" >> {log}',
        "hostname": "echo here",
        "srun": 'while [ "$1" != bash ]; do shift; done; exec "$@"',
    }.items():
        (programs / name).write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}:/usr/bin:/bin", "SLURM_JOB_ID": "7", "TMPDIR": str(folder)}
    subprocess.run(["bash", script], cwd=folder, env=environment, check=False, timeout=20, capture_output=True)
    return log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["--host", "a b"], ["--host", "$(id)"], ["--port", "0"], WORDS[:2], ["--local", "0"]]
)
def test_what_is_no_place_is_refused(ran: Ran, words: list[str]) -> None:
    assert ran(*words)[0] == 2


def test_without_dask_the_remedy_is_told(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_commands, "find_spec", lambda _: None)
    code, _, err = ran()
    assert code == 2
    assert "pip install 'chainrule[cluster]'" in err


@pytest.mark.parametrize(
    ("address", "tls", "found"),
    [
        ("tcp://a:1", None, "tcp://a:1"),
        ("a:1", None, "tcp://a:1"),
        ("tcp://a:1", FILES, "tls://a:1"),
        ("tls://a:1", FILES, "tls://a:1"),
    ],
)
def test_files_of_tls_make_the_address_one_of_tls(address: str, tls: Tls | None, found: str) -> None:
    assert tls_address(address, tls) == found


@pytest.mark.parametrize("address", ["", "tls://a:1", "http://a:1", "tcp://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ExecutorError):
        tls_address(address, None)
