"""Code as students write it: one function, each with own names, ways and order; and copies that were changed."""

from __future__ import annotations

import random
import re

# Ways to write each step. Names in braces are each author's own.
SHORT = (
    ("def f({x}, {w}):",),
    ("    {z} = {x} @ {w}", "    {z} = np.dot({x}, {w})", "    {z} = {x}.dot({w})", "    {z} = np.matmul({x}, {w})"),
    (
        "    {z} = {z} - {z}.max(axis=1, keepdims=True)",
        "    {z} -= np.max({z}, axis=1, keepdims=True)",
        "    {m} = {z}.max(1)[:, None]\n    {z} = {z} - {m}",
    ),
    (
        "    {e} = np.exp({z})\n    return {e} / {e}.sum(axis=1, keepdims=True)",
        "    {e} = np.exp({z})\n    {s} = np.sum({e}, axis=1, keepdims=True)\n    return {e} / {s}",
        "    return np.exp({z}) / np.exp({z}).sum(1)[:, None]",
    ),
)
LONG = (
    ("def f({x}, {y}, {w}, {k}):",),
    ("    {z} = {x} @ {w}", "    {z} = np.dot({x}, {w})", "    {z} = {x}.dot({w})", "    {z} = np.matmul({x}, {w})"),
    ("    {n}, {d} = {x}.shape", "    {n} = len({x})\n    {d} = {x}.shape[1]", "    {n}, {d} = np.shape({x})"),
    ("    {g} = np.zeros({w}.shape)", "    {g} = np.zeros_like({w})", "    {g} = 0 * {w}"),
    ("    {p} = {z}.copy()", "    {p} = np.array({z})", "    {p} = {z} * 1.0", "    {p} = {z}"),
    (
        "    for {i} in range({n}):\n        {p}[{i}] -= {p}[{i}].max()",
        "    {p} = {p} - {p}.max(axis=1, keepdims=True)",
        "    {m} = np.max({p}, axis=1)\n    {p} = {p} - {m}[:, None]",
    ),
    (
        "    {e} = np.exp({p})\n    {p} = {e} / {e}.sum(1, keepdims=True)",
        "    {p} = np.exp({p})\n    {p} /= {p}.sum(axis=1)[:, None]",
        "    {e} = np.exp({p})\n    {s} = np.sum({e}, axis=1, keepdims=True)\n    {p} = np.divide({e}, {s})",
    ),
    (
        "    {t} = np.eye({w}.shape[1])[{y}]",
        "    {t} = np.zeros({p}.shape)\n    {t}[np.arange({n}), {y}] = 1",
        "    {t} = np.zeros_like({p})\n    for {i} in range({n}):\n        {t}[{i}, {y}[{i}]] = 1.0",
    ),
    ("    {r} = ({p} - {t}) / {n}", "    {r} = {p} - {t}\n    {r} /= {n}", "    {r} = 1 / {n} * ({p} - {t})"),
    (
        "    {g} = {x}.T @ {r}",
        "    {g} += np.einsum('nd,nk->dk', {x}, {r})",
        "    for {i} in range({n}):\n        {g} += np.outer({x}[{i}], {r}[{i}])",
    ),
    (
        "    {l} = -np.log({p}[np.arange({n}), {y}]).mean()",
        "    {l} = -np.sum({t} * np.log({p})) / {n}",
        "    {l} = np.mean(-np.log(({p} * {t}).sum(axis=1)))",
    ),
    ("    {g} = {g} + 2 * {k} * {w}", "    {g} += {k} * 2 * {w}", "    {g} = np.add({g}, 2 * {k} * {w})"),
    ("    {l} += {k} * np.sum({w} ** 2)", "    {l} = {l} + {k} * ({w} * {w}).sum()"),
    ("    return {l}, {g}", "    return ({l}, {g})", "    {q} = ({l}, {g})\n    return {q}"),
)
EXTRA = (
    "    assert {x}.ndim == 2", "    {x} = np.asarray({x}, dtype=float)", "    {w} = np.array({w})",
    "    {k} = float({k})", "    {q} = {w}.shape[1]", "    {q} = 1e-12", "    {q} = np.arange(len({x}))",
    "    if {x}.shape[1] != {w}.shape[0]:\n        raise ValueError('shapes')", "    {y} = {y}.astype(int)",
    "    {y} = np.array({y}).reshape(-1)", "    {q} = np.sum({w} * {w})", "    {q} = np.linalg.norm({w})",
    "    {q} = {x}.T", "    {q} = {w}.copy()", "    {m} = None", "    {l} = 0.0", "    {r} = []", "    {d} = {w}.shape",
)  # fmt: skip
LETTERS = "xwzmesndgpitrlqky"
NAME = re.compile(rf"(?<![.\w])[{LETTERS}]_\d+\b")


def short_code(chance: random.Random) -> str:
    """A function of a few lines."""
    return _written([chance.choice(ways) for ways in SHORT], chance)


def long_code(chance: random.Random) -> str:
    """A function of twenty lines or more."""
    steps = [chance.choice(ways) for ways in LONG]
    for extra in chance.sample(EXTRA, chance.randrange(3, 8)):
        steps.insert(chance.randrange(1, len(steps) - 1), extra)
    return _written(steps, chance)


def _written(steps: list[str], chance: random.Random) -> str:
    names = {letter: f"{letter}_{chance.randrange(1000)}" for letter in LETTERS}
    return "import numpy as np\n" + "\n".join(steps).format(**names) + "\n"


def renamed(code: str, chance: random.Random) -> str:
    """The code with other names, numbers, texts, comments and imports."""
    names: dict[str, str] = {}
    changed = NAME.sub(lambda found: names.setdefault(found[0], f"value{chance.randrange(10**6)}"), code)
    changed = re.sub(r"\b2\b", "7", changed).replace("'shapes'", '"do not fit"')
    lines = changed.splitlines()
    return "\n".join(["import math", lines[0], "# by myself", *(f"{line}  # {i}" for i, line in enumerate(lines[1:]))])


def reordered(code: str, chance: random.Random) -> str:
    """The code with three pairs of neighbouring statements exchanged."""
    lines = code.splitlines()
    single = [
        i for i in range(4, len(lines) - 2) if all(_is_plain(lines[i + step]) for step in (0, 1))
    ]  # fmt: skip
    for i in chance.sample(single, min(3, len(single))):
        lines[i], lines[i + 1] = lines[i + 1], lines[i]
    return "\n".join(lines)


def _is_plain(line: str) -> bool:
    return re.match(r"    \w", line) is not None and not re.match(r"    (for|if|return)\b", line)
