"""Imports point one way: grader <- solutions <- questions <- chainrule; heavy packages are imported where used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("grader", "solutions", "questions", "chainrule")  # each may import itself and those before it
HEAVY = {"torch", "sympy", "sklearn", "flask", "dask", "sqlalchemy"}
DATA = ROOT / "chainrule" / "demo" / "code"  # what a learner hands in: never imported by us
FILES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py")) if path.parent != DATA]

# Files that are loaded only for what they import, by name and on demand, may import it at their top.
ON_DEMAND = {
    "torch": ("solutions/",),
    "sympy": ("grader/formula/backends/", "grader/formula/symbolic", "grader/proof"),
    "flask": ("chainrule/web/",),  # `chainrule serve` alone imports these
    # tests/chainrule/store/test_store_imports.py says which files of the store do not; only a server imports the others
    "sqlalchemy": ("chainrule/store/", "chainrule/classes/", "chainrule/web/"),
}


def at_load(tree: ast.AST) -> Iterator[ast.stmt]:
    """The import statements that run when the module is loaded: not those in functions or under TYPE_CHECKING."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        yield from at_load(node)


def packages(node: ast.AST) -> set[str]:
    """Names of the top-level packages that an import statement names."""
    match node:
        case ast.Import():
            return {alias.name.partition(".")[0] for alias in node.names}
        case ast.ImportFrom(level=0):
            return {(node.module or "").partition(".")[0]}
    return set()


def upward(path: str, source: str) -> set[str]:
    """The layers above its own that a file imports, in functions too."""
    allowed = set(LAYERS[: LAYERS.index(path.partition("/")[0]) + 1])
    named = set().union(*(packages(node) for node in ast.walk(ast.parse(source))))
    return (named & {*LAYERS, "tests", "benchmarks"}) - allowed


def heavy(path: str, source: str) -> set[str]:
    """The heavy packages that a file imports when it is loaded, and may not."""
    loaded = set().union(*(packages(node) for node in at_load(ast.parse(source)))) & HEAVY
    return {name for name in loaded if not path.startswith(ON_DEMAND.get(name, ()) or ("/",))}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_imports_point_down(path: Path) -> None:
    assert upward(relative(path), path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_heavy_packages_are_imported_where_used(path: Path) -> None:
    assert heavy(relative(path), path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_imports_are_absolute(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("grader/a.py", "import questions.bank", {"questions"}),
        ("grader/a.py", "def f():\n    from chainrule import quiz", {"chainrule"}),
        ("solutions/a.py", "from grader import keys", set()),
        ("questions/a.py", "import tests.x", {"tests"}),
        ("chainrule/a.py", "import questions, grader", set()),
    ],
)
def test_an_upward_import_is_seen(path: str, source: str, found: set[str]) -> None:
    assert upward(path, source) == found


@pytest.mark.parametrize(
    ("path", "source", "found"),
    [
        ("grader/a.py", "import torch.nn", {"torch"}),
        ("grader/a.py", "class A:\n    import sympy", {"sympy"}),
        ("grader/a.py", "try:\n    import flask\nexcept ImportError:\n    flask = None", {"flask"}),
        ("grader/a.py", "def f():\n    import torch", set()),
        ("grader/a.py", "if TYPE_CHECKING:\n    import torch", set()),
        ("solutions/layers.py", "import torch", set()),
        ("solutions/layers.py", "import sklearn", {"sklearn"}),
    ],
)
def test_a_heavy_import_at_load_is_seen(path: str, source: str, found: set[str]) -> None:
    assert heavy(path, source) == found


def test_grading_a_class_knows_no_exports() -> None:
    for path in sorted((ROOT / "chainrule" / "bulk").glob("*.py")):
        assert "from chainrule.publishing" not in path.read_text(encoding="utf-8"), path
