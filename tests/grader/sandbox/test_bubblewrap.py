"""bubblewrap around the warm process: what a submission cannot even see, and what happens where it does not work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from processes import descendants, wait_until, wraps

from grader.keys import Limits
from grader.sandbox import Call, Sandbox, SandboxError, Task
from grader.sandbox.report import Report, Returned

ROOT = Path(__file__).resolve().parents[3]
WRAPPED = pytest.mark.usefixtures("wrapping")
LOOK = """
import os
def f(paths):
    import numpy as np
    return np.array([os.path.lexists(path) for path in paths])
"""


def asked(sandbox: Sandbox, paths: list[str], packages: str = "numpy") -> Report:
    call = Call({"paths": paths}, 1 << 12)
    return sandbox.run(Task(LOOK, "f", ("paths",), 1, (call,), Limits(), packages))


def seen(report: Report) -> list[bool]:
    (result,) = report.results
    assert isinstance(result, Returned), report
    return [bool(item) for item in np.asarray(result.items[0])]


@pytest.fixture(scope="module")
def secrets() -> list[str]:
    """Paths that are there, and none of a submission's business."""
    import click
    import sklearn

    folders = [Path(sklearn.__file__).parent, Path(click.__file__).parent, ROOT / "questions", ROOT / "solutions"]
    files = [
        ROOT / "grader/keys.py",
        ROOT / "grader/sandbox/server.py",
        Path("/etc/hostname"),
        Path(f"/proc/{os.getpid()}"),
    ]
    found = [str(path) for path in (*folders, *files) if path.exists()]
    assert len(found) >= 6
    return found


@pytest.fixture(scope="module")
def wrapping() -> None:
    if not wraps():
        pytest.skip("no bubblewrap that works here")


@pytest.fixture
def broken_bwrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho bwrap: No permissions to create new namespace >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    yield


@WRAPPED
@pytest.mark.parametrize("packages", ["numpy", "torch"])
def test_what_is_none_of_its_business_does_not_exist(packages: str, secrets: list[str]) -> None:
    with Sandbox() as sandbox:
        report = asked(sandbox, [*secrets, np.__file__, os.__file__], packages)
    assert seen(report) == [False] * len(secrets) + [True, True]
    assert report.level.split("+")[0] == "bubblewrap"


def test_without_it_paths_can_be_asked_for(secrets: list[str]) -> None:
    """The limit that verdicts without bubblewrap have; where this fails, the test above shows nothing."""
    with Sandbox(wrap=False) as sandbox:
        report = asked(sandbox, secrets)
    assert "bubblewrap" not in report.level
    assert all(seen(report))


@WRAPPED
def test_it_has_a_process_table_of_its_own() -> None:
    with Sandbox() as sandbox:
        (result,) = sandbox.run(
            Task("import os\ndef f():\n    return os.getpid()\n", "f", (), 1, (Call({}, 99),), Limits())
        ).results
    assert isinstance(result, Returned)
    assert int(np.asarray(result.items[0])) < 100


@WRAPPED
def test_all_of_it_ends_with_the_sandbox() -> None:
    before = descendants(os.getpid())
    with Sandbox() as sandbox:
        sandbox.run(Task("def f():\n    pass\n", "f", (), 1, (), Limits()))
        # bubblewrap, the warm process and the child forked ahead; the child that ran may still be dying
        assert len(descendants(os.getpid()) - before) in (3, 4)
    assert wait_until(lambda: descendants(os.getpid()) == before)


@pytest.mark.usefixtures("broken_bwrap")
def test_where_it_does_not_work_the_other_layers_are_there(secrets: list[str]) -> None:
    with Sandbox() as sandbox, Sandbox(wrap=False) as plain:
        report = asked(sandbox, secrets)
        assert report.level == asked(plain, secrets).level
    assert seen(report)


@pytest.mark.usefixtures("broken_bwrap")
def test_it_can_be_demanded() -> None:
    with Sandbox(at_least=["bubblewrap"]) as sandbox, pytest.raises(SandboxError, match="without bubblewrap"):
        asked(sandbox, [])
