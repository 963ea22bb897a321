"""`chainrule serve` as a process: what it says, what it answers, how it ends, and what it refuses to serve."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chainrule import cli
from chainrule.options import Exit
from chainrule.web import site_opening
from chainrule.web.site_opening import Banks, CannotServe, open_banks
from questions.bank import shipped_folder

PRIVATE = Path(__file__).parent / "private_bank"


class Started:
    """A server that runs. told: what it printed."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, "-m", "chainrule", "serve", "--json", "--port", "0"]
        command += ["--store", str(folder / "store.db"), "--jobs", "1", "--log", str(folder / "log.jsonl"), *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        text = ""
        while not text.rstrip().endswith("}") and (line := self.process.stdout.readline()):
            text += line
        self.told: dict[str, Any] = json.loads(text)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.told["address"] + path, timeout=30) as found:
                return found.status, found.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, ""

    def stop(self, number: int) -> tuple[int, str]:
        """Its exit code and what it said on stderr."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Started]]:
    """A list for servers that are ended with the test, whatever becomes of it."""
    found: list[Started] = []
    yield found
    for one in found:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals here")
def test_for_one_person_it_answers_at_once_and_ends_by_sigterm(tmp_path: Path, started: list[Started]) -> None:
    server = Started(tmp_path)
    started.append(server)
    assert server.told["set_up"] is None
    assert server.get("healthz")[0] == 200
    assert "Today" in server.get("")[1]
    assert server.stop(signal.SIGTERM) == (0, "")
    logged = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["route"] for line in logged if line["event"] == "request"] == ["/"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals here")
def test_for_a_class_the_first_instructor_gets_a_link_and_ctrl_c_ends_it(
    tmp_path: Path, started: list[Started]
) -> None:
    server = Started(tmp_path, "--class", "--private-bank", str(PRIVATE), "--weak-sandbox-anyway")
    started.append(server)
    address, link = server.told["address"], server.told["set_up"]
    assert link.startswith(f"{address}setup/")
    status, page = server.get(link.removeprefix(address))
    assert (status, 'name="password"' in page) == (200, True)
    assert server.stop(signal.SIGINT) == (130, "")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--host", "192.0.2.1"], "add --class"),
        (["--private-bank", str(PRIVATE)], "add --class"),
        (["--tls-cert", __file__], "go together"),
        (["--class", "--behind-proxy", "--plain-http-anyway"], "choose one"),
    ],
)
def test_what_cannot_be_served_is_told(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", *words]) == Exit.USAGE
    assert says in capsys.readouterr().err


def test_strangers_code_is_run_only_where_it_is_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chainrule.machine.confinement", lambda _: "uid+seccomp")
    with pytest.raises(CannotServe, match=r"without landlock here .*--weak-sandbox-anyway"):
        site_opening.check_confinement()
    monkeypatch.setattr("chainrule.machine.confinement", lambda _: "landlock+seccomp+uid")
    site_opening.check_confinement()


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A bank of one family."""
    folder = tmp_path / "open"
    (folder / "convolution").mkdir(parents=True)
    text = (shipped_folder() / "convolution" / "same-padding.yaml").read_text(encoding="utf-8")
    (folder / "convolution" / "same-padding.yaml").write_text(text, encoding="utf-8")
    return folder


def test_private_banks_are_known_as_such(open_folder: Path) -> None:
    bank, private = open_banks(Banks((open_folder,), (PRIVATE,)))
    assert private == bank.families.keys() - {"convolution.same-padding"}
    assert len(private) == 4
    assert open_banks(Banks((PRIVATE,)))[1] == frozenset()


def test_a_private_family_that_cannot_be_used_stops_the_start(open_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "broken" / "topic").mkdir(parents=True)
    (tmp_path / "broken" / "topic" / "one.yaml").write_text("title: [")
    with pytest.raises(CannotServe, match="a private bank cannot be used"):
        open_banks(Banks((open_folder,), (tmp_path / "broken",)))


def test_a_private_family_with_the_name_of_an_open_one_stops_the_start(open_folder: Path) -> None:
    with pytest.raises(CannotServe, match=r"convolution.same-padding is in a private bank and in an open one"):
        open_banks(Banks((open_folder,), (open_folder,)))
