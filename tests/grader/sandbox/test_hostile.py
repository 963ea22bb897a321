"""Every file of `tests/hostile` attacks the judge: each must end as its header says, and none may be right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_corpus import FILES, Recording, attack, faults, levels, prepared, stopped_here, tried

SECRET = "CHAINRULE_TEST_SECRET"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Recording]:
    os.environ[SECRET] = "an environment variable of the trusted side"
    with Recording() as sandbox:
        yield sandbox
    del os.environ[SECRET]


@pytest.fixture(scope="module")
def level(sandbox: Recording) -> str:
    (level,) = set(levels(sandbox).values())
    return level


def test_the_corpus_is_whole() -> None:
    assert len(FILES) >= 110


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_attack_is_contained_and_never_right(path: Path, sandbox: Recording, level: str, tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    one = attack(path, folder)
    if not stopped_here(one, level):
        pytest.skip(f"this machine offers {level}; the attack is stopped by {one.needs}")
    assert faults(one, tried(one, sandbox), folder) == []
