"""References are found by name, and nothing else is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.errors import AuthorError
from solutions import convolution
from solutions.registry import find, topics


def test_a_reference_is_the_function_of_its_module() -> None:
    assert find("convolution.output_width") is convolution.output_width


def test_wrong_references_are_found_in_their_own_module() -> None:
    assert find("layers_mistakes.softmax_backward_diagonal").__name__ == "softmax_backward_diagonal"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("convolution.output_with", "did you mean output_width"),
        ("convolutions.output_width", "did you mean convolution"),
        ("convolution", "expected topic.function"),
        ("convolution._conv_shape", "no function '_conv_shape'"),  # private
        ("convolution.leaf", "no function 'leaf'"),  # imported, not its own
        ("convolution.Fraction", "no function 'Fraction'"),  # a class
        ("os.system", "expected topic.function with a topic of solutions/"),
        ("training.train", "expected topic.function"),  # machinery, no topic
        ("layers.softmax.backward", "no function 'softmax.backward'"),
        ("", "expected topic.function"),
    ],
)
def test_an_unknown_name_says_what_was_expected_and_what_is_near(name: str, sentence: str) -> None:
    with pytest.raises(AuthorError, match="no reference") as caught:
        find(name)
    assert sentence in str(caught.value)


def test_topics_are_modules_of_this_package_without_its_machinery() -> None:
    assert {"supervised", "layers", "convolution", "recurrent", "optimisation"} <= set(topics())
    assert not {"registry", "training", "cache", "arrays", "autograd"} & set(topics())


def test_finding_a_reference_imports_no_torch() -> None:
    code = "import sys; from solutions.registry import find; find('layers.softmax'); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=_root(), check=False).returncode == 0


def _root() -> str:
    from pathlib import Path

    return str(Path(__file__).parents[2])


def test_a_module_that_is_not_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def half_written(name: str) -> None:
        raise SyntaxError("invalid syntax", ("/somewhere/solutions/half.py", 7, 1, "def", 7, 4))

    monkeypatch.setattr("solutions.registry.topics", lambda: ("half",))
    monkeypatch.setattr("solutions.registry.importlib.import_module", half_written)
    with pytest.raises(AuthorError, match=r"solutions/half.py, line 7, is not Python: invalid syntax"):
        find("half.written")
