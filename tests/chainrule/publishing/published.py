"""A choice of shipped questions with every kind of answer, drawn once for all tests of exports."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from chainrule.publishing.chosen import Chosen, from_ids
from chainrule.quiz import Quiz
from chainrule.quizfile import write_quiz
from questions.bank import Bank, load_bank, shipped_folder

ASKED = (
    "convolution.output-size@7",  # integer
    "adversarial.from-two-densities@1",  # choice and numbers, with a picture: fields of one question
    "convolution.residual-projection@3",  # shape, integer, choice
    "convolution.batch-shape@2",  # shape
    "layers.softmax-cross-entropy@1",  # formula
    "adversarial.training-order@3",  # ordering and integer
    "attention.hard-attention-statements@2",  # statements
    "attention.additive-attention-derivation@1",  # derivation
    "layers.softmax-backward@7",  # code
    "vision.affine-composition@3",  # an exact number with and without an end in decimals
    "curvature.adam-second-step@5",  # a number to some digits
    "convolution.which-network@1",  # choice
)


@cache
def bank() -> Bank:
    return load_bank()


@cache
def chosen() -> Chosen:
    return from_ids(ASKED, bank())


@cache
def few(*asked: str) -> Chosen:
    return from_ids(asked, bank())


def quiz_file(folder: Path, *asked: str) -> Path:
    """A quiz file of these questions, without answers."""
    path = folder / "quiz.yaml"
    write_quiz(path, Quiz("A quiz", 3, few(*asked).quiz.items))
    return path


def small_bank(folder: Path, *asked: str) -> Path:
    """A bank of these shipped questions alone, which is read quickly."""
    for id in (one.partition("@")[0] for one in asked):
        topic, _, name = id.partition(".")
        (folder / topic).mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped_folder() / topic / f"{name}.yaml", folder / topic)
    return folder
