"""Submissions on a GPU: the same verdicts, and the same walls. Without a GPU only what can be seen without one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from gpu_submissions import RIGHT, submissions, verdict_of

from grader.keys import Limits
from grader.sandbox import Call, Ending, Report, Sandbox, SandboxError, Task
from grader.sandbox.inside import seccomp
from grader.sandbox.report import Returned

LIMITS = Limits(wall_seconds=10.0, cpu_seconds=10.0, memory_mib=1024)


def sees_a_gpu() -> bool:
    """Asked in a process of its own: looking starts threads."""
    look = "import sys, torch; sys.exit(not torch.cuda.is_available())"
    return subprocess.run([sys.executable, "-c", look], check=False, capture_output=True).returncode == 0


needs_gpu = pytest.mark.skipif(not sees_a_gpu(), reason="no GPU that PyTorch sees")
without_gpu = pytest.mark.skipif(sees_a_gpu(), reason="there is a GPU")


@pytest.fixture(scope="module")
def gpu() -> Iterator[Sandbox]:
    with Sandbox(device="cuda") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def processor() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def run(source: str, sandbox: Sandbox, packages: str = "torch") -> Report:
    task = Task(source, "f", ("x",), 1, (Call({"x": np.arange(6.0).reshape(2, 3)}, 1 << 16),), LIMITS, packages)
    return sandbox.run(task)


@pytest.mark.parametrize("question", RIGHT)
def test_right_submissions_are_right_on_the_processor(question: str, processor: Sandbox) -> None:
    assert verdict_of(question, RIGHT[question], processor)[0] == "right"


@without_gpu
def test_no_gpu_is_said(gpu: Sandbox) -> None:
    with pytest.raises(SandboxError, match="no GPU can be opened for a submission"):
        run("def f(x): return x", gpu)


def test_numpy_stays_on_the_processor(gpu: Sandbox) -> None:
    assert run("def f(x): return x.sum()", gpu, "numpy").ending is Ending.OK


def ioctl(request: int, *, gpu: bool) -> bool:
    """Whether the filter lets a request pass."""
    loaded, at = 0, 0
    program = seccomp._gpu_ioctls() if gpu else seccomp._when(1, seccomp.EQUAL, seccomp.IOCTLS, then=True)
    while True:
        code, jump, otherwise, constant = program[at]
        at += 1
        if code == seccomp.LOAD:
            assert constant == seccomp.ARGUMENTS + 8
            loaded = request
        elif code == seccomp.AND:
            loaded &= constant
        elif code == seccomp.RETURN:
            return constant == seccomp.ALLOW
        else:
            at += jump if (loaded == constant if code == seccomp.EQUAL else loaded >= constant) else otherwise


@pytest.mark.parametrize(
    ("request_", "plain", "with_gpu"),
    [
        (0x5401, True, True),  # TCGETS
        (0x5421, True, True),  # FIONBIO
        (0x5412, False, False),  # TIOCSTI
        (0xC020462A, False, True),  # NVIDIA's control call
        (0x30000001, False, True),  # unified memory: start
        (0x30000003, False, False),
        (0x21, False, True),  # unified memory: a plain number
        (0x200, False, False),
        (0xC0306601, False, False),  # another type
    ],
)
def test_what_may_be_asked_of_a_descriptor(request_: int, plain: bool, with_gpu: bool) -> None:
    assert ioctl(request_, gpu=False) is plain
    assert ioctl(request_, gpu=True) is with_gpu


@needs_gpu
def test_tensors_are_made_on_the_gpu(gpu: Sandbox) -> None:
    source = "import torch\ndef f(x): return torch.tensor([torch.tensor(x).is_cuda, torch.ones(2).is_cuda])"
    result = run(source, gpu).results[0]
    assert isinstance(result, Returned) and np.all(result.items[0])


@needs_gpu
def test_float32_is_as_precise_as_on_the_processor(gpu: Sandbox, processor: Sandbox) -> None:
    source = (
        "import torch\n"
        "def f(x):\n"
        "    a = torch.linspace(0.1, 1.7, 64 * 64, dtype=torch.float32).reshape(1, 1, 64, 64)\n"
        "    return torch.nn.functional.conv2d(a, a[..., :9, :9]).sum() + (a[0, 0] @ a[0, 0]).sum()\n"
    )
    one, other = (run(source, sandbox).results[0] for sandbox in (gpu, processor))
    assert isinstance(one, Returned) and isinstance(other, Returned)
    np.testing.assert_allclose(one.items[0], other.items[0], rtol=2e-6)


@needs_gpu
def test_many_kinds_of_work_run_under_confinement(gpu: Sandbox) -> None:
    source = (
        "import torch\n"
        "from torch import nn\n"
        "def f(x):\n"
        "    x = torch.tensor(x, dtype=torch.float32)\n"
        "    nn.LSTM(3, 4)(x[:, None])[0].sum().backward()\n"
        "    nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2))(torch.rand(2, 1, 8, 8)).sum().backward()\n"
        "    W = torch.ones(3, requires_grad=True)\n"
        "    for make in (torch.optim.SGD, torch.optim.Adam):\n"
        "        optimiser = make([W], lr=0.1); (W * W).sum().backward(); optimiser.step()\n"
        "    torch.linalg.svd(x); torch.fft.fft(x); torch.sort(x); torch.linalg.solve(x @ x.T + torch.eye(2), x)\n"
        "    torch.nn.functional.scaled_dot_product_attention(*[torch.rand(1, 2, 4, 8)] * 3)\n"
        "    return (x @ x.T).cpu().numpy()\n"
    )
    report = run(source, gpu)
    assert report.ending is Ending.OK, report


@needs_gpu
@pytest.mark.parametrize(
    "body",
    [
        "open('/tmp/left', 'w')",
        "open('/etc/passwd').read()",
        "import socket; socket.socket()",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['true'])",
        "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    ],
)
def test_the_walls_stand(body: str, gpu: Sandbox) -> None:
    source = f"def f(x):\n    try:\n        {body}\n    except OSError: return 1.0\n    return 0.0\n"
    result = run(source, gpu).results[0]
    assert isinstance(result, Returned) and result.items[0] == 1.0, result


@needs_gpu
@pytest.mark.parametrize("body", ["while True: pass", "import torch\n    while True: torch.ones(9).sum()"])
def test_what_never_ends_is_ended(body: str, gpu: Sandbox) -> None:
    assert run(f"def f(x):\n    {body}\n", gpu).ending is Ending.TIMEOUT


@needs_gpu
def test_more_memory_than_the_gpu_has(gpu: Sandbox) -> None:
    report = run("import torch\ndef f(x): return torch.ones(1 << 40)", gpu)
    assert report.ending in (Ending.RUNTIME_ERROR, Ending.MEMORY_LIMIT)
    assert run("import torch\ndef f(x): return torch.ones(2)", gpu).ending is Ending.OK


@needs_gpu
@pytest.mark.skipif(not os.environ.get("CHAINRULE_LONG"), reason="two minutes; CHAINRULE_LONG=1 runs it")
def test_verdicts_do_not_depend_on_the_device(gpu: Sandbox, processor: Sandbox) -> None:
    for question, what, source in submissions():
        assert verdict_of(question, source, gpu) == verdict_of(question, source, processor), what
