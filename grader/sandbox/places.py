"""Where the allowed packages lie, and how our own processes are started."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from importlib.machinery import PathFinder
from pathlib import Path

from grader.sandbox.bubblewrap import wrapped
from grader.sandbox.report import SandboxError

NUMPY = ("numpy",)
DIRECT = ("typing_extensions", "sympy", "mpmath", "networkx", "jinja2", "markupsafe", "filelock", "fsspec")
TORCH = ("torch", *NUMPY, "torchgen", "functorch", *DIRECT)
PACKAGES: Mapping[str, tuple[str, ...]] = {"numpy": NUMPY, "torch": TORCH, "cuda": TORCH}
"""Kind: the package and its direct dependencies. The first must be there, the rest may be missing."""

SYSTEM = ("/dev/null", "/dev/zero", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")
"""Files outside any package that the interpreter, NumPy and torch read; none tells of this machine's user."""

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",  # each arena reserves 64 MiB of the address space that is limited
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "LANG": "C.UTF-8",
    "TORCH_DEVICE_BACKEND_AUTOLOAD": "0",
    # Looking for a GPU starts a thread of CUDA's, which a forked child would lose: with these PyTorch finds none, until
    # a child that may have one says otherwise.
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    # On a GPU: no file is written, and the numbers are the same each time. Source: NVIDIA's CUDA and cuBLAS manuals.
    "CUDA_CACHE_DISABLE": "1",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "HOME": "/nonexistent",
}
INHERITED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables that an interpreter may need to find its own libraries."""

SAFE_FOLDER = "/"
START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from grader.sandbox.inside.start import main; sys.path.pop(); main(sys.argv[2])"
)


def places(kind: str) -> dict[str, str]:
    """Top-level name -> file, for the packages of a kind. Raises SandboxError where the main one is not installed."""
    found = {name: place for name in PACKAGES[kind] if (place := _place(name))}
    if (main := PACKAGES[kind][0]) not in found:
        raise SandboxError(f"{main} is not installed, so that submissions which use it cannot be run")
    return found


def readable(found: Mapping[str, str]) -> list[str]:
    """Files and folders that a submission may read beside the standard library, for packages that were found."""
    owned = [str(Path(place).parent) if place.endswith("__init__.py") else place for place in found.values()]
    libraries = [str(Path(found["torch"]).parents[1] / "nvidia")] if "torch" in found else []  # CUDA's, loaded late
    return [*owned, *libraries, *SYSTEM]


def command(packages: str, *, role: str, descriptor: int, wrap: bool = False) -> list[str]:
    """The command that starts one of our processes in a fresh interpreter.

    Neither the current folder nor `site-packages` is on its path, no start-up file of either is run.
    role: "warm" or "alone". wrap: inside bubblewrap.
    Raises SandboxError where the packages are not installed or the interpreter is unknown.
    """
    if not sys.executable:
        raise SandboxError("the path of the Python interpreter is unknown, so that no process can be started")
    found = places(packages)
    settings = {"role": role, "descriptor": descriptor, "uses": packages, "wrapped": wrap}
    settings |= {"places": found, "readable": readable(found)}
    if packages == "cuda":
        settings["gpu"] = os.environ.get("CUDA_VISIBLE_DEVICES", "")
    home = Path(__file__).resolve().parents[2]  # the folder that holds `grader`
    plain = [sys.executable, "-P", "-s", "-S", "-c", START, str(home), json.dumps(settings)]
    return wrapped(plain, found.values(), home) if wrap else plain


def environment() -> dict[str, str]:
    """The whole environment of our processes."""
    return ENVIRONMENT | {name: os.environ[name] for name in INHERITED if name in os.environ}


def _place(name: str) -> str | None:
    """The file that `import name` would load here, were the current folder not searched."""
    folders = [folder for folder in sys.path if folder not in ("", ".", _current_folder())]
    spec = PathFinder.find_spec(name, folders)
    return spec.origin if spec is not None and spec.has_location else None


def _current_folder() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:  # it has been deleted under us
        return ""
