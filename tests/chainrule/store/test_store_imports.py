"""Records, opening and exchange cost nothing until a store is opened; an opened store imports no Alembic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LIGHT = ("records", "errors", "appealed", "opening", "exchange", "wire")


def loaded(code: str, *arguments: str) -> set[str]:
    """The top-level packages that are loaded after this code."""
    code += "\nimport sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", code, *arguments]
    return set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split())


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_module_imports_no_database(name: str) -> None:
    assert loaded(f"import chainrule.store.{name}") & {"sqlalchemy", "alembic", "platformdirs", "psycopg"} == set()


def test_only_a_new_store_imports_alembic(tmp_path: Path) -> None:
    code = "import sys\nfrom chainrule.store.opening import open_store\nwith open_store(sys.argv[1]):\n    pass"
    assert "alembic" in loaded(code, str(tmp_path / "store.db"))
    assert "alembic" not in loaded(code, str(tmp_path / "store.db"))
