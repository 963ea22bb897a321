"""Strict YAML: plain data with the place of every value, and nothing read as something it does not say.

Read from PyYAML's event stream with an explicit stack, so that neither nesting nor aliases can cost more than
the limits below. The differences from PyYAML's safe loader:

    yes, no, on, off     text (only `true` and `false` are truth values)
    1e-5                 a number
    1:30, 010, 2024-01-01, 0x1F    text
    a key given twice    a fault
    anchors, aliases, tags, merge keys, a second document    faults
    {key: max(x, 0)}     a fault: YAML would cut the formula at its comma; it wants quotes
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from questions.document import Document, Path, Place
from questions.faults import Fault, FaultError

MAX_CHARACTERS = 200_000
MAX_DEPTH = 20
MAX_VALUES = 20_000
MAX_DIGITS = 30

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+|(?<=[0-9])\.)?([eE][-+]?[0-9]{1,3})?")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What may stand unquoted inside [ ] and { }: numbers, and words with dots, dashes and spaces between them.
_FLOW_WORDS = re.compile(r"[-+]?[\w.]+([- ][\w.]+)*")


def load(text: str, file: str) -> Document:
    """`text` as a `Document`; raises `FaultError` naming file, line and column."""
    _refuse_oversize(text, file)
    try:
        return _Builder(text, file).document()
    except yaml.MarkedYAMLError as error:
        raise FaultError([_syntax_fault(error, text, file)]) from None


def _refuse_oversize(text: str, file: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise FaultError([Fault(file, 0, 0, f"{len(text)} characters; at most {MAX_CHARACTERS} are read")])
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise FaultError([Fault(file, line, column, f"the control character {found.group()!r}; delete it")])


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context = f"{error.context}: " if error.context else ""
    lines = text.splitlines()
    culprit = lines[line] if line < len(lines) else ""
    if re.search(r"(:|-)\s+[{\[].*[}\]]\s*\S", culprit):
        remedy = "; a text that begins with a bracket or brace wants quotes"
    elif "\t" in culprit:
        remedy = "; indent with spaces, not tabs"
    elif re.search(r":\s+[^'\"|>].*: ", culprit):
        remedy = "; a text with ': ' in it wants quotes"
    else:
        remedy = ""
    return Fault(file, line + 1, column + 1, f"not YAML: {context}{error.problem}{remedy}")


@dataclass
class _Open:
    """A collection that is being filled: its path, its value, and the key that waits for a value."""

    path: Path
    value: dict[str, Any] | list[Any]
    flow: bool
    key: str | None = None


class _Builder:
    """Builds one document from its events."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.stack: list[_Open] = []
        self.root: Any = None
        self.documents = 0
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}

    def document(self) -> Document:
        for event in self._events():
            self._take(event)
        if self.documents == 0:
            raise FaultError([Fault(self.file, 0, 0, "the file is empty")])
        return Document(self.file, self.root, tuple(self.text.splitlines()), self.places, self.keys)

    def _events(self) -> Iterator[Any]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.parse(self.text, Loader=loader)

    def _take(self, event: Any) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._refuse(event, "a second document begins; one file holds one")
            case yaml.AliasEvent():
                self._refuse(event, f"the alias *{event.anchor}; write its value out")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
            case yaml.ScalarEvent():
                self._scalar(event)

    def _refuse(self, event: Any, message: str) -> None:
        mark = event.start_mark
        raise FaultError([Fault(self.file, mark.line + 1, mark.column + 1, message)])

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, f"the anchor &{event.anchor}; aliases are not part of this format")
        if event.tag:
            self._refuse(event, f"the tag {event.tag}; values here carry no tags, delete it")

    def _open(self, event: Any) -> None:
        self._refuse_extras(event)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._refuse(event, "a collection as a key; quote it if it is text")
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, f"nested more than {MAX_DEPTH} deep")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._attach(value, event, Place(event.start_mark.line + 1, event.start_mark.column + 1))
        self.stack.append(_Open(path, value, bool(event.flow_style)))

    def _scalar(self, event: Any) -> None:
        self._refuse_extras(event)
        flow = bool(self.stack) and self.stack[-1].flow
        if flow and not event.style:
            self._refuse_cut_formula(event)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._key(event)
            return
        if flow and not event.style and event.value == "":
            key = self.stack[-1].key
            self._refuse(event, f"{key!r} has no value; quote a text that holds commas or braces")
        mark = event.start_mark
        block = event.style in ("|", ">")
        quoted = event.style in ("'", '"')
        value = event.value if block or quoted else self._plain(event)
        self._attach(value, event, Place(mark.line + 1, mark.column + 1, quoted, block))

    def _refuse_cut_formula(self, event: Any) -> None:
        if event.value and not _FLOW_WORDS.fullmatch(event.value):
            text = event.value
            self._refuse(event, f"{text!r} stands unquoted inside [ ] or {{ }}, where commas cut; quote it")

    def _key(self, event: Any) -> None:
        owner = self.stack[-1]
        path = (*owner.path, event.value)
        if event.value == "<<":
            self._refuse(event, "a merge key; write the fields out")
        if path in self.keys:
            first = self.keys[path].line
            self._refuse(event, f"the key {event.value!r} is given twice, first on line {first}; keep one")
        self.keys[path] = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        owner.key = event.value

    def _plain(self, event: Any) -> Any:
        """An unquoted scalar as number, truth value, None or text."""
        text: str = event.value
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if not re.match(r"[-+.0-9]", text) or not _NUMBER.fullmatch(text) or not re.search("[0-9]", text):
            return text
        if len(text) > MAX_DIGITS:
            self._refuse(event, f"a number of {len(text)} characters; at most {MAX_DIGITS} are read")
        number = int(text) if _INTEGER.fullmatch(text) else float(text)
        if number in (float("inf"), float("-inf")):
            self._refuse(event, f"the number {text} is too large")
        return number

    def _attach(self, value: Any, event: Any, place: Place) -> Path:
        """The path under which `value` now stands in the collection being filled."""
        path: Path = ()
        if self.stack:
            path = self._append(self.stack[-1], value)
        else:
            self.root = value
        self.places[path] = place
        if len(self.places) > MAX_VALUES:
            self._refuse(event, f"more than {MAX_VALUES} values in one file")
        return path

    def _append(self, owner: _Open, value: Any) -> Path:
        if isinstance(owner.value, list):
            owner.value.append(value)
            return (*owner.path, len(owner.value) - 1)
        assert owner.key is not None
        path = (*owner.path, owner.key)
        owner.value[owner.key] = value
        owner.key = None
        return path
