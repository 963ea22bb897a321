"""Trained references: quality, cache, damage and interruption."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from grader.errors import AuthorError
from solutions import cache, digits, training
from solutions.training import train, train_reference, weights

TINY = digits.Config(epochs=2, channels=2)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))


def test_the_reference_is_good_and_the_second_call_trains_nothing() -> None:
    seen: list[tuple[int, int]] = []
    first = train("digits-cnn", "cpu", lambda done, total, loss: seen.append((done, total)))
    assert first.accuracy >= 0.97
    assert first.curve[-1] < first.curve[0] / 10
    assert not first.cached
    epochs = training.REFERENCES["digits-cnn"].config.epochs
    assert seen == [(i + 1, epochs) for i in range(epochs)]
    second = train("digits-cnn", "cpu", lambda *_: pytest.fail("nothing is left to train"))
    assert second == dataclasses.replace(first, cached=True)


def test_cached_weights_give_the_accuracy_again() -> None:
    trained = train_reference("tiny", TINY, device="cpu")
    with torch.random.fork_rng():
        model = digits.build(TINY)
    model.load_state_dict(weights(trained))
    assert digits.held_out_accuracy(model, TINY, "cpu") == trained.accuracy


def test_another_configuration_is_another_file() -> None:
    one = train_reference("tiny", TINY, device="cpu")
    other = train_reference("tiny", dataclasses.replace(TINY, epochs=1), device="cpu")
    assert one.path != other.path
    assert not other.cached


def test_another_torch_is_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    one = train_reference("tiny", TINY, device="cpu")
    monkeypatch.setattr(torch, "__version__", "0.0")
    assert train_reference("tiny", TINY, device="cpu").path != one.path


def test_another_source_is_another_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    one = train_reference("tiny", TINY, device="cpu")
    changed = tmp_path / "digits.py"
    changed.write_text(Path(digits.__file__).read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    monkeypatch.setattr(digits, "__file__", str(changed))
    assert train_reference("tiny", TINY, device="cpu").path != one.path


@pytest.mark.parametrize("damage", ["cut short", "one bit", "empty", "other file"])
def test_a_damaged_file_is_noticed_and_made_again(damage: str) -> None:
    first = train_reference("tiny", TINY, device="cpu")
    data = first.path.read_bytes()
    first.path.write_bytes(
        {
            "cut short": data[: len(data) // 2],
            "one bit": data[:-5] + bytes([data[-5] ^ 1]) + data[-4:],
            "empty": b"",
            "other file": b"not weights at all",
        }[damage]
    )
    again = train_reference("tiny", TINY, device="cpu")
    assert not again.cached
    assert again.accuracy == first.accuracy
    assert train_reference("tiny", TINY, device="cpu").cached


def test_interrupted_training_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(done: int, total: int, loss: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_reference("tiny", TINY, device="cpu", progress=interrupt)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


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


def test_a_folder_that_cannot_be_written_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file"))
    with pytest.raises(AuthorError, match="CHAINRULE_CACHE"):
        train_reference("tiny", dataclasses.replace(TINY, epochs=1), device="cpu")


def test_weights_that_are_gone_are_reported() -> None:
    trained = train_reference("tiny", TINY, device="cpu")
    trained.path.unlink()
    with pytest.raises(AuthorError, match="train again"):
        weights(trained)
