"""Trained references: small models trained once on this machine and kept in the cache."""

from __future__ import annotations

import dataclasses
import difflib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.errors import AuthorError
from solutions import cache, digits

if TYPE_CHECKING:
    from torch import Tensor

DEVICES = ("auto", "cpu", "cuda")


@dataclass(frozen=True)
class Reference:
    """A model that can be trained: what it is, and its configuration."""

    description: str
    config: digits.Config


@dataclass(frozen=True)
class TrainedReference:
    """accuracy: on held-out data, in [0, 1]. curve: mean training loss of each epoch.

    seconds: what training took, when it was done. cached: True where nothing was trained this time.
    path: the file with the weights.
    """

    name: str
    accuracy: float
    curve: tuple[float, ...]
    seconds: float
    cached: bool
    path: Path


REFERENCES: Mapping[str, Reference] = MappingProxyType(
    {
        "digits-cnn": Reference(
            "A convolutional network with two convolutions, on scikit-learn's 8 x 8 digits", digits.Config()
        )
    }
)


def train(name: str, device: str = "auto", progress: digits.Progress | None = None) -> TrainedReference:
    """The reference of that name, from the cache or trained now.

    device: auto, cpu or cuda. progress is called after each epoch with epochs done, epochs in all, loss.
    Raises AuthorError for an unknown name, an unknown device, or cuda where there is none.
    """
    if name not in REFERENCES:
        near = difflib.get_close_matches(name, REFERENCES, n=1, cutoff=0.0)[0]
        raise AuthorError(f"no trained reference {name!r}; the nearest is {near!r}")
    return train_reference(name, REFERENCES[name].config, device=device, progress=progress)


def train_reference(
    name: str, config: digits.Config, *, device: str = "auto", progress: digits.Progress | None = None
) -> TrainedReference:
    """Like `train`, for a configuration of one's own."""
    chosen = _device(device)
    path = _path(name, config, chosen)
    found = cache.load(path)
    if found is not None:
        record, _ = found
        return _trained(name, record, cached=True, path=path)
    start = time.perf_counter()
    model, curve = digits.fit(config, chosen, progress or _silent)
    accuracy = digits.held_out_accuracy(model, config, chosen)
    seconds = time.perf_counter() - start
    record = {"accuracy": accuracy, "curve": list(curve), "seconds": seconds}
    try:
        cache.save(path, record, model.state_dict())
    except OSError as failure:
        raise AuthorError(
            f"trained {name!r}, but cannot write {path} ({failure}): set {cache.VARIABLE} to a folder"
        ) from failure
    return _trained(name, record, cached=False, path=path)


def weights(trained: TrainedReference) -> dict[str, Tensor]:
    """The trained weights by parameter name. AuthorError where their file is gone or damaged since."""
    found = cache.load(trained.path)
    if found is None:
        raise AuthorError(f"the weights of {trained.name!r} cannot be read from {trained.path}: train again")
    return found[1]


def _trained(name: str, record: dict[str, object], *, cached: bool, path: Path) -> TrainedReference:
    accuracy, curve, seconds = record["accuracy"], record["curve"], record["seconds"]
    assert isinstance(accuracy, float) and isinstance(curve, list) and isinstance(seconds, float)
    return TrainedReference(name, accuracy, tuple(curve), seconds, cached, path)


def _path(name: str, config: digits.Config, device: str) -> Path:
    """The file for this content: another configuration, source, device type or torch has another file."""
    import torch

    source = Path(digits.__file__).read_text(encoding="utf-8")
    key = cache.key(name=name, config=dataclasses.asdict(config), source=source, device=device, torch=torch.__version__)
    return cache.folder() / f"{name}-{key}.safetensors"


def _device(wanted: str) -> str:
    import torch

    if wanted not in DEVICES:
        raise AuthorError(f"no device {wanted!r}: expected one of {', '.join(DEVICES)}")
    if wanted == "cuda" and not torch.cuda.is_available():
        raise AuthorError("cuda was asked for, but PyTorch sees no GPU here: use --device auto or cpu")
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted


def _silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""
