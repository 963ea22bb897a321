"""Python code as tokens that stay the same where names, numbers, texts, comments and imports are changed.

The text is read by one regular expression: whatever was handed in has tokens, and nothing is parsed or run.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 100_000  # letters of one submission that are read

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | (?P<text>(?i:[rbfu]{0,2})(?:\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\\?\Z)|'''(?:[^\\]|\\.)*?(?:'''|\\?\Z)
        |"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?))
    | (?P<number>\.?\d(?:[eE][+-]?\d|[\w.])*)
    | (?P<name>[^\W\d]\w*)
    | (?P<end>\n|;)
    | (?P<blank>[^\S\n]+|\\\n)
    | (?P<sign>\*\*=?|//=?|[-+*/%@&|^<>=!:]=|->|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins))
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """A normalised token and the line, from 1, on which it stands."""

    text: str
    line: int


def tokens(code: str, *, written: bool = False) -> list[Token]:
    """The tokens of the code, of its first `MOST` letters: own names as `n`, numbers as `1`, texts as `s`.

    written: names, numbers and texts stay as they are instead.

    Words of the language, built-in functions and what stands after a dot stay, since renaming cannot change them;
    not so after `self.`. Comments, imports, and statements that are a text alone are left out.
    """
    kept = (statement for statement in _statements(code[:MOST]) if not _says_nothing(statement))
    if written:
        return [Token(text, line) for statement in kept for _, text, line in statement]
    return [token for statement in kept for token in _normalised(statement)]


Raw = tuple[str, str, int]  # kind, text, line


def _statements(code: str) -> Iterator[list[Raw]]:
    """The tokens cut where statements end, outside brackets."""
    line, depth, statement = 1, 0, list[Raw]()
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[0]
        if kind == "sign":
            depth = max(0, depth + (text in _OPEN) - (text in _CLOSE))
        if kind == "end" and not depth:
            yield statement
            statement = []
        elif kind not in {"comment", "blank", "end"}:
            statement.append((kind, text, line))
        line += text.count("\n")
    yield statement


def _says_nothing(statement: list[Raw]) -> bool:
    kinds = {kind for kind, _, _ in statement}
    return kinds <= {"text"} or statement[0][1] in {"import", "from"}


def _normalised(statement: list[Raw]) -> Iterator[Token]:
    earlier, before = "", ""
    for kind, text, line in statement:
        if kind == "text":
            yield Token("s", line)
        elif kind == "number":
            yield Token("1", line)
        elif kind == "name" and text not in _KEPT and (before != "." or earlier == "self"):
            yield Token("n", line)
        else:
            yield Token(text, line)
        earlier, before = before, text


def without_words(code: str) -> str:
    """The code with what is said in it, in comments and texts, left out: they may hold names. Lines stay lines."""
    return _TOKEN.sub(_wordless, code)


def _wordless(match: re.Match[str]) -> str:
    text = match[0]
    match match.lastgroup:
        case "comment":
            return "# …"
        case "text":
            return "'…'" + "\n" * text.count("\n")
    return text
