"""Trained references: the table, the cache, damage, interruption, two processes at once."""

from __future__ import annotations

import ast
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.errors import AuthorError
from solutions import cache, training
from solutions.trained.digits import Mlp
from solutions.trained.table import REFERENCES
from solutions.training import train, train_recipe, weights

ROOT = Path(__file__).resolve().parents[2]
TINY = Mlp(epochs=2, hidden=4)
# few examples, chance in training, or not trained to the end
NOISY = ("maze", "transfer", "triplet", "upright", "warped", "segments", "gan", "glimpse", "pairs", "mixture")
IMAGES = ("vae", "pixels")  # measured in nats an image, not a pixel


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))


def test_the_second_call_trains_nothing_and_knows_the_same() -> None:
    seen: list[tuple[int, int]] = []
    assert training.cached("digits-mlp", "cpu") is None
    first = train("digits-mlp", "cpu", lambda done, total, loss: seen.append((done, total)))
    assert not first.cached
    assert seen == [(i + 1, 25) for i in range(25)]
    assert first.curves.keys() == {"loss", "held-out loss"}
    assert {len(curve) for curve in first.curves.values()} == {25}
    second = train("digits-mlp", "cpu", lambda *_: pytest.fail("nothing is left to train"))
    assert second == training.cached("digits-mlp", "cpu") == dataclasses.replace(first, cached=True)


def test_cached_weights_give_the_figures_again() -> None:
    trained = train("digits-mlp", "cpu")
    from solutions.digits import split

    data = split(0)
    with torch.no_grad():
        found = training.model(trained)(torch.tensor(data.x_test, dtype=torch.float32)[:, None])
    labels = torch.tensor(data.y_test)
    assert float((found.argmax(1) == labels).double().mean()) == trained.accuracy
    assert float(torch.nn.functional.cross_entropy(found, labels)) == trained.figures["loss"]


@pytest.mark.parametrize("name", REFERENCES)
def test_the_parameters_are_those_of_the_model(name: str) -> None:
    with torch.random.fork_rng():
        state = training.recipe(name).build().state_dict()
    learnt = {key: value for key, value in state.items() if "running" not in key and "tracked" not in key}
    assert training.parameters(name) == sum(value.numel() for value in learnt.values())


def test_another_configuration_is_another_file() -> None:
    one = train_recipe("tiny", TINY, device="cpu")
    other = train_recipe("tiny", dataclasses.replace(TINY, epochs=1), device="cpu")
    assert one.path != other.path
    assert not other.cached


def test_another_torch_is_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    one = train_recipe("tiny", TINY, device="cpu")
    monkeypatch.setattr(torch, "__version__", "0.0")
    assert train_recipe("tiny", TINY, device="cpu").path != one.path


@pytest.mark.parametrize("changed", ["trained/digits.py", "trained/fitting.py", "digits.py"])
def test_another_source_is_another_file(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = train_recipe("tiny", TINY, device="cpu")
    real = Path.read_text

    def read(self: Path, encoding: str | None = None) -> str:
        text = real(self, encoding=encoding)
        return text + "# changed\n" if self.as_posix().endswith(f"solutions/{changed}") else text

    monkeypatch.setattr(Path, "read_text", read)
    assert train_recipe("tiny", TINY, device="cpu").path != one.path


def test_every_source_that_a_recipe_imports_belongs_to_its_key() -> None:
    home = ROOT / "solutions"
    read = {home / name for name in training.SHARED}
    own = {(ROOT / Path(*type(r.recipe).__module__.split("."))).with_suffix(".py") for r in REFERENCES.values()}
    also = {home / name: {home / other for other in others} for name, others in training.ALSO.items()}
    assert also.keys() <= own
    for file, beside in [(file, also.get(file, set())) for file in own] + [(file, set()) for file in read]:
        files = {file, *beside}
        for node in [node for one in files for node in ast.walk(ast.parse(one.read_text(encoding="utf-8")))]:
            if not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("solutions")):
                continue
            base = ROOT / Path(*str(node.module).split("."))
            named = {base.with_suffix(".py"), *((base / alias.name).with_suffix(".py") for alias in node.names)}
            assert {path for path in named if path.is_file()} <= read | files, file


def with_record(change: Callable[[dict[str, Any]], Mapping[str, Any]]) -> Callable[[Path], None]:
    """Writes the file anew with its weights and another record, and a digest that fits."""

    def write(path: Path) -> None:
        found = cache.load(path)
        assert found is not None
        cache.save(path, change(found[0]), found[1])

    return write


