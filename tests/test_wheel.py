"""A wheel built from the tree holds every module, question and template, and works from an empty venv."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("chainrule", "grader", "questions", "solutions", "templates")
BUILD_FILES = ("pyproject.toml", "README.md", "LICENSE")
NOT_SHIPPED = {"__pycache__", ".mypy_cache", ".ruff_cache"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def tree_files() -> set[str]:
    """Every file of the packages, by its path in the tree."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if not NOT_SHIPPED & set(path.parts)}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the tree stays as it is."""
    pytest.importorskip("setuptools", minversion="77")
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    for name in BUILD_FILES:
        shutil.copy(ROOT / name, copy / name)
    out = tmp_path_factory.mktemp("wheel")
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    run(sys.executable, "-P", "-m", "pip", "wheel", *options, "--wheel-dir", str(out), str(copy))
    return next(out.glob("chainrule-*.whl"))


def run(*command: str, cwd: Path | None = None) -> str:
    """What the command prints; its error output shows where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_holds_the_tree_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    shipped = {name for name in names if ".dist-info/" not in name}
    assert shipped == tree_files()


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A Python that has the wheel and this environment's other packages, and where it has them; the tree is nowhere."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-P", "-m", "venv", "--without-pip", str(venv))
    python = str(venv / "bin" / "python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    options = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", "--target", str(site)]
    run(sys.executable, "-P", "-m", "pip", "install", *options, str(wheel))
    others = run(sys.executable, "-P", "-c", "import click; print(click.__file__)").strip()
    # A path line, not a site folder: an editable install of the tree beside click is not taken along.
    (site / "others.pth").write_text(f"{Path(others).parents[1]}\n", encoding="utf-8")
    return python, site


def test_the_wheel_works_from_a_venv_without_the_tree(installed: tuple[str, Path], tmp_path: Path) -> None:
    python, site = installed
    where = run(python, "-P", "-c", "import chainrule; print(chainrule.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(site)
    assert "convolution" in run(python, "-P", "-m", "chainrule", "topics", cwd=tmp_path)
    shown = run(python, "-P", "-m", "chainrule", "show", "convolution.output-size", cwd=tmp_path)
    assert "?" in shown


LEAKS = r"""
import sys
from grader.answers.code import judge_code
from grader.keys import CodeCase, CodeKey
from grader.sandbox import Sandbox
import numpy as np

key = CodeKey("f", ("x",), ("y",), (CodeCase({"x": np.ones(2)}, (2 * np.ones(2),)),))
tried = ["import solutions", "import questions.bank", "import grader.keys", "import sklearn", "import torch"]
tried += [f"open({path!r}).read()" for path in sys.argv[1:]]
with Sandbox() as sandbox:
    for attempt in ["pass", *tried]:
        verdict = judge_code(f"def f(x):\n    {attempt}\n    return 2 * x\n", key, sandbox)
        print(attempt.partition("(")[0], verdict.outcome.value, verdict.level)
"""


def test_nothing_of_the_bank_leaks_to_submissions_from_an_installed_wheel(
    installed: tuple[str, Path], tmp_path: Path
) -> None:
    python, site = installed
    files = [site / "questions/layers/softmax-backward.yaml", site / "solutions/layers.py", Path("/etc/hostname")]
    sklearn = pytest.importorskip("sklearn")
    files.append(next(Path(sklearn.__file__).parent.glob("datasets/data/*.csv*")))
    assert all(file.is_file() for file in files)
    lines = run(python, "-P", "-c", LEAKS, *map(str, files), cwd=tmp_path).splitlines()
    assert lines[0].startswith("pass right")
    readable = 0 if "landlock" in lines[0] else len(files)  # where nothing forbids it, the verdict's level says so
    outcomes = [line.split(" ")[-2] for line in lines[1:]]
    assert outcomes[:5] == ["wrong"] * 5
    assert outcomes[5:].count("right") <= readable


def requirement_names(lines: list[str]) -> set[str]:
    """Normalised names of distributions, from requirements such as `fonttools[woff]>=4.50`."""
    heads = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines]
    return {re.sub(r"[-_.]+", "-", head[0]).lower() for head in heads if head}


def test_every_requirement_has_a_tested_version() -> None:
    wanted = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = requirement_names([line for line in lines if not line.startswith("#")])
    assert requirement_names(wanted) <= pinned
