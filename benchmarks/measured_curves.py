"""Trains references and keeps what is drawn of them in solutions/measured/: curves by epoch, weights of attention.

    python benchmarks/measured_curves.py [NAME]...

Without names all are made anew, which takes minutes; nothing is cached. Files hold at most 40 points a curve.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from solutions.measured_values import HOME, kept, rounded  # noqa: E402
from solutions.trained.fitting import Fitted  # noqa: E402
from solutions.trained.table import REFERENCES  # noqa: E402

NAMES = (
    "digits-mlp", "digits-cnn", "deep-plain", "deep-residual", "recall-rnn", "recall-lstm", "text-rnn", "text-lstm",
    "transfer-scratch", "transfer-frozen", "transfer-tuned", "upright", "warped", "maze", "maze-auxiliary",
    "vae-digits", "gan-line", "pairs-plain", "pairs-attention", "text-lbl", "text-nlm",
    "mixture-em", "mixture-em-stochastic",
)  # fmt: skip
ATTENDING = "pairs-attention"
SENTENCE = 5  # words of the sentence whose weights are kept: a clause with two adjectives


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def curves(fitted: Fitted) -> dict[str, Any]:
    """Epochs, figures and curves, thinned out and rounded."""
    epochs = kept(len(fitted.curves["loss"]))
    return {
        "epochs": list(epochs),
        "figures": {name: rounded([value])[0] for name, value in fitted.figures.items()},
        "curves": {name: rounded(values[i - 1] for i in epochs) for name, values in fitted.curves.items()},
    }


def looks(fitted: Fitted) -> dict[str, Any]:
    """The weights for the first held-out sentence of `SENTENCE` different words that is translated without a fault."""
    import torch

    from solutions.trained import pairs

    recipe = REFERENCES[ATTENDING].recipe
    assert isinstance(recipe, pairs.Pairs)
    _, held_out, _ = pairs.examples(recipe)
    model: Any = fitted.model
    read = pairs.longest(recipe.clauses)
    with torch.no_grad():
        written = model.write(held_out.inputs[:, :read], read + 1)
        weights = model.weights(held_out.inputs)
    counted = held_out.targets != pairs.PAD
    whole = (((written == held_out.targets) | ~counted).all(dim=1)) & (counted.sum(dim=1) == SENTENCE + 1)
    asked = held_out.inputs[:, read - SENTENCE : read]
    chosen = next(int(i) for i in whole.nonzero().flatten() if len(set(asked[int(i)].tolist())) == SENTENCE)
    said = held_out.targets[chosen, : SENTENCE + 1].tolist()
    return {
        "reference": ATTENDING,
        "read": [word(w) for w in asked[chosen].tolist()],
        "written": ["end" if w == 0 else word(pairs.WORDS - w).lower() for w in said],
        "weights": [[round(w, 3) for w in row] for row in weights[chosen, : SENTENCE + 1, read - SENTENCE :].tolist()],
    }


def word(number: int) -> str:
    """A name that tells what kind of word it is; its translation has the same name in small letters."""
    from solutions.trained.pairs import ADJECTIVES, NOUNS, VERBS

    for kind, numbers in {"N": NOUNS, "A": ADJECTIVES, "V": VERBS}.items():
        if number in numbers:
            return f"{kind}{number - numbers[0] + 1}"
    return "AND"


def write(name: str, made: str, content: Mapping[str, Any]) -> None:
    """The file of that name, with the command that makes it at its head."""
    text = yaml.safe_dump(dict(content), sort_keys=False, width=110, default_flow_style=None)
    (HOME / f"{name}.yaml").write_text(f"# python benchmarks/measured_curves.py {made}\n{text}", encoding="utf-8")


@click.command(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(NAMES), metavar="[NAME]...")
def main(names: tuple[str, ...]) -> None:
    HOME.mkdir(exist_ok=True)
    for name in names or NAMES:
        fitted = REFERENCES[name].recipe.fit("cpu", silent)
        write(name, name, curves(fitted))
        if name == ATTENDING:
            write(f"{name}-weights", name, looks(fitted))
        click.echo(name)


if __name__ == "__main__":
    main()
