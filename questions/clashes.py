"""A name means one thing in a family."""

from __future__ import annotations

import re

from questions import draws
from questions.document import Document
from questions.faults import Fault, FaultError
from questions.schema import FamilySpec


def refuse_clashes(spec: FamilySpec, document: Document) -> None:
    """Raises `FaultError` where two sections declare the same name."""
    places: dict[str, str] = {}
    faults: list[Fault] = []
    declared = [
        *((name, "draw") for name in draws.names(spec.draw)),
        *((name, "let") for name in spec.let),
        *((name, "symbols") for name in spec.symbols),
        *((name, "indices") for name in spec.indices),
        *((name, "forward") for name in _program_names(spec.forward or "")),
    ]
    for name, section in declared:
        if name in places:
            message = f"{name!r} is declared in {places[name]} and in {section}; a name means one thing"
            faults.append(document.fault((section, name), message, at_key=True))
        places[name] = section
    if faults:
        raise FaultError(faults)


def _program_names(text: str) -> list[str]:
    found = (re.match(r"\s*(\w+)\s*=", line) for line in text.splitlines())
    return [match[1] for match in found if match]
