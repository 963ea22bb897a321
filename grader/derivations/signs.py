"""Signs of derivatives, such as `dL/dz`, `∂L/∂z`, `∇_z L` and those of LaTeX, become names that formulas can use."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from grader.formula import parser
from grader.formula.errors import Unreadable
from grader.formula.syntax import Name

_D = r"(?:d|∂|\\partial\b\s*|\\mathrm\{d\}\s*|\\operatorname\{d\}\s*)"
_LEVEL = re.compile(r"(?<=[\w}])\^\{?\s*[(\[](\w{1,3})[)\]]\s*\}?")  # W^{(1)}, z^{[2]}
_NAME = r"(?:\\[A-Za-z]+\s*(?:\{\s*\w+\s*\})?|[^\W\d_]\w*)(?:_\{\s*\w+\s*\})?"
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\\[dt]?frac\s*\{{\s*{_D}\s*(?P<of>{_NAME})\s*\}}\s*\{{\s*{_D}\s*(?P<by>{_NAME})\s*\}}",
        rf"(?<![\w\\]){_D}(?P<of>{_NAME})\s*/\s*{_D}(?P<by>{_NAME})(?!\w)",
        rf"(?:\\nabla|∇)\s*_\s*(?:\{{\s*(?P<by>{_NAME})\s*\}}|(?P<bare>{_NAME}))\s*(?P<of>{_NAME})?",
    )
)
_PREFIXES = ("grad_", "d_", "d")
_SUFFIXES = ("_grad", "_bar")


@dataclass(frozen=True)
class Signs:
    """The derivatives of `of` that a derivation may name. names: of everything that one can be taken by."""

    of: str
    names: Collection[str]

    def plain(self, text: str) -> str:
        """The text with each sign of a derivative as a name: `dz` for d of/dz, `dy_dz` for others."""
        text = _LEVEL.sub(r"_{\1}", text)
        for pattern in _SIGNS:
            text = pattern.sub(self._named, text)
        return text

    def _named(self, found: re.Match[str]) -> str:
        groups = found.groupdict()
        by = self.known(groups["by"] or groups.get("bare") or "")
        of = self.known(groups["of"]) if groups["of"] else self.of
        if not of or not by:
            return found[0]
        return f" {gradient_id(by)} " if of == self.of else f" {local_id(of, by)} "

    def known(self, text: str) -> str:
        """The name of the program that the text spells; ''."""
        name = name_of(text)
        return next((n for n in (name, name.replace("_", "")) if n in self.names), "")

    def claimed(self, name: str) -> str:
        """What a name says that it is the gradient at: `z` for `dz`, `grad_z`, `z_grad`; ''."""
        ends = [name.removeprefix(p) for p in _PREFIXES if name.startswith(p)]
        ends += [name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)]
        ends += [name.removeprefix(f"d{self.of}{joint}") for joint in ("_d", "d") if name.startswith(f"d{self.of}")]
        candidates = (n for end in ends for n in (end, end.lstrip("_"), end.replace("_", "")))
        return next((n for n in candidates if n in self.names), "")


def gradient_id(by: str) -> str:
    """The name under which a derivation knows the gradient at `by`."""
    return f"d{by}"


def local_id(of: str, by: str) -> str:
    """The name of d of/d by where `of` is not the target."""
    return f"d{of}_d{by}"


def name_of(text: str) -> str:
    """The name that the text spells, such as `delta_2` for `\\delta_{2}`; '' where it is no name."""
    try:
        found = parser.parse(text.strip(), declared=frozenset())
    except Unreadable:
        return ""
    return found.name if isinstance(found, Name) else ""
