"""The server's secret: made once, for its owner alone, and refused where others can read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chainrule.store.opening import open_store
from chainrule.web.secrets_file import VARIABLE, SecretError, secret_file, secret_of

POSIX = pytest.mark.skipif(os.name != "posix", reason="there are no such permissions here")


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    made = secret_of(path)
    assert len(made) >= 32
    assert secret_of(path) == made
    assert [file.name for file in path.parent.iterdir()] == ["secret"]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_of_two_servers_that_start_at_once_both_have_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's file appears after this one has looked for it."""
    path, others = tmp_path / "secret", "other" * 10
    fsync = os.fsync

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        path.write_text(others, encoding="ascii")
        path.chmod(0o600)
        monkeypatch.setattr(Path, "exists", lambda _: False)  # as it was when this one looked

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert secret_of(path).decode() == others


def test_each_has_its_own(tmp_path: Path) -> None:
    assert secret_of(tmp_path / "a") != secret_of(tmp_path / "b")


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_one_that_others_can_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "secret"
    secret_of(path)
    path.chmod(mode)
    with pytest.raises(SecretError, match="chmod 600"):
        secret_of(path)


def test_one_that_is_too_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("short\n")
    path.chmod(0o600)
    with pytest.raises(SecretError, match="holds 5 bytes"):
        secret_of(path)


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="is a directory"):
        secret_of(tmp_path)


def test_it_lies_beside_the_store_or_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with open_store(str(tmp_path / "store.db")) as store:
        assert secret_file(store) == tmp_path / "store.db.private" / "secret"
        monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere"))
        assert secret_file(store) == tmp_path / "elsewhere"
