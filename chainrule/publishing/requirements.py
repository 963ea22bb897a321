"""What Chainrule needs here, with everything that needs in turn, in the versions that run here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

HEAD = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")


def pinned(*, torch: bool) -> tuple[str, ...]:
    """Lines such as `numpy==2.4.6`, sorted. torch: with PyTorch and all that it needs.

    Of PyTorch the version alone is named, without the mark of a build for one kind of GPU.
    """
    found: dict[str, str] = {}
    waiting = list(_required("chainrule"))
    while waiting:
        name = waiting.pop()
        if name in found or (name == "torch" and not torch) or name.startswith(("nvidia-", "cuda-", "triton")):
            continue
        try:
            found[name] = metadata.version(name).partition("+")[0]
        except metadata.PackageNotFoundError:  # for another system or version of Python
            continue
        waiting += _required(name)
    return tuple(sorted(f"{name}=={version}" for name, version in found.items()))


def _required(name: str) -> Iterator[str]:
    """The names of what a distribution requires here, without its extras."""
    from packaging.requirements import Requirement

    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield re.sub(r"[-_.]+", "-", requirement.name).lower()
