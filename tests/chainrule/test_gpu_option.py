"""`chainrule grade --device`."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainrule.cli import run


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    file = tmp_path / "answer.py"
    file.write_text("def fit(X, y, W, rate, steps): return W\n", encoding="utf-8")
    return file


def grade(answer: Path, device: str) -> int:
    return run(["grade", str(answer), "--question", "supervised.torch-training-loop", "--device", device])


def test_cuda_without_a_gpu_says_what_to_do(
    answer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert grade(answer, "cuda") == 2
    assert "PyTorch sees no GPU here: use --device auto or cpu" in capsys.readouterr().err


def test_auto_without_a_gpu_is_the_processor(
    answer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert grade(answer, "auto") == 1
    assert "wrong" in capsys.readouterr().out.lower()
