"""Model answers: the module that the oracle names comes first, and nothing is guessed."""

from __future__ import annotations

import pytest

from questions import models
from questions.bank import load_bank

BANK = load_bank()
WITH_CODE = [name for name in BANK.families if any(part.answer.code for part, _ in BANK.family(name).parts())]


@pytest.fixture
def two_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {
        name: dict(models._definitions(f"def fit(x):\n    return {value}\n"))
        for name, value in (("worked_a", 1), ("worked_b", 2))
    }
    monkeypatch.setattr(models, "_modules", lambda: found)


@pytest.mark.usefixtures("two_modules")
def test_the_module_that_is_near_is_taken() -> None:
    assert "return 2" in models.model_answer("fit", near=["worked_b"])
    assert "return 1" in models.model_answer("fit", near=["worked_c", "worked_a"])


@pytest.mark.usefixtures("two_modules")
def test_of_several_none_is_guessed() -> None:
    assert models.model_answer("fit") == ""
    assert models.model_answer("fit", near=["worked_c"]) == ""


@pytest.mark.parametrize("name", WITH_CODE)
def test_every_code_question_has_a_model_answer(name: str) -> None:
    for part in BANK.family(name).draw(0).parts:
        if part.kind == "code":
            entry = part.key.entry  # type: ignore[union-attr]
            assert f"def {entry}(" in part.model or f"class {entry}:" in part.model
