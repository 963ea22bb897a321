"""Imported by the one process that judging processes are forked from, so that these start at once and share memory."""

import os
from importlib import import_module

os.environ["OMP_NUM_THREADS"] = "1"  # NumPy reads it when it is imported; a fork of a process with threads is delicate
os.environ["OPENBLAS_NUM_THREADS"] = "1"

for _name in (
    "numpy", "sympy", "grader.answers.formula", "grader.answers.number", "grader.diagnosis", "grader.sandbox.sandbox",
    "questions.family", "questions.build_key", "chainrule.web.judge_worker",
):  # fmt: skip
    import_module(_name)
