"""Code questions: inputs, expected outputs, and the store that keeps them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from families import HEAD, family

from grader.formula.symbols import Domain, Symbol
from grader.keys import CodeKey
from questions import case_store, solution_sources
from questions.case_inputs import drawn_inputs, edge_inputs
from questions.faults import FaultError

ROOT = Path(__file__).resolve().parents[2]
CODE = """
prompt: Write it.
answer:
  code:
    entry: softmax_backward
    parameters: {z: [N, C], g: [N, C]}
    returns: {dz: [N, C]}
    reference: layers.softmax_backward
    cases: 4
    edge: [large, ties, {z: [[0, 1000]]}]
mistakes:
  - {name: negated, reference: layers_mistakes.softmax_backward_negated, says: "The sign."}
  - {name: again, reference: layers_mistakes.softmax_backward_negated, says: "Never seen."}
  - {name: none, reference: layers.softmax_backward, says: "Never seen either."}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(case_store.VARIABLE, str(tmp_path))
    yield tmp_path


def key_of(body: str = CODE, seed: int = 0) -> CodeKey:
    key = family(body).draw(seed).parts[0].key
    assert isinstance(key, CodeKey)
    return key


def softmax_backward(z: Any, g: Any) -> Any:
    """Written here, apart from the references."""
    y = np.exp(z - z.max(1, keepdims=True))
    y = y / y.sum(1, keepdims=True)
    return y * (g - (y * g).sum(1, keepdims=True))


def test_cases_hold_inputs_and_what_the_reference_returns() -> None:
    key = key_of()
    assert len(key.cases) == 7
    for case in key.cases:
        assert np.allclose(case.expected[0], softmax_backward(case.inputs["z"], case.inputs["g"]))
    assert [case.shown for case in key.cases] == [True] + [False] * 6
    assert len({case.inputs["z"].shape for case in key.cases[:4]}) > 1
    assert (key.parameters, key.outputs) == (("z", "g"), ("dz",))
    assert np.abs(key.cases[4].inputs["z"]).max() > 200
    assert len(set(key.cases[5].inputs["z"].flat)) == 1
    assert key.cases[6].inputs["z"].tolist() == [[0, 1000]] and key.cases[6].inputs["g"].shape == (1, 2)


def test_mistakes_that_agree_with_something_known_are_left_out() -> None:
    assert [mistake.name for mistake in key_of().mistakes] == ["negated"]


def test_nothing_runs_before_the_key_is_asked_for(own_cache: Path) -> None:
    part = family(CODE).draw(0).parts[0]
    assert not list(own_cache.rglob("*.npz"))
    _ = part.key
    assert len(list(own_cache.rglob("*.npz"))) == 1


def test_another_seed_or_file_has_other_cases(own_cache: Path) -> None:
    for body, seed in ((CODE, 0), (CODE, 1), (CODE + "level: 2\n", 0), (CODE, 0)):
        key_of(body, seed)
    assert len(list(own_cache.rglob("*.npz"))) == 3
    assert not np.array_equal(key_of(seed=0).cases[0].inputs["z"], key_of(seed=1).cases[0].inputs["z"])


