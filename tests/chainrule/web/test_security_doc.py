"""The page on security names files and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "security.md").read_text()


def test_every_test_it_names_exists() -> None:
    found = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert sorted(set(re.findall(r"`(test_\w+)`", PAGE)) - found) == []


def test_every_file_it_names_exists() -> None:
    named = set(re.findall(r"`([\w/]+\.(?:py|js|md|toml))`", PAGE))
    there = [name for name in named for place in ("", "chainrule", "docs") if (ROOT / place / name).exists()]
    assert sorted(named - set(there)) == []
