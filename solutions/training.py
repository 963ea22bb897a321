"""Trained references: trained once on this machine, then taken from the cache.

Two processes that train the same reference at once both succeed: each writes its own file beside the place and moves
it there whole, and both files hold the same.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from grader.errors import AuthorError
from solutions import cache
from solutions.trained.fitting import Progress, Recipe, seeded
from solutions.trained.table import REFERENCES

if TYPE_CHECKING:
    from torch import Tensor

DEVICES = ("auto", "cpu", "cuda")
# Sources that decide what training gives, beside the module of the recipe: a change in any of them trains anew.
SHARED = ("arrays.py", "digits.py", "trained/fitting.py", "trained/networks.py")
# likewise, for the recipes of some modules
ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "trained/gan.py": ("trained/generative_networks.py",),
        "trained/glimpse.py": ("trained/attending_networks.py",),
        "trained/mixture.py": ("trained/mixture_networks.py",),
        "trained/ngram.py": ("trained/window_networks.py", "trained/text.py"),
        "trained/pairs.py": ("trained/attending_networks.py",),
        "trained/pixels.py": ("trained/generative_networks.py",),
        "trained/vae.py": ("trained/generative_networks.py",),
    }
)
Curves = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class TrainedReference:
    """A reference with what is known of it.

    figures, curves: as in `Fitted`, measured when it was trained. seconds: what training took then.
    device: where it was trained, cpu or cuda. path: the file with the weights.
    cached: True where nothing was trained this time. damaged: True where a file had to be replaced for that.
    """

    name: str
    figures: Mapping[str, float]
    curves: Curves
    parameters: int
    seconds: float
    device: str
    path: Path
    cached: bool
    damaged: bool = False

    @property
    def accuracy(self) -> float:
        """Share of held-out data that it gets right, in [0, 1]. AuthorError where it guesses no classes."""
        if "accuracy" not in self.figures:
            raise AuthorError(f"{self.name} has no accuracy; it is measured by {', '.join(self.figures)}")
        return self.figures["accuracy"]


def train(name: str, device: str = "auto", progress: Progress | None = None) -> TrainedReference:
    """The reference of that name, from the cache or trained now.

    device: auto, cpu or cuda. progress is called after each epoch with epochs done, epochs in all, loss.
    Raises AuthorError for an unknown name, an unknown device, cuda where there is none, or a cache that cannot be
    written.
    """
    return train_recipe(name, recipe(name), device=device, progress=progress)


def recipe(name: str) -> Recipe:
    """How the reference of that name is trained; AuthorError, with the nearest name, where there is none."""
    if name not in REFERENCES:
        near = difflib.get_close_matches(name, REFERENCES, n=1, cutoff=0.0)[0]
        raise AuthorError(f"no trained reference {name!r}; the nearest is {near!r}")
    return REFERENCES[name].recipe


def train_recipe(
    name: str, recipe: Recipe, *, device: str = "auto", progress: Progress | None = None
) -> TrainedReference:
    """Like `train`, for a recipe of one's own."""
    chosen = resolved_device(device)
    path = _path(name, recipe, chosen)
    there = path.exists()
    if found := _load(name, path):
        return found
    start = time.perf_counter()
    fitted = recipe.fit(chosen, progress or _silent)
    record = {
        "figures": dict(fitted.figures),
        "curves": {name: list(curve) for name, curve in fitted.curves.items()},
        "parameters": sum(parameter.numel() for parameter in fitted.model.parameters()),
        "seconds": time.perf_counter() - start,
        "device": chosen,
    }
    try:
        cache.save(path, record, fitted.model.state_dict())
    except OSError as failure:
        raise AuthorError(
            f"trained {name!r}, but cannot write {path} ({failure}): set {cache.VARIABLE} to a folder"
        ) from failure
    return dataclasses.replace(_trained(name, record, path), cached=False, damaged=there)


def cached(name: str, device: str = "auto") -> TrainedReference | None:
    """The reference of that name where it is in the cache, whole; nothing is trained."""
    return _load(name, _path(name, recipe(name), resolved_device(device)))


def parameters(name: str) -> int:
    """How many numbers the reference of that name learns; nothing is trained."""
    return sum(parameter.numel() for parameter in seeded(recipe(name).build, 0).parameters())


def weights(trained: TrainedReference) -> dict[str, Tensor]:
    """The trained weights by parameter name. AuthorError where their file is gone or damaged since."""
    found = cache.load(trained.path)
    if found is None:
        raise AuthorError(f"the weights of {trained.name!r} cannot be read from {trained.path}: train again")
    return found[1]


def model(trained: TrainedReference) -> Any:
    """The torch module with the trained weights, on the CPU, in evaluation mode. AuthorError as `weights`."""
    module = seeded(recipe(trained.name).build, 0)
    module.load_state_dict(weights(trained))
    return module.eval()


def resolved_device(wanted: str) -> str:
    """The device, cpu or cuda, that a word means here. AuthorError for an unknown word and for cuda without a GPU."""
    import torch

    if wanted not in DEVICES:
        raise AuthorError(f"no device {wanted!r}: expected one of {', '.join(DEVICES)}")
    if wanted == "cuda" and not torch.cuda.is_available():
        raise AuthorError("cuda was asked for, but PyTorch sees no GPU here: use --device auto or cpu")
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted


def _load(name: str, path: Path) -> TrainedReference | None:
    found = cache.load(path)
    if found is None or not _complete(found[0]):
        return None
    return _trained(name, found[0], path)


def _trained(name: str, record: Mapping[str, Any], path: Path) -> TrainedReference:
    curves = {curve: tuple(values) for curve, values in record["curves"].items()}
    return TrainedReference(
        name, record["figures"], curves, record["parameters"], record["seconds"], record["device"], path, cached=True
    )


def _complete(record: Any) -> bool:
    """True where a record from a file has every field in its type, and only finite numbers."""
    match record:
        case {
            "figures": dict(figures),
            "curves": dict(curves),
            "parameters": int(),
            "seconds": float(seconds),
            "device": "cpu" | "cuda",
        }:
            lists = list(curves.values())
            return all(isinstance(curve, list) for curve in lists) and all(
                isinstance(value, float) and math.isfinite(value)
                for value in [seconds, *figures.values(), *(value for curve in lists for value in curve)]
            )
    return False


def _path(name: str, recipe: Recipe, device: str) -> Path:
    """The file for this content: another configuration, source, device type or torch has another file."""
    import torch

    assert dataclasses.is_dataclass(recipe) and not isinstance(recipe, type)
    key = cache.key(
        name=name, config=dataclasses.asdict(recipe), source=_sources(recipe), device=device, torch=torch.__version__
    )
    return cache.folder() / f"{name}-{key}.safetensors"


def _sources(recipe: Recipe) -> list[str]:
    """The text of every file that training depends on."""
    home = Path(__file__).parent
    own = Path(*type(recipe).__module__.split(".")[1:]).with_suffix(".py").as_posix()
    return [(home / name).read_text(encoding="utf-8") for name in sorted({own, *ALSO.get(own, ()), *SHARED})]


def _silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""
