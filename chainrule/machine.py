"""What this machine offers: confinement of submitted code, packages, GPU, browser and caches."""

from __future__ import annotations

import importlib.util
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chainrule.pdf import find_browser
from grader.sources import package_version

LAYERS = {
    "bubblewrap": "submitted code cannot even see that other files and processes are there (`bwrap`, where it works)",
    "landlock": "submitted code can read only Python and its packages, and write no file (Linux 5.13 or later)",
    "seccomp": "submitted code can start no program, open no connection and signal nobody (Linux, x86-64 or aarch64)",
    "uid": "submitted code runs as a user without rights (where this command is root and Python is readable by all)",
}


@dataclass(frozen=True)
class Finding:
    """One thing looked for. found: what is there, empty where it is missing. gives: what it is good for."""

    name: str
    found: str
    gives: str

    @property
    def there(self) -> bool:
        return bool(self.found)


def cpus() -> int:
    """The CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def findings() -> Iterator[Finding]:
    """Each finding as soon as it is known; torch takes seconds."""
    yield Finding("Python", platform.python_version(), "")
    yield Finding("system", f"{platform.system()} {platform.release()}, {platform.machine()}", "")
    yield from _confinement()
    yield from _packages()
    yield _gpu()
    yield _browser()
    yield from _caches()


def _confinement() -> Iterator[Finding]:
    level = confinement("numpy")
    for layer, gives in LAYERS.items():
        yield Finding(f"confinement: {layer}", "yes" if layer in level.split("+") else "", gives)
    if not level:
        yield Finding("confinement: any", "", "code questions can be judged at all")


def confinement(packages: str) -> str:
    """The layers that confine code here, joined by plus signs; empty where none can be run."""
    from grader.keys import Limits
    from grader.sandbox import Sandbox, SandboxError, Task

    source = "def f():\n    return 1\n"
    try:
        with Sandbox() as sandbox:
            return sandbox.run(Task(source, "f", (), 1, (), Limits(), packages)).level
    except SandboxError:
        return ""


def _packages() -> Iterator[Finding]:
    for name, gives in (
        ("torch", "references of code questions, and submissions that use PyTorch"),
        ("scikit-learn", "trained references on digits, breast cancer and diabetes"),
        ("ziamath", "the mathematics font within pages"),
        ("fonttools", "that font cut down to what a page draws"),
        ("playwright", "tests that look at pages in a browser"),
    ):
        yield Finding(name, package_version(name), gives)


def _gpu() -> Finding:
    gives = "references train faster and PyTorch answers run on it (`chainrule train`, `chainrule grade --device cuda`)"
    if importlib.util.find_spec("torch") is None:
        return Finding("GPU", "", gives)
    import torch

    return Finding("GPU", torch.cuda.get_device_name() if torch.cuda.is_available() else "", gives)


def _browser() -> Finding:
    return Finding("browser", find_browser() or "", "tests of pages, and sheets as PDF")


def _caches() -> Iterator[Finding]:
    from questions import case_store
    from solutions import cache

    yield Finding("cases of code questions", _files(case_store.folder()), "made when first asked for")
    yield Finding("trained references", _files(cache.folder()), "made by `chainrule train --all`, or when first needed")


def _files(folder: Path) -> str:
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []
    return f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB, in {folder}" if sizes else ""
