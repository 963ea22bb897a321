"""Writing questions: the start is a whole family, and the preview shows everything about a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from families import HEAD, SUM

from grader.errors import AuthorError
from questions.authoring import new_family, preview
from questions.bank import UnknownId, load_bank


def saved(folder: Path, text: str, name: str = "nn/mine.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_start_keeps_every_promise_as_it_is(tmp_path: Path) -> None:
    text = new_family("convolution.mine")
    assert "# A question family: save it as convolution/mine.yaml" in text
    found = preview(saved(tmp_path, text, "convolution/mine.yaml"))
    assert [str(fault) for fault in (*found.faults, *found.broken)] == []
    assert found.ok and found.id == "convolution.mine"


def test_the_start_can_be_a_family_of_the_bank(tmp_path: Path) -> None:
    bank = load_bank()
    text = new_family("layers.mine", like="layers.relu-backward", bank=bank)
    assert text.startswith("# Started from layers.relu-backward; save it as layers/mine.yaml")
    assert preview(saved(tmp_path, text, "layers/mine.yaml"), seeds=[0]).ok
    with pytest.raises(UnknownId, match=r"did you mean 'layers\.relu-backward'"):
        new_family("layers.mine", like="layers.relu-bakward", bank=bank)


@pytest.mark.parametrize("id", ["", "layers", "layers.", "Layers.Mine", "layers.mine.twice", "../layers.mine"])
def test_an_id_is_topic_and_name(id: str) -> None:
    with pytest.raises(AuthorError, match=r"expected topic\.name"):
        new_family(id)


def test_a_preview_shows_prompts_keys_mistakes_and_suggestions(tmp_path: Path) -> None:
    text = HEAD + SUM.replace("oracle: convolution.parameter_count\n", "")
    bank = load_bank([saved(tmp_path, HEAD.replace("nn.test", "nn.tests") + SUM, "nn/other.yaml").parent.parent])
    found = preview(saved(tmp_path, text), bank=bank)
    (part,) = found.parts
    assert (found.title, part.kind, found.ok) == ("A test", "integer", False)
    assert {broken.promise for broken in found.broken} == {1}  # no oracle
    assert len(found.variants) == 5 and found.variants[0].prompts[0].startswith("What is n + m for ")
    assert part.echo == found.variants[0].answers[0]
    shares = {mistake.name: mistake.share for mistake in part.mistakes}
    assert shares["difference"] == 1.0 and 0.5 < shares["product"] <= 1.0
    assert {"sign", "one-more", "one-less"} <= {suggestion.name for suggestion in part.suggested}
    assert found.course == {"nn.test": ("nn.tests",)}


def test_a_preview_fills_what_a_mistake_says_and_names_the_oracles_that_agree(tmp_path: Path) -> None:
    found = preview(saved(tmp_path, new_family("convolution.mine"), "convolution/mine.yaml"), seeds=[0])
    (part,) = found.parts
    told = {mistake.name: mistake.says for mistake in part.mistakes}["one-channel"]
    assert "weights for each of the " in told and "{c}" not in told
    assert part.oracles == ("convolution.parameter_count",)
    wrong = new_family("convolution.mine").replace("filters*(c*k**2 + 1)", "filters*(c*k**2 + 2)")
    (other,) = preview(saved(tmp_path, wrong, "convolution/mine.yaml"), seeds=[0]).parts
    assert other.oracles == ()


def test_a_preview_refuses_a_mistake_that_is_the_key(tmp_path: Path) -> None:
    text = new_family("convolution.mine").replace('"filters*c*k**2"', '"filters*c*k**2 + filters"')
    found = preview(saved(tmp_path, text, "convolution/mine.yaml"))
    assert not found.ok
    assert "the mistake `no-bias` is the key itself" in str(found.broken[0])


def test_suggestions_for_a_formula(tmp_path: Path) -> None:
    body = """
symbols: {W: [N, N], x: [N], g: [N]}
prompt: Write.
answer: {formula: "outer(g*x, x)*2"}
mistakes: [{name: turned, key: "-2*outer(g*x, x)", says: "The sign."}]
"""
    (part,) = preview(saved(tmp_path, HEAD + body)).parts
    found = {suggestion.name: suggestion.key for suggestion in part.suggested}
    assert "sign" not in found  # declared already
    assert found["transposed"] == "(outer(g*x, x)*2).T"
    assert found["no-2"] == "g * x @ x.T"
    assert found["no-g"] == "x @ x.T * 2"


def test_a_preview_of_a_broken_file_lists_its_faults(tmp_path: Path) -> None:
    found = preview(saved(tmp_path, HEAD.replace("title", "titel") + SUM))
    assert [(fault.line, fault.column) for fault in found.faults] == [(1, 1), (1, 1)]
    assert not found.ok and not found.variants
    assert "cannot be read" in str(preview(tmp_path / "nn" / "missing.yaml").faults[0])
