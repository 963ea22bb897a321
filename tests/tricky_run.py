"""`chainrule` as a process of its own whose answers are judged by the tricks of `tricky_judge`."""

from __future__ import annotations

import functools
import sys

from tricky_judge import COMMAND

from chainrule import cli
from chainrule.bulk import executors, worker
from chainrule.bulk.judge_child import Children

if __name__ == "__main__":
    children = functools.cache(lambda: Children(COMMAND))
    worker.children = executors.children = children  # type: ignore[attr-defined]
    sys.exit(cli.run())
