"""The confined part of a child's life: limits and layers first, then the submission."""

from __future__ import annotations

import os
from typing import NoReturn

from grader.sandbox.inside import channel as line
from grader.sandbox.inside.confine import Confinement, put_on
from grader.sandbox.inside.gpu import open_gpu
from grader.sandbox.inside.records import Record
from grader.sandbox.inside.submission import converse, rehearse

OUT_OF_MEMORY = 102
"""Exit status of a child that had not even the memory to say so."""


def live(channel: int, confinement: Confinement) -> NoReturn:
    """Waits for the limits, confines this process, serves the submission, and ends. With a GPU it says "open" first.

    A layer that fails is printed and ends the process before it has said "ready": then the fault is ours.
    """
    try:
        rehearse()
        if confinement.gpu is not None:
            open_gpu(confinement.gpu)
            line.send(channel, Record({"kind": "open"}))
        limits = line.receive(channel).header
        put_on(confinement, memory_bytes=limits["memory_bytes"], cpu_seconds=limits["cpu_seconds"])
        converse(channel, confinement.level)
    except line.Closed:
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:  # nothing may travel up into the warm process's own loop
        os.write(2, f"{type(error).__name__}: {error}\n".encode("utf-8", "replace"))
        os._exit(1)
    os._exit(0)
