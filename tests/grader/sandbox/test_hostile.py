"""Every file of `tests/hostile` attacks the judge: each must end as its header says, and none may be right.

# attack: what it tries
# ending: how the task must end, or several ways with `|` between them
# needs: the layer of confinement without which the attack is not stopped (then it is skipped)
# packages: torch, where the question allows it
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from grader.answers.code import judge_code
from grader.keys import CodeCase, CodeKey, Limits
from grader.sandbox import Report, Sandbox, Task
from grader.sentences import sentence
from grader.verdict import Outcome

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "tests" / "hostile").glob("*.py"))
LIMITS = Limits(wall_seconds=1.0, cpu_seconds=1.0, memory_mib=128)
SECRET = "CHAINRULE_TEST_SECRET"


class Recording(Sandbox):
    """A sandbox that remembers its last report."""

    last: Report
    level: str

    def run(self, task: Task) -> Report:
        self.last = super().run(task)
        return self.last


@dataclass(frozen=True)
class Attack:
    source: str
    endings: tuple[str, ...]
    needs: str
    packages: str


def attack(path: Path, places: dict[str, str]) -> Attack:
    text = path.read_text(encoding="utf-8")
    header = dict(re.findall(r"^# (attack|ending|needs|packages): (.+)$", text, flags=re.MULTILINE))
    for name, place in places.items():
        text = text.replace(f"@{name}@", place)
    endings = tuple(ending.strip() for ending in header["ending"].split("|"))
    assert header["attack"]
    return Attack(text, endings, header.get("needs", ""), header.get("packages", "numpy"))


def question(packages: str) -> CodeKey:
    """Twice the input: a shown case and two hidden ones."""
    inputs = [np.random.default_rng(seed).normal(size=(3 + seed, 2)) for seed in range(3)]
    cases = tuple(CodeCase({"x": x}, (2 * x,), shown=i == 0) for i, x in enumerate(inputs))
    return CodeKey("double", ("x",), ("y",), cases, allow=packages, limits=LIMITS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Recording]:
    os.environ[SECRET] = "an environment variable of the trusted side"
    with Recording() as sandbox:
        assert judge_code("def double(x):\n    return 2 * x\n", question("numpy"), sandbox).outcome is Outcome.RIGHT
        sandbox.level = sandbox.last.level
        yield sandbox
    del os.environ[SECRET]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that anybody could write to, were writing allowed."""
    tmp_path.chmod(0o777)
    (tmp_path / "file").write_text("kept")
    (tmp_path / "file").chmod(0o666)
    return tmp_path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_attack_is_contained_and_never_right(path: Path, sandbox: Recording, folder: Path) -> None:
    places = {"PROJECT": ROOT, "CANARY": folder / "canary", "FOLDER": folder, "FILE": folder / "file"}
    tried = attack(path, {name: str(place) for name, place in places.items()} | {"UNIQUE": folder.name})
    if tried.needs not in sandbox.level:  # some would do real harm where nothing stops them
        pytest.skip(f"this machine offers {sandbox.level}; the attack is stopped by {tried.needs}")
    verdict = judge_code(tried.source, question(tried.packages), sandbox)
    assert sandbox.last.ending in tried.endings
    assert verdict.outcome in {Outcome.WRONG, Outcome.UNREADABLE}
    assert verdict.score == 0
    assert verdict.level == sandbox.last.level != ""
    told = " ".join(map(sentence, verdict.feedback))
    assert told.isprintable() and len(told) < 1000
    assert sorted(p.name for p in folder.iterdir()) == ["file"]
    assert (folder / "file").read_text() == "kept"
    assert stat.S_IMODE((folder / "file").stat().st_mode) == 0o666
    assert not list(Path("/tmp").glob(f"chainrule-hostile-{folder.name}"))