def test_what_the_reference_imports_decides_its_cases_too(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import solutions

    (tmp_path / "layers.py").write_text("from solutions.second import f\n", encoding="utf-8")
    monkeypatch.setattr(solutions, "__file__", str(tmp_path / "__init__.py"))
    for text in ("f = 1\n", "f = 2\n", "f = 1\n"):
        (tmp_path / "second.py").write_text(text, encoding="utf-8")
        solution_sources._digest.cache_clear()
        key_of()
    assert len(list(own_cache.rglob("*.npz"))) == 2


def test_a_stored_key_needs_no_torch() -> None:
    fresh = key_of()
    code = (
        "import sys; from questions.family import read_family;"
        f"f = read_family({HEAD + CODE!r}, 'nn/test.yaml', topic='nn', name='test');"
        "k = f.draw(0).parts[0].key; print('torch' in sys.modules, float(k.cases[0].expected[0].sum()))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    out = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, env=env, check=True)
    assert out.stdout.split() == ["False", str(float(fresh.cases[0].expected[0].sum()))]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04nonsense", None])
def test_a_damaged_store_is_made_anew(own_cache: Path, damage: bytes | None) -> None:
    before = key_of()
    (file,) = own_cache.rglob("*.npz")
    file.write_bytes(file.read_bytes()[:200] if damage is None else damage)
    assert np.array_equal(key_of().cases[0].expected[0], before.cases[0].expected[0])
    assert file.stat().st_size > 1000


class Payload:
    """Makes a folder where it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.place),)


def test_a_pickle_in_the_store_is_never_opened(own_cache: Path) -> None:
    key_of()
    (file,) = own_cache.rglob("*.npz")
    with file.open("wb") as stream:
        np.savez(stream, calls=np.array([Payload(own_cache / "opened")], dtype=object))
    assert len(key_of().cases) == 7  # made anew
    assert not (own_cache / "opened").exists()
    with pytest.raises(TypeError, match="Python objects"):
        case_store.save("x", {"a": np.array([None])})


def test_a_folder_that_cannot_be_written_costs_only_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(case_store.VARIABLE, str(tmp_path / "file"))
    assert len(key_of().cases) == 7


def test_an_interrupted_write_leaves_nothing(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        case_store.save("x", {"a": np.zeros(2)})
    assert not [path for path in own_cache.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("returns: {dz: [N, C]}", "returns: {dz: [C, N]}", "gives dz of shape"),
        ("returns: {dz: [N, C]}", "returns: {dz: [N, C], loss: []}", "returns 1 arrays; `returns` names dz, loss"),
        ("layers.softmax_backward\n", "layers.softmax_backwards\n", "did you mean softmax_backward"),
        ("layers.softmax_backward\n", "layers.max_backward\n", "layers.max_backward failed on a case: TypeError"),
        ("{z: [[0, 1000]]}", "{q: [1]}", "'q' is no parameter; the parameters are z, g"),
        ("{z: [[0, 1000]]}", "{z: [0]}", "z has shape (1,), its declaration is ['N', 'C']"),
        ("{name: negated, reference: layers_mistakes.softmax_backward_negated", "{name: negated, key: x", "wants `ref"),
    ],
)  # fmt: skip
def test_faults_name_the_line(old: str, new: str, told: str) -> None:
    assert old in CODE
    with pytest.raises(FaultError) as caught:
        key_of(CODE.replace(old, new))
    assert told in str(caught.value)
    assert str(caught.value).startswith("nn/test.yaml:")


def test_given_inputs_keep_their_numbers() -> None:
    body = """
prompt: Write it.
answer:
  code:
    entry: max_pool_backward
    parameters: {x: [H, W], g: [R, C], k: [], s: []}
    returns: {dx: [H, W]}
    reference: convolution.max_pool_backward
    inputs: convolution.pool_inputs
"""
    first, stored = key_of(body), key_of(body)
    for key in (first, stored):
        assert all(type(case.inputs[name]) is int for case in key.cases for name in "ks")
    assert np.array_equal(first.cases[-1].inputs["x"], stored.cases[-1].inputs["x"])
    with pytest.raises(FaultError, match="gives x, g, k, s; the parameters are x, g, k"):
        key_of(body.replace(", s: []}", "}"))


PARAMETERS = {
    "x": Symbol("x", ("N", "D")),
    "y": Symbol("y", ("N",), Domain("integer", 0, 2)),
    "p": Symbol("p", ("D",), Domain("simplex")),
    "rate": Symbol("rate", (), Domain("positive")),
    "steps": Symbol("steps", (), Domain("integer", 1, 5)),
}


def test_drawn_inputs_keep_shapes_and_domains() -> None:
    for inputs in drawn_inputs(PARAMETERS, count=5, seed="s"):
        assert inputs["x"].shape == (len(inputs["y"]), len(inputs["p"])) and inputs["x"].dtype == np.float64
        assert inputs["y"].dtype == np.int64 and set(inputs["y"].tolist()) <= {0, 1, 2}
        assert inputs["p"].sum() == pytest.approx(1)
        assert type(inputs["rate"]) is float and inputs["rate"] > 0
        assert type(inputs["steps"]) is int and 1 <= inputs["steps"] <= 5
    again = drawn_inputs(PARAMETERS, count=5, seed="s")
    assert np.array_equal(again[4]["x"], drawn_inputs(PARAMETERS, count=5, seed="s")[4]["x"])


@pytest.mark.parametrize("edge", ["zeros", "ones", "large", "ties", "single"])
def test_edges_keep_domains(edge: str) -> None:
    inputs = edge_inputs(PARAMETERS, edge, seed="s")
    assert inputs["p"].sum() == pytest.approx(1) and inputs["rate"] > 0
    expected = {"zeros": {0.0}, "ones": {1.0}}
    if edge in expected:
        assert set(inputs["x"].flat) == expected[edge]
    if edge == "single":
        assert inputs["x"].shape == (1, 1)
