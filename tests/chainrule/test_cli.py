"""The command line's frame: lazy commands, one-line errors, exit codes, the cleaned import path."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

import chainrule
from chainrule import cli
from chainrule.commands import admin, bank
from chainrule.commands.admin import account, sessions
from chainrule.options import Command, Exit, settings
from grader.errors import AuthorError

ROOT = Path(__file__).resolve().parents[2]
GROUPS = [cli.main_group(), bank.command, admin.command, account.command, sessions.command]
NESTED = {"account": ["admin"], "sessions": ["admin"]}  # groups within groups
COMMANDS = [(group, name) for group in GROUPS for name in group.lines]


def command_of(group: cli.LazyGroup, name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def names(pair: tuple[cli.LazyGroup, str]) -> str:
    return f"{pair[0].name} {pair[1]}"


@pytest.mark.parametrize("pair", COMMANDS, ids=names)
def test_the_line_in_the_list_is_how_the_help_begins(pair: tuple[cli.LazyGroup, str]) -> None:
    group, name = pair
    assert (command_of(group, name).help or "").split("\n")[0] == group.lines[name]


@pytest.mark.parametrize("pair", COMMANDS, ids=names)
def test_every_command_shows_an_example(pair: tuple[cli.LazyGroup, str], capsys: pytest.CaptureFixture[str]) -> None:
    group, name = pair
    group_name = str(group.name)
    words = [name] if group_name == "chainrule" else [*NESTED.get(group_name, []), group_name, name]
    assert cli.run([*words, "--help"]) == Exit.OK
    shown = capsys.readouterr().out
    assert "Example" in shown
    assert f"  chainrule {' '.join(words)}" in shown


@pytest.mark.parametrize("pair", [pair for pair in COMMANDS if pair[1] not in {"bank", "admin", *NESTED}], ids=names)
def test_every_command_prints_json(pair: tuple[cli.LazyGroup, str]) -> None:
    found = command_of(*pair)
    assert "--json" in {option for parameter in found.params for option in parameter.opts}


WRONG_USAGE = [
    (["quz"], "There is no command 'quz'. Did you mean 'quiz'? (see chainrule --help)"),
    (["bank", "shema"], "There is no command 'shema'. Did you mean 'schema'? (see chainrule bank --help)"),
    (["--bnak", "x"], "No such option '--bnak'. Did you mean '--bank'? (see chainrule --help)"),
    (["check", "x"], "two formulas are needed, ANSWER and KEY, or a file with --cases (see chainrule check --help)"),
    (["quiz", "--n", "0"], "Invalid value for '--n': 0 is not in the range 1<=x<=500. (see chainrule quiz --help)"),
    (["topics", "--bank", "/nowhere"], "Invalid value for '--bank': Directory '/nowhere' does not exist."),
    (["grade", "a.py"], "which question does a.py answer? Add --question ID and its --seed"),
    (["grade", "a.yaml"], "a.yaml: no such file or directory"),
]


@pytest.mark.parametrize(("words", "message"), WRONG_USAGE, ids=lambda value: " ".join(value)[:30])
def test_wrong_usage_is_one_line_and_exit_code_2(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(words) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"chainrule: {message}")
    assert err.count("\n") == 1


class Odd(cli.LazyGroup):
    """A group with one command that does what the test wants."""

    def __init__(self, act: object) -> None:
        super().__init__("odd", package="none", lines={"act": "Act."}, help="Odd.")
        self.act = act

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return Command("act", callback=self.act)  # type: ignore[arg-type]


def run_odd(monkeypatch: pytest.MonkeyPatch, act: object, *words: str) -> int:
    monkeypatch.setattr(cli, "main_group", lambda: with_options(Odd(act)))
    return cli.run([*words, "act"])


def with_options(group: cli.LazyGroup) -> cli.LazyGroup:
    group.params += cli.global_options(hidden=False)
    return group


def raising(error: BaseException) -> object:
    def act() -> None:
        raise error

    return act


ERRORS = [
    (AuthorError("a.yaml:3:1: unknown field"), Exit.USAGE, "chainrule: a.yaml:3:1: unknown field"),
    (FileNotFoundError(2, "No such file", "a.yaml"), Exit.USAGE, "chainrule: a.yaml: no such file"),
    (
        ZeroDivisionError("1/0\nx"),
        Exit.FAULT,
        "chainrule: a fault of ours: ZeroDivisionError: 1/0 x (--debug shows where)",
    ),
    (KeyboardInterrupt(), Exit.INTERRUPTED, "interrupted"),
    (click.Abort(), Exit.INTERRUPTED, "interrupted"),
]


@pytest.mark.parametrize(("error", "code", "message"), ERRORS)
def test_errors_have_their_exit_codes(
    error: BaseException,
    code: Exit,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_odd(monkeypatch, raising(error)) == code
    assert capsys.readouterr().err.strip() == message


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_odd(monkeypatch, raising(ZeroDivisionError("x")), "--debug") == Exit.FAULT
    assert "Traceback" in capsys.readouterr().err


def test_global_options_may_stand_before_and_after_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[tuple[tuple[str, ...], bool]] = []
    act = lambda: seen.append((settings().banks, settings().color))  # noqa: E731
    monkeypatch.setattr(cli, "main_group", lambda: with_options(Odd(act)))
    folder = str(tmp_path)
    cli.run(["--bank", folder, "--no-color", "act"])
    cli.run(["act", "--bank", folder, "--no-color"])
    assert seen == [((folder,), False)] * 2


def test_public_names_are_sorted_and_exist() -> None:
    assert chainrule.__all__ == sorted(chainrule.__all__)
    for name in chainrule.__all__:
        assert getattr(chainrule, name).__name__ == name
    assert set(chainrule.__all__) <= set(dir(chainrule))


def test_the_example_of_the_package_works() -> None:
    variant = chainrule.load_bank().family("convolution.output-size").draw(7)
    assert chainrule.grade(variant.parts[0], variant.parts[0].answer_text).outcome == "right"
    assert chainrule.grade(variant.parts[0], "-1").outcome == "wrong"


@pytest.mark.parametrize(
    ("words", "variables", "styled"), [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False)]
)
def test_a_terminal_shows_styles_unless_they_are_unwanted(
    words: list[str], variables: dict[str, str], styled: bool
) -> None:
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment = {**inherited, **variables, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    command = [sys.executable, "-P", "-m", "chainrule", *words, "check", "x", "2*x", "--symbol", "x"]
    master, slave = pty.openpty()
    process = subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave, env=environment)
    os.close(slave)
    assert process.wait(60) == Exit.NOT_RIGHT
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "Wrong." in shown
    assert ("\x1b[" in shown) == styled


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'chainrule' has no attribute 'grde'"):
        _ = chainrule.grde  # type: ignore[attr-defined]
