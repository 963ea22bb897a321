"""The sandbox: how tasks end, what a submission finds around it, and that nothing stays behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from processes import alive, descendants, descriptors, wait_until, wraps

from grader.keys import Limits
from grader.sandbox import Call, Ending, Report, Sandbox, SandboxError, Task
from grader.sandbox.report import Raised, Returned, TooLarge

ROOT = Path(__file__).resolve().parents[3]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
SHORT = Limits(wall_seconds=1.0, cpu_seconds=1.0, memory_mib=128)


AHEAD = ("the warm process", "the child that was forked ahead")
WAYS = {"wrapped": {"fork": True}, "forked": {"fork": True, "wrap": False}, "fresh": {"fork": False}}


@pytest.fixture(scope="module", params=WAYS if sys.platform == "linux" else ["fresh"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    if request.param == "wrapped" and not wraps():
        pytest.skip("no bubblewrap that works here")
    with Sandbox(**WAYS[request.param]) as sandbox:
        yield sandbox


@pytest.fixture(scope="module", params=["wrapped", "forked"])
def forking(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    if request.param == "wrapped" and not wraps():
        pytest.skip("no bubblewrap that works here")
    with Sandbox(**WAYS[request.param]) as sandbox:
        yield sandbox


def task(source: str, *inputs: Any, outputs: int = 1, room: int = 1 << 20) -> Task:
    """A task that calls `f(x)` with each of the inputs, or once with 1.0."""
    calls = tuple(Call({"x": value}, room) for value in inputs or (1.0,))
    return Task(source, "f", ("x",), outputs, calls, SHORT)


def value(report: Report, call: int = 0) -> Any:
    result = report.results[call]
    assert isinstance(result, Returned), report
    return result.items[0]


ENDINGS = [
    ("def f(x):\n    return x", Ending.OK),
    ("def f(x):\n    return 1 / 0", Ending.RUNTIME_ERROR),
    ("import nowhere", Ending.RUNTIME_ERROR),
    ("def f(x)", Ending.LOAD_ERROR),
    ("def g(x):\n    return x", Ending.LOAD_ERROR),
    ("f = 3", Ending.LOAD_ERROR),
    ("def f():\n    return 1", Ending.LOAD_ERROR),
    ("def f(x):\n    while True:\n        pass", Ending.TIMEOUT),
    ("import time\ndef f(x):\n    time.sleep(100)", Ending.TIMEOUT),
    ("def f(x):\n    return bytearray(10**12)", Ending.MEMORY_LIMIT),
    ("raise MemoryError", Ending.MEMORY_LIMIT),
    ("import ctypes\ndef f(x):\n    ctypes.string_at(1)", Ending.CRASH),
    ("import os\ndef f(x):\n    os._exit(3)", Ending.EXITED),
    ("import sys\ndef f(x):\n    sys.exit(3)", Ending.EXITED),
    ("import os\ndef f(x):\n    os.write(2, bytes(10**8))\n    return x", Ending.OUTPUT_LIMIT),
]


@pytest.mark.parametrize(("source", "ending"), ENDINGS)
def test_each_way_to_end_has_its_name(sandbox: Sandbox, source: str, ending: Ending) -> None:
    assert sandbox.run(task(source)).ending is ending


def test_a_report_says_what_and_where(forking: Sandbox) -> None:
    report = forking.run(task("import os\ndef f(x):\n    os._exit(3)"))
    assert report.status == 3
    report = forking.run(task("import ctypes\ndef f(x):\n    ctypes.string_at(1)"))
    assert report.signal == "SIGSEGV"
    report = forking.run(task("def f(x):\n    y = 1\n    return y.nothing"))
    result = report.results[0]
    assert isinstance(result, Raised)
    assert (result.problem.type, result.problem.line) == ("AttributeError", 3)
    report = forking.run(task("def helper(a):\n    pass\ndef g(x):\n    pass\nclass A:\n    pass"))
    assert report.failure is not None and report.failure.found == ("helper", "g")
    report = forking.run(task("def f(x, y):\n    pass"))
    assert report.failure is not None and report.failure.signature == "(x, y)"


def test_one_failing_call_does_not_stop_the_others(forking: Sandbox) -> None:
    report = forking.run(task("def f(x):\n    assert x != 2, x\n    return x", 1.0, 2.0, 3.0))
    assert [type(result).__name__ for result in report.results] == ["Returned", "Raised", "Returned"]
    assert report.ending is Ending.RUNTIME_ERROR


def test_results_before_the_end_are_kept(forking: Sandbox) -> None:
    report = forking.run(task("import os\ndef f(x):\n    return x if x < 3 else os._exit(0)", 1.0, 2.0, 3.0, 4.0))
    assert (report.ending, len(report.results)) == (Ending.EXITED, 2)


def test_inputs_arrive_as_they_are(forking: Sandbox) -> None:
    source = (
        "import numpy as np\n"
        "def f(x):\n"
        "    assert type(x) is dict and type(x['t']) is tuple and x['s'] == 'é' and x['n'] is None\n"
        "    assert type(x['i']) is int and x['w'].flags.writeable and x['w'].dtype == np.float32\n"
        "    return x['w'] + x['i'] + x['t'][1]"
    )
    given = {"t": (1, 2), "s": "é", "n": None, "i": 3, "w": np.ones((2, 3), np.float32)}
    got = value(forking.run(task(source, given)))
    assert got.dtype == np.float32 and got.tolist() == [[6.0] * 3] * 2


def test_numbers_and_tuples_are_taken_as_arrays(forking: Sandbox) -> None:
    report = forking.run(task("def f(x):\n    return x, True, [1][0]", outputs=3))
    result = report.results[0]
    assert isinstance(result, Returned)
    assert [np.asarray(item).tolist() for item in result.items] == [1.0, True, 1]


def test_a_tensor_that_is_conjugated_only_on_paper_is_taken(forking: Sandbox) -> None:
    source = "import torch\ndef f(x):\n    return torch.from_numpy(x).conj()"
    call = Call({"x": np.array([1 + 2j])}, 1 << 20)
    report = forking.run(Task(source, "f", ("x",), 1, (call,), SHORT, "torch"))
    assert value(report).tolist() == [1 - 2j]


def test_an_input_that_changes_is_fresh_in_the_next_call(forking: Sandbox) -> None:
    x = np.ones(3)
    report = forking.run(task("def f(x):\n    x += 1\n    return x", x, x))
    assert value(report, 0).tolist() == value(report, 1).tolist() == [2, 2, 2]
    assert x.tolist() == [1, 1, 1]


def test_an_array_without_room_is_known_by_its_shape(forking: Sandbox) -> None:
    report = forking.run(task("import numpy as np\ndef f(x):\n    return np.ones((100, 200))", room=1000))
    assert value(report) == TooLarge("float64", (100, 200))


def test_large_arrays_pass_both_ways(forking: Sandbox) -> None:
    x = np.random.default_rng(0).normal(size=(1000, 1000))
    report = forking.run(task("def f(x):\n    return x.T", x, room=x.nbytes))
    assert np.array_equal(value(report), x.T)


def test_printing_is_allowed_and_dropped(forking: Sandbox) -> None:
    source = "import sys\nprint('a')\ndef f(x):\n    print('b' * 10**6)\n    print('c', file=sys.stderr)\n    return x"
    assert forking.run(task(source)).ending is Ending.OK


def test_random_numbers_are_the_same_every_time(forking: Sandbox) -> None:
    draw = "np.random.rand() + random.random() + hash('a') % 1000"
    source = f"import random\nimport numpy as np\ndef f(x):\n    return {draw}"
    first, again = forking.run(task(source)), forking.run(task(source))
    assert value(first) == value(again)


def test_dataclasses_and_annotations_work(forking: Sandbox) -> None:
    source = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    a: float\n"
        "def f(x: float) -> float:\n    return P(x).a\nif __name__ == '__main__':\n    f('not run')"
    )
    assert value(forking.run(task(source))) == 1.0


def test_the_clock_counts_all_calls_together(forking: Sandbox) -> None:
    report = forking.run(task("import time\ndef f(x):\n    time.sleep(0.4)\n    return x", 1, 2, 3, 4, 5))
    assert (report.ending, len(report.results)) == (Ending.TIMEOUT, 2)


def test_memory_is_counted_beyond_what_is_there_before(forking: Sandbox) -> None:
    source = "import numpy as np\ndef f(x):\n    return np.ones(int(x) << 17).sum()"  # x MiB
    report = forking.run(task(source, 100.0, 200.0))
    assert value(report) == 100 << 17
    assert report.ending is Ending.MEMORY_LIMIT


def test_an_input_that_cannot_be_passed_is_an_error_of_the_caller(forking: Sandbox) -> None:
    with pytest.raises(TypeError, match="set cannot be handed"):
        forking.run(task("def f(x):\n    return x", {1, 2}))
    assert forking.run(task("def f(x):\n    return x")).ending is Ending.OK


def test_a_package_that_is_not_installed_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="numpy is not installed"):
        sandbox.run(task(""))


def test_an_interpreter_that_cannot_be_started_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with Sandbox() as sandbox:
        sandbox.warm_up()  # says nothing
        with pytest.raises(SandboxError, match="cannot be started"):
            sandbox.run(task(""))


def test_a_system_without_the_means_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with Sandbox(fork=False) as sandbox, pytest.raises(SandboxError, match="cannot be run on Windows"):
        sandbox.run(task(""))


def test_an_interpreter_without_a_path_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="path of the Python interpreter is unknown"):
        sandbox.run(task(""))


def test_an_interpreter_that_fails_is_a_fault_with_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no luck today >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="it ended \\(no luck today\\)"):
        sandbox.run(task(""))


def test_warming_up_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    start = time.perf_counter()
    with Sandbox() as sandbox:
        sandbox.warm_up("numpy")
    assert time.perf_counter() - start < 10


@LINUX
def test_a_process_that_was_warmed_up_is_used() -> None:
    with Sandbox() as sandbox:
        before = descendants(os.getpid())
        sandbox.warm_up("numpy")
        sandbox.warm_up("numpy")
        warm = descendants(os.getpid()) - before
        assert sandbox.run(task("def f(x):\n    return x")).ending is Ending.OK
        assert len(warm) >= 1 and warm < descendants(os.getpid()) - before  # and a child ahead


def test_a_sandbox_can_be_used_again_after_it_was_closed() -> None:
    sandbox = Sandbox()
    for _ in range(2):
        assert sandbox.run(task("def f(x):\n    return x")).ending is Ending.OK
        sandbox.close()


@LINUX
def test_a_warm_process_that_dies_is_replaced() -> None:
    with Sandbox() as sandbox:
        before = descendants(os.getpid())
        sandbox.run(task("def f(x):\n    return x"))
        for pid in descendants(os.getpid()) - before:  # the warm process and the child ahead
            with suppress(ProcessLookupError):  # it may have died with the one before
                os.kill(pid, signal.SIGKILL)
        assert sandbox.run(task("def f(x):\n    return x")).ending is Ending.OK


@LINUX
def test_two_hundred_submissions_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    sources = [source for source, ending in ENDINGS if ending is not Ending.TIMEOUT]
    before, open_before = descendants(os.getpid()), descriptors()
    with Sandbox() as sandbox:
        for source in sources:
            sandbox.run(task(source))
        first, open_warm = descendants(os.getpid()) - before, descriptors()
        for i in range(200):
            sandbox.run(task(sources[i % len(sources)]))
        assert wait_until(lambda: len(descendants(os.getpid()) - before) == len(AHEAD) + wraps())
        assert descriptors() == open_warm
        stayed = first & descendants(os.getpid())
        assert len(stayed) == 1 + wraps()
        assert all(len(list(Path(f"/proc/{pid}/fd").iterdir())) <= 8 for pid in stayed)
    gc.collect()
    assert descendants(os.getpid()) == before
    assert descriptors() == open_before
    assert list(tmp_path.iterdir()) == []


RUNNER = """
import sys
import numpy
from grader.keys import Limits
from grader.sandbox import Call, Sandbox, Task
limits = Limits(wall_seconds=60, cpu_seconds=60)
task = Task("def f(x):\\n    while True:\\n        pass", "f", ("x",), 1, (Call({"x": 1.0}, 99),), limits)
with Sandbox() as sandbox:
    print("started", flush=True)
    sandbox.run(task)
