"""Code that is still what was handed out."""

import time

import pytest

from chainrule.untouched import bare_statements, is_untouched

STARTER = 'import numpy as np\n\n\ndef f(x):\n    """What it does."""\n    y = 2*x\n    ...\n'


@pytest.mark.parametrize(
    ("code", "untouched"),
    [
        (STARTER, True),
        (f'"""Start."""\n# mine\n{STARTER}\n', True),
        ("import torch\n\ndef f(x, y):\n    pass", True),
        (STARTER.replace("...", "return y"), False),
        ("x = 1\ndef f(x):\n    ...", False),
        ("", False),
        ("def f(x):\n    pass  # later", True),
        ("def f(x): ...", True),
        ("def f(x):\n    try:\n        return 1 / x\n    except ZeroDivisionError:\n        pass", False),
        ("def f(x):\n    for y in x: ...\n    return 1", False),
    ],
)
def test_what_is_untouched(code: str, untouched: bool) -> None:
    assert is_untouched(code, STARTER, "f") is untouched


def test_comments_alone_are_left_out() -> None:
    code = "x = [1,  # one\n  # two\n  '#3', 4]  # all\ny = '''a # b\n# c'''\n"
    assert bare_statements(code) == ["x = [1,\n  '#3', 4]", "y = '''a # b\n# c'''"]


def test_long_functions_are_read_in_time() -> None:
    begun = time.process_time()
    assert len(bare_statements("def f():\n" + " x\n" * 300_000)) == 1
    assert time.process_time() - begun < 3
