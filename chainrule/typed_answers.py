"""Answers in a quiz file are taken as typed: whoever answers need not know when YAML wants quotes.

`answer: [N, K]`, `answer: -y/p` and `answer: @x` mean something else, or nothing, to YAML, and one unreadable line
would cost the whole file. So the text after `answer:` is put in quotes before YAML reads the file, unless it is
quoted already, opens a block (`|`), or names a file (`{file: conv.py}`). As in YAML, ` #` begins a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_BLOCK = r"[|>][-+0-9]{0,2}\s*(#.*)?$"
_KEY = re.compile(r"(?P<lead>\s*(?:- )?)(?P<name>[A-Za-z_]+):(?P<gap>\s+|$)(?P<rest>.*)$")
_QUOTED = re.compile(r"(\"([^\"\\]|\\.)*\"|'([^']|'')*')\s*(#.*)?$")
_FILE = re.compile(r"\{\s*file\s*:\s*(?P<path>[^\s\"'}][^},]*?)\s*\}\s*(#.*)?$")
_ANY_FILE = re.compile(r"\{\s*file\s*:")


def quote_answers(text: str) -> str:
    """The YAML text of a quiz with its one-line answers in quotes. It has as many lines as before."""
    lines = text.replace("\r\n", "\n").split("\n")
    block: int | None = None  # the column of the key whose block of text these lines are
    for index, line in enumerate(lines):
        if block is not None and (not line.strip() or _column(line) > block):
            continue
        block = None
        found = _KEY.match(line)
        if found is None:
            continue
        column = len(found["lead"])
        if re.match(_BLOCK, found["rest"]):
            block = column
        elif found["name"] == "answer" and not _continues(lines[index + 1 :], column):
            lines[index] = f"{found['lead']}answer:{found['gap']}{_quoted(found['rest'])}"
    return "\n".join(lines)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _continues(following: Iterable[str], column: int) -> bool:
    """True where the next line with text belongs to the value, which is then YAML's to read."""
    for line in following:
        if line.strip():
            return _column(line) > column and not line.lstrip().startswith("#")
    return False


def _quoted(rest: str) -> str:
    if not rest or rest.startswith("#") or _QUOTED.match(rest):
        return rest
    if found := _FILE.match(rest):
        return f"{{file: {json.dumps(found['path'], ensure_ascii=False)}}}"
    if _ANY_FILE.match(rest):
        return rest
    typed = re.split(r"\s#", rest, maxsplit=1)[0].strip()
    return json.dumps(typed, ensure_ascii=False)
