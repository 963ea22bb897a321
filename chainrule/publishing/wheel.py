"""This very Chainrule as a wheel: made of the files that run here, from a tree or an installation alike."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

from chainrule import __version__
from chainrule.publishing.archive import zipped

PACKAGES = ("chainrule", "grader", "questions", "solutions", "templates")
NOT_SHIPPED = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache"})
TAGS = "Wheel-Version: 1.0\nGenerator: chainrule\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name() -> str:
    """The name of the wheel's file."""
    return f"chainrule-{__version__}-py3-none-any.whl"


def wheel() -> bytes:
    """The wheel; the same sources give the same bytes."""
    files = dict(_sources())
    info = f"chainrule-{__version__}.dist-info"
    files[f"{info}/METADATA"] = _about().encode()
    files[f"{info}/WHEEL"] = TAGS.encode()
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\nchainrule = chainrule.__main__:main\n"
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    return zipped(files)


def _sources() -> Iterator[tuple[str, bytes]]:
    home = Path(__file__).resolve().parents[2]
    for package in PACKAGES:
        for path in sorted((home / package).rglob("*")):
            if path.is_file() and not NOT_SHIPPED & set(path.parts) and path.suffix != ".pyc":
                yield path.relative_to(home).as_posix(), path.read_bytes()


def _about() -> str:
    """Name, version, and what it requires."""
    try:
        required = metadata.requires("chainrule") or []
    except metadata.PackageNotFoundError:
        required = []
    lines = ["Metadata-Version: 2.1", "Name: chainrule", f"Version: {__version__}", "Requires-Python: >=3.11"]
    return "\n".join([*lines, *(f"Requires-Dist: {one}" for one in required), ""])


def _record(files: Mapping[str, bytes], own: str) -> str:
    rows = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        rows.append(f"{_quoted(name)},sha256={digest},{len(content)}")
    return "\n".join([*rows, f"{own},,", ""])


def _quoted(name: str) -> str:
    return f'"{name}"' if "," in name else name