def with_bytes(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: void(path.write_bytes(change(path.read_bytes())))


def void(_: object) -> None:
    """Nothing."""


def without_digest(path: Path) -> None:
    from safetensors.torch import save_file

    found = cache.load(path)
    assert found is not None
    save_file(found[1], path, metadata={"record": json.dumps(found[0])})


DAMAGE: Mapping[str, Callable[[Path], None]] = {
    "cut short": with_bytes(lambda data: data[: len(data) // 2]),
    "one byte short": with_bytes(lambda data: data[:-1]),
    "one byte more": with_bytes(lambda data: data + b"\0"),
    "one bit of a weight": with_bytes(lambda data: data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]),
    "one digit of a figure": with_bytes(lambda data: data.replace(b'accuracy\\": 0.', b'accuracy\\": 1.', 1)),
    "empty": with_bytes(lambda data: b""),
    "zeros": with_bytes(lambda data: bytes(len(data))),
    "other file": with_bytes(lambda data: b"not weights at all"),
    "no digest": without_digest,
    "no figures": with_record(lambda record: {name: value for name, value in record.items() if name != "figures"}),
    "a figure that is text": with_record(lambda record: {**record, "figures": {"accuracy": "high"}}),
    "a curve with nan": with_record(lambda record: {**record, "curves": {"loss": [1.0, float("nan")]}}),
    "a record that is a list": with_record(lambda record: [1]),  # type: ignore[arg-type, return-value]
    "a device that is none": with_record(lambda record: {**record, "device": "abacus"}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_noticed_and_made_again(damage: str) -> None:
    first = train_recipe("tiny", TINY, device="cpu")
    before, kept = first.path.read_bytes(), weights(first)
    DAMAGE[damage](first.path)
    assert first.path.read_bytes() != before
    again = train_recipe("tiny", TINY, device="cpu")
    assert (again.cached, again.damaged) == (False, True)
    assert (again.figures, again.curves) == (first.figures, first.curves)
    assert all(torch.equal(weights(again)[name], kept[name]) for name in kept)
    assert train_recipe("tiny", TINY, device="cpu").cached


def test_interrupted_training_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(done: int, total: int, loss: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_recipe("tiny", TINY, device="cpu", progress=interrupt)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


WORKER = """
import dataclasses, json, sys, time
from pathlib import Path
from solutions.trained.digits import Mlp
from solutions.training import train_recipe, weights
here, other = Path(sys.argv[1]), Path(sys.argv[2])
def meet(done, total, loss):  # neither is done before the other has begun
    here.touch()
    while not other.exists():
        time.sleep(0.01)
done = train_recipe("tiny", Mlp(epochs=2, hidden=4), device="cpu", progress=meet)
sums = {name: float(tensor.double().sum()) for name, tensor in weights(done).items()}
print(json.dumps([done.cached, str(done.path), dict(done.figures), sums]))
"""


def worker(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", WORKER, *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_two_processes_at_once_both_succeed_with_the_same(tmp_path: Path) -> None:
    marks = [str(tmp_path / "one"), str(tmp_path / "two")]
    both = [worker(*marks), worker(*reversed(marks))]
    results = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert results[0][0] is results[1][0] is False  # both trained: they met in the middle
    assert results[0] == results[1]
    assert [p.name for p in (tmp_path / "references").iterdir()] == [Path(results[0][1]).name]
    assert train_recipe("tiny", TINY, device="cpu").cached


def test_a_process_killed_in_training_leaves_a_cache_that_works(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    process = worker(str(begun), str(tmp_path / "never"))
    while not begun.exists():
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert not train_recipe("tiny", TINY, device="cpu").cached
    assert train_recipe("tiny", TINY, device="cpu").cached


def test_an_unknown_reference_names_the_nearest() -> None:
    with pytest.raises(AuthorError, match="no trained reference 'digit-cnn'; the nearest is 'digits-cnn'"):
        train("digit-cnn")


def test_an_unknown_device_names_the_known_ones() -> None:
    with pytest.raises(AuthorError, match="no device 'gpu': expected one of auto, cpu, cuda"):
        train("digits-cnn", "gpu")


def test_cuda_without_a_gpu_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(AuthorError, match="use --device auto or cpu"):
        train("digits-cnn", "cuda")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch sees no GPU here")
@pytest.mark.parametrize("name", REFERENCES)
def test_a_gpu_trains_to_what_the_cpu_trains_to(name: str) -> None:
    here, there = train(name, "cpu"), train(name, "cuda")
    assert (there.device, here.device) == ("cuda", "cpu")
    assert here.path != there.path
    for figure, value in here.figures.items():
        slack = 0.05 if figure == "loss" else 0.02
        slack = 0.5 if name in {"recall-rnn", "deep-plain"} else slack  # hardly learning, where it ends is chance
        slack = 0.2 if name.startswith(NOISY) else slack
        slack = 0.5 if name.startswith(IMAGES) else slack
        assert there.figures[figure] == pytest.approx(value, abs=slack), figure


def test_accuracy_of_what_guesses_no_classes_is_an_error() -> None:
    trained = train("diabetes-linear", "cpu")
    with pytest.raises(AuthorError, match="diabetes-linear has no accuracy; it is measured by loss, r2"):
        _ = trained.accuracy


def test_a_folder_that_cannot_be_written_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file"))
    with pytest.raises(AuthorError, match="CHAINRULE_CACHE"):
        train_recipe("tiny", dataclasses.replace(TINY, epochs=1), device="cpu")


def test_weights_that_are_gone_are_reported() -> None:
    trained = train_recipe("tiny", TINY, device="cpu")
    trained.path.unlink()
    with pytest.raises(AuthorError, match="train again"):
        weights(trained)
