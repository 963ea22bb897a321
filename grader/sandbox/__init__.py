"""Runs untrusted submissions: a trusted side that compares, a confined child that knows no answers.

    sandbox.py    Sandbox: owns the warm processes, runs tasks
    task.py       what is asked of it
    report.py     what came of a task, as plain data
    running.py    one task with one child, from source to report
    exchange.py   records to and from a child, under its limits
    received.py   a child's records, checked field by field
    server.py     the trusted end of a warm process and of its children
    alone.py      the same without a fork
    places.py     where the allowed packages lie, and how our processes are started
    bubblewrap.py a stronger wall around a warm process, where it is installed
    usage.py      what a process has used so far
    inside/       what runs on the other side

`with Sandbox() as sandbox: report = sandbox.run(task)`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.sandbox.report import Ending, Report, SandboxError
    from grader.sandbox.sandbox import Sandbox
    from grader.sandbox.task import Call, Task

__all__ = ["Call", "Ending", "Report", "Sandbox", "SandboxError", "Task"]

_HOMES = {"Call": "task", "Ending": "report", "Report": "report", "SandboxError": "report", "Task": "task"}


def __getattr__(name: str) -> Any:
    """The public names, imported on first use: the other side passes through here and needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'sandbox')}"), name)
