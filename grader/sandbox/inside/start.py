"""The first code of each process of ours: lets the allowed packages be found, then becomes what it was started as."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from grader.sandbox.inside.finder import AllowedPackages


def main(config: str) -> None:
    """Runs until the other side hangs up.

    config: JSON; "role" ("warm" or "alone"), "descriptor" of the socket, what a submission "uses" ("numpy", "torch",
    "cuda"), the "places" of these packages, "readable" files and folders beside the standard library; for "cuda" the
    "gpu" that is visible.
    """
    settings = json.loads(config)
    sys.argv = sys.orig_argv = [""]  # a submission need not see where things lie
    sys.meta_path.append(AllowedPackages(settings["places"]))
    import_module(f"{__package__}.{settings['role']}").main(settings)
