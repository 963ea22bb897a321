"""bubblewrap, where it is installed: a warm process in a file system, process table and network of its own.

What is not listed here does not exist inside: no other package, no home, no bank, no other process. Landlock and
seccomp forbid a submission to read such files, yet let it ask whether they are there; here the answer is no.
Source: bwrap(1).
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

PROGRAM = "bwrap"
ALONE = ("--die-with-parent", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--as-pid-1")
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/sys/devices/system/cpu")
"""The system's shared libraries, and what tells the number of processors."""
FOREIGN = ("site-packages", "dist-packages")


def is_there() -> bool:
    """True where bubblewrap is installed and a process in its process table can be named from outside."""
    return shutil.which(PROGRAM) is not None and hasattr(os, "pidfd_open")


def wrapped(command: list[str], places: Iterable[str], code: Path) -> list[str]:
    """The command, to be run inside bubblewrap. Where that is not permitted, the process ends at once.

    command: starts with a Python interpreter. places: the files of the packages that are allowed, as for an import.
    code: the folder that holds `grader`.
    """
    interpreter = os.path.realpath(command[0])  # a virtual environment's own folder is not there inside
    return [
        shutil.which(PROGRAM) or PROGRAM,
        *ALONE,
        *_view(interpreter, places, code),
        "--",
        interpreter,
        *command[1:],
    ]


def _view(interpreter: str, places: Iterable[str], code: Path) -> list[str]:
    """The options that build the file system: later ones lie over earlier ones."""
    shown = list(dict.fromkeys([*SYSTEM, interpreter, *_libraries()]))
    allowed = [str(path) for path in (*_packages(places), *_ours(code)) if path.exists()]
    options = ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]  # torch wants to find one
    for folder in _parents([*shown, *allowed]):
        options += ["--dir", folder]  # otherwise it would be made for the owner alone, and nobody could pass
    for path in shown:
        options += _shown(path)
    for path in _foreign(shown):
        options += ["--tmpfs", path]
    for path in allowed:
        options += _shown(path)
    return [*options, "--remount-ro", "/", "--chdir", "/"]


def _parents(paths: Iterable[str]) -> list[str]:
    """The folders above the paths, each after the one that it is in; the root is there."""
    return sorted({str(folder) for path in paths for folder in Path(path).parents} - {"/"})


def _shown(path: str) -> list[str]:
    if Path(path).is_symlink():  # /lib, for one: shown as a folder, it would show what was emptied below /usr
        return ["--symlink", str(Path(path).readlink()), path]
    return ["--ro-bind-try", path, path]


def _libraries() -> Iterator[str]:
    """The standard library, and the folders of shared libraries beside it or told to the linker."""
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    yield from (os.path.realpath(sysconfig.get_path(name, vars=base)) for name in ("stdlib", "platstdlib"))
    yield os.path.realpath(sysconfig.get_config_var("LIBDIR") or Path(sys.base_prefix) / "lib")
    yield from filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":"))


def _foreign(shown: list[str]) -> list[str]:
    """Folders of installed packages inside the folders shown: they are there, and empty."""
    roots = [Path(path) for path in (*shown, "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")]
    libraries = [*roots, *(folder for root in roots for folder in root.glob("python3*"))]
    found = [folder / name for folder in libraries for name in FOREIGN]
    return sorted({os.path.realpath(path) for path in found if path.is_dir()})


def _packages(places: Iterable[str]) -> Iterator[Path]:
    """The allowed packages, and the shared libraries that wheels put beside them."""
    for place in map(Path, places):
        package = place.parent if place.name == "__init__.py" else place
        yield package
        yield package.parent / f"{package.name}.libs"
        if package.name == "torch":
            yield package.parent / "nvidia"


def _ours(code: Path) -> Iterator[Path]:
    """What the other side needs of `grader`."""
    package = code / "grader"
    yield from (package / "__init__.py", package / "sandbox/__init__.py", package / "sandbox/inside")
