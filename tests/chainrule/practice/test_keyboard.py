"""The keyboard: a warning in the middle of a line leaves the line to be seen."""

from __future__ import annotations

import sys
from io import StringIO
from types import SimpleNamespace

import pytest

from chainrule.keyboard import Keyboard


class Terminal(StringIO):
    """A stdin that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_what_is_being_typed_stands_below_a_warning_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setitem(sys.modules, "readline", SimpleNamespace(get_line_buffer=lambda: "X.T @ "))
    keyboard = Keyboard()

    def typing(prompt: str) -> str:
        keyboard.say("1 minute left.")
        return "X.T @ r"

    monkeypatch.setattr("builtins.input", typing)
    assert keyboard.read() == "X.T @ r"
    keyboard.say("Saved.")
    assert capsys.readouterr().out == "1 minute left.\n> X.T @ Saved.\n"
