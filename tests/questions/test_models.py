"""Model answers: the module that the oracle names comes first, and nothing is guessed."""

from __future__ import annotations

from threading import Event, Thread

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


def test_threads_do_not_parse_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = [0], [0]

    def parsed(_: str) -> list[tuple[str, models.Definition]]:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        Event().wait(0.001)  # lets the others come in
        inside[0] -= 1
        return []

    models._read_modules.cache_clear()
    monkeypatch.setattr(models, "_definitions", parsed)
    threads = [Thread(target=models.model_answer, args=("fit",)) for _ in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        models._read_modules.cache_clear()
    assert most == [1]


@pytest.mark.parametrize("name", WITH_CODE)
def test_every_code_question_has_a_model_answer(name: str) -> None:
    for part in BANK.family(name).draw(0).parts:
        if part.kind == "code":
            entry = part.key.entry  # type: ignore[union-attr]
            assert f"def {entry}(" in part.model or f"class {entry}:" in part.model
