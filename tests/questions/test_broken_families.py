"""Golden faults: each file in `broken/` is wrong in one way, and what is said about it lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.family import read_family
from questions.faults import FaultError
from questions.structures import check_structures

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_a_broken_family_is_refused_with_file_line_and_column(path: Path) -> None:
    with pytest.raises(FaultError) as caught:
        check_structures(read_family(path.read_text(encoding="utf-8"), path.name, topic="nn", name=path.stem))
    said = [str(fault) for fault in caught.value.faults]
    assert said == path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()


def test_there_are_broken_families() -> None:
    assert len(BROKEN) > 30