"""


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_no_process_outlives_the_trusted_side(how: signal.Signals, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-P", "-c", RUNNER],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as trusted:
        assert wait_until(lambda: len(descendants(trusted.pid)) == len(AHEAD) + 1 + wraps())  # and the child at work
        below = descendants(trusted.pid)
        os.killpg(trusted.pid, how)
        _, error = trusted.communicate(timeout=10)
    assert wait_until(lambda: not alive(below), seconds=5)
    assert trusted.returncode != 0
    assert (b"KeyboardInterrupt" in error) is (how is signal.SIGINT)
    assert list(tmp_path.iterdir()) == []


def test_modules_of_the_current_folder_are_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "json", "grader", "socket", "random"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'a').write({name!r})\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    with Sandbox() as sandbox:
        report = sandbox.run(task("import numpy, json, random\ndef f(x):\n    return numpy.sin(0)"))
    assert value(report) == 0
    assert not (tmp_path / "imported").exists()


SURROUNDINGS = """
import os
import sys

def f(x):
    assert sorted(os.environ) == sorted(set(os.environ) & set({allowed!r})), os.environ
    assert os.getcwd() == "/"
    assert sys.argv == sys.orig_argv == [""]
    assert "" not in sys.path and not any("site-packages" in p or p == {root!r} for p in sys.path)
    assert not [n for n in sys.modules if n.partition(".")[0] in ("grader", "solutions", "questions", "inside")]
    assert os.read(0, 1) == b""
    assert [fd for fd in range(64) if is_open(fd)] == [0, 1, 2, 3]
    return x

def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True
"""


@LINUX
def test_a_submission_finds_nothing_of_ours(forking: Sandbox) -> None:
    from grader.sandbox.places import ENVIRONMENT, INHERITED

    source = SURROUNDINGS.format(allowed=[*ENVIRONMENT, *INHERITED, "LC_CTYPE", "PWD"], root=str(ROOT))
    report = forking.run(task(source))
    assert report.ending is Ending.OK, report
