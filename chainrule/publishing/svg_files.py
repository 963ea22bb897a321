"""Pictures as SVG files that stand alone: with the colours that our pages give them, on white."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg

if TYPE_CHECKING:
    from solutions.drawings import Drawing

CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
USED = re.compile(r'class="([^"]*)"')
SIZES = re.compile(r'viewBox="0 0 (\d+) (\d+)" width="(\d+)"')


class Pictures:
    """Collects the pictures of an export; each gets a name by its content.

    source: the address in `<img>` for a name.
    """

    def __init__(self, source: Callable[[str], str]) -> None:
        self.files: dict[str, bytes] = {}
        self._source = source

    def image(self, drawing: Drawing) -> Markup:
        """The picture as an `<img>`, with what it shows in words."""
        return self.drawn(picture_svg(drawing), picture_text(drawing))

    def drawn(self, svg: Markup, label: str) -> Markup:
        """An SVG of ours as an `<img>`."""
        content = standalone(svg)
        name = f"picture-{hashlib.sha256(content).hexdigest()[:16]}.svg"
        self.files[name] = content
        told = "; ".join(" ".join(line.split()) for line in label.splitlines() if line.strip())
        return Markup('<p><img src="{}" alt="{}"></p>').format(self._source(name), told)

    def taken(self) -> dict[str, bytes]:
        """The pictures since the last call."""
        files, self.files = self.files, {}
        return files


def standalone(svg: Markup) -> bytes:
    """The SVG as a file, with the rules of our stylesheet that it uses."""
    used = {name for names in USED.findall(svg) for name in names.split()}
    style = "".join(rule for rule in _rules() if _concerns(rule, used))
    head, body = str(svg).split(">", 1)
    head = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    size = SIZES.search(head)
    if size:
        head = head.replace(size[0], f'{size[0]} height="{size[2]}"')
    ground = '<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>'
    return f"{head}><style>{style}</style>{ground}{body}\n".encode()


def _concerns(rule: str, used: set[str]) -> bool:
    """True for the rule of colours, and for those of which every class occurs in the picture; for no `@media`."""
    selector = rule.partition("{")[0]
    if selector == ":root":
        return True
    return any(names and names <= used for names in (set(CLASS.findall(one)) for one in selector.split(",")))


def _rules() -> Iterator[str]:
    """The rules of our stylesheet, those within `@media` as one."""
    from chainrule.pages import stylesheet

    depth, begin = 0, 0
    text = stylesheet()
    for place, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "}" and depth == 0:
            rule, begin = text[begin : place + 1].strip(), place + 1
            yield rule.replace("color-scheme: light dark;", "")
