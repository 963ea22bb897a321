"""`chainrule train`: what it lists, what it trains, what it says about damage and wrong words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from chainrule import cli
from chainrule.commands.train import figures
from chainrule.options import Exit
from solutions import cache
from solutions.trained.table import REFERENCES


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))


def test_the_list_says_what_is_trained_and_how_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["train", "diabetes-ridge", "diabetes-ridge", "--device", "cpu", "--json"]) == Exit.OK
    (done,) = json.loads(capsys.readouterr().out)
    assert cli.run(["train", "--list", "--device", "cpu", "--json"]) == Exit.OK
    listed = {record["name"]: record for record in json.loads(capsys.readouterr().out)}
    assert list(listed) == list(REFERENCES)
    ridge, linear = listed["diabetes-ridge"], listed["diabetes-linear"]
    assert ridge["cached"] and not linear["cached"]
    assert ridge["parameters"] == linear["parameters"] == 11
    assert (ridge["figures"], ridge["seconds"], ridge["device"]) == (done["figures"], done["seconds"], "cpu")
    assert ridge["bytes"] == Path(ridge["path"]).stat().st_size
    assert "figures" not in linear
    assert cli.run(["train", "--list", "--device", "cpu"]) == Exit.OK
    shown = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "not trained yet" in shown["diabetes-linear"]
    assert f"R² {ridge['figures']['r2']:.3f}" in shown["diabetes-ridge"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"loss": 0.1, "accuracy": 0.978}, "97.8% right, loss 0.1000"),
        ({"iou": 0.75}, "IoU 0.750"),
        ({"success": 0.78125, "loss": -0.25}, "78.1% successful, loss -0.2500"),
        ({"accuracy": 0.99, "whole strings": 0.9}, "99.0% right, 90.0% of whole strings right"),
        (
            {"accuracy by pixels": 0.25, "new classes": 0.5, "new classes by pixels": 0.4, "accuracy": 0.875},
            "87.5% right, 25.0% right by pixels, 50.0% right on new classes, 40.0% right on new classes by pixels",
        ),
        ({"a figure without words": 1.5, "loss": 2.0}, "loss 2.0000, a figure without words 1.5000"),
    ],
)
def test_every_figure_is_told(found: dict[str, float], words: str) -> None:
    assert figures(found) == words


def test_a_damaged_file_is_told_and_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "diabetes-linear", "--device", "cpu"]
    cli.run([*words, "--json"])
    (done,) = json.loads(capsys.readouterr().out)
    Path(done["path"]).write_bytes(b"")
    assert cli.run(words) == Exit.OK
    assert "the file in the cache was damaged and has been replaced" in capsys.readouterr().out
    assert cli.run(words) == Exit.OK
    shown = capsys.readouterr().out
    assert "from the cache" in shown
    assert "replaced" not in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["digit-cnn"], "no trained reference 'digit-cnn'; the nearest is 'digits-cnn'"),
        (["digits-cnn", "digits-cmn"], "no trained reference 'digits-cmn'; the nearest is 'digits-cnn'"),
        (["--all", "digits-cnn"], "--all takes no NAME"),
        (["--device", "gpu"], "'gpu' is not one of 'auto', 'cpu', 'cuda'"),
    ],
)
def test_wrong_words_are_told_before_anything_is_trained(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["train", *words]) == Exit.USAGE
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_cuda_without_a_gpu_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["train", "--device", "cuda"]) == Exit.USAGE
    assert "PyTorch sees no GPU here: use --device auto or cpu" in capsys.readouterr().err
