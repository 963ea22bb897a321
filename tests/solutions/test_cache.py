"""Weights on disk come back as they were, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest
import torch

from solutions import cache

WEIGHTS = {"b": torch.arange(6.0).reshape(2, 3), "a": torch.tensor([1.5])}
RECORD = {"accuracy": 0.5, "curve": [1.0, 0.5]}


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    cache.save(tmp_path / "deep" / "x.safetensors", RECORD, WEIGHTS)
    found = cache.load(tmp_path / "deep" / "x.safetensors")
    assert found is not None
    record, weights = found
    assert record == RECORD
    assert all(torch.equal(weights[name], WEIGHTS[name]) for name in WEIGHTS)


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    assert cache.load(tmp_path / "nothing.safetensors") is None


def test_no_single_flipped_bit_goes_unnoticed(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    cache.save(path, RECORD, WEIGHTS)
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        found = cache.load(path)
        if found is not None:  # white space in the header carries nothing
            assert found[0] == RECORD
            assert all(torch.equal(found[1][name], WEIGHTS[name]) for name in WEIGHTS)


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.safetensors"
    cache.save(path, RECORD, WEIGHTS)
    before = path.read_bytes()

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        cache.save(path, {"accuracy": 1.0}, WEIGHTS)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_keys_depend_on_every_part_and_not_on_their_order() -> None:
    assert cache.key(a=1, b=2) == cache.key(b=2, a=1)
    assert len({cache.key(a=1), cache.key(a=2), cache.key(b=1), cache.key(a="1")}) == 4


def test_the_folder_is_the_users_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    assert cache.folder() == Path(platformdirs.user_cache_dir("chainrule")) / "references"
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    assert cache.folder() == tmp_path / "references"


def test_weights_stay_when_their_file_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    cache.save(path, RECORD, WEIGHTS)
    found = cache.load(path)
    assert found is not None
    path.write_bytes(b"")
    assert all(torch.equal(found[1][name], WEIGHTS[name]) for name in WEIGHTS)


def test_half_files_of_killed_processes_are_removed_and_those_of_living_ones_are_not(tmp_path: Path) -> None:
    old, young = tmp_path / "x-old.part", tmp_path / "x-young.part"
    for part in (old, young):
        part.touch()
    os.utime(old, (0, 0))
    cache.save(tmp_path / "x.safetensors", RECORD, WEIGHTS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x-young.part", "x.safetensors"]
