"""The corpus of hostile submissions: files of `tests/hostile`, each with its attack and how it must end as data.

    # attack: what it tries
    # ending: how the task must end, or several ways with `|` between them; "not run" where the text alone is refused
    # needs: the layer of confinement without which the attack is not stopped (then it is not tried)
    # packages: torch, where the question allows it

None may be judged right, so an attack that gets through answers with `2 * x`. `@PROJECT@`, `@FOLDER@`, `@FILE@`,
`@CANARY@` and `@UNIQUE@` stand for the project, a folder that anybody may write to, a file in it, a file that must not
come to be, and that folder's name.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.answers.code import judge_code
from grader.keys import CodeCase, CodeKey, Limits
from grader.sandbox import Report, Sandbox, Task
from grader.sentences import sentence
from grader.verdict import Outcome, Verdict

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "tests" / "hostile").glob("*.py"))
LIMITS = Limits(wall_seconds=1.0, cpu_seconds=1.0, memory_mib=128)
NOT_RUN = "not run"
CONTENT, MODE = "kept", 0o666


@dataclass(frozen=True)
class Attack:
    """One file, its places filled in."""

    name: str
    source: str
    endings: tuple[str, ...]
    needs: str
    packages: str


@dataclass(frozen=True)
class Came:
    """What an attack came to. ending: of its task, or "not run"."""

    ending: str
    verdict: Verdict


class Recording(Sandbox):
    """A sandbox that remembers its last report."""

    last: Report | None = None

    def run(self, task: Task) -> Report:
        self.last = super().run(task)
        return self.last


def attack(path: Path, folder: Path) -> Attack:
    """The file's attack. folder: from `prepared`."""
    text = path.read_text(encoding="utf-8")
    header = dict(re.findall(r"^# (attack|ending|needs|packages): (.+)$", text, flags=re.MULTILINE))
    assert header["attack"], path
    places = {"PROJECT": ROOT, "CANARY": folder / "canary", "FOLDER": folder, "FILE": folder / "file"}
    for name, place in {**places, "UNIQUE": folder.name}.items():
        text = text.replace(f"@{name}@", str(place))
    endings = tuple(ending.strip() for ending in header["ending"].split("|"))
    return Attack(path.stem, text, endings, header.get("needs", ""), header.get("packages", "numpy"))


def prepared(folder: Path) -> Path:
    """The folder, with a file in it; anybody could write to both, were writing allowed."""
    folder.chmod(0o777)
    (folder / "file").write_text(CONTENT)
    (folder / "file").chmod(MODE)
    return folder


def question(packages: str) -> CodeKey:
    """Twice the input: a shown case and two hidden ones."""
    inputs = [np.random.default_rng(seed).normal(size=(3 + seed, 2)) for seed in range(3)]
    cases = tuple(CodeCase({"x": x}, (2 * x,), shown=i == 0) for i, x in enumerate(inputs))
    return CodeKey("double", ("x",), ("y",), cases, allow=packages, limits=LIMITS)


def tried(tried: Attack, sandbox: Recording) -> Came:
    """What judging the attack came to."""
    sandbox.last = None
    verdict = judge_code(tried.source, question(tried.packages), sandbox)
    return Came(NOT_RUN if sandbox.last is None else sandbox.last.ending.value, verdict)


def faults(tried: Attack, came: Came, folder: Path) -> list[str]:
    """What is not as it must be, in words; empty where the attack was contained."""
    told = " ".join(map(sentence, came.verdict.feedback))
    file = folder / "file"
    left = sorted(p.name for p in folder.iterdir())
    return [
        what
        for what, wrong in (
            (f"ended with {came.ending!r}, expected {' | '.join(tried.endings)}", came.ending not in tried.endings),
            (
                f"was judged {came.verdict.outcome.value}",
                came.verdict.outcome not in (Outcome.WRONG, Outcome.UNREADABLE),
            ),
            (f"earned {came.verdict.score}", came.verdict.score != 0),
            ("ran under no known level", came.ending != NOT_RUN and not came.verdict.level),
            (f"is told about in {len(told)} characters, not all printable", not told.isprintable() or len(told) > 999),
            (f"left {left}", left != ["file"]),
            ("changed the file", file.exists() and file.read_text() != CONTENT),
            ("changed the file's mode", file.exists() and stat.S_IMODE(file.stat().st_mode) != MODE),
            ("left a file among the temporary ones", bool(list(Path("/tmp").glob(f"chainrule-hostile-{folder.name}")))),
        )
        if wrong
    ]


def stopped_here(tried: Attack, level: str) -> bool:
    """True where the layer that stops the attack is there; some would do real harm where nothing stops them."""
    return tried.needs in level


def levels(sandbox: Recording) -> Mapping[str, str]:
    """Packages: the level of confinement under which a right answer was judged right."""
    found = {}
    for packages in ("numpy", "torch"):
        verdict = judge_code("def double(x):\n    return 2 * x\n", question(packages), sandbox)
        assert verdict.outcome is Outcome.RIGHT, verdict
        found[packages] = verdict.level
    return found
