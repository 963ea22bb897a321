"""The mathematics font for many pages of one class: cut once for what most of them draw."""

from __future__ import annotations

import html
from string import ascii_lowercase

from markupsafe import Markup

from chainrule.font import MATH, TAG, font_face, font_path

MOST = 100  # fonts of single pages that draw more; beyond these they use the reader's own font for it
TYPED = ascii_lowercase + "−·×⊙⊤∑∏√∥≤≥∈∂"  # in formulas that students type, beside what the question shows


class ClassFonts:
    """Fonts by what pages draw. shown: HTML of all that is asked."""

    def __init__(self, shown: str) -> None:
        self._path = font_path()
        self._usual = frozenset(_drawn(shown) + TYPED)
        self._fonts: dict[frozenset[str], Markup] = {}

    def face(self, page: str) -> Markup:
        """The rule for the page's stylesheet; '' without mathematics."""
        drawn = frozenset(_drawn(page))
        if not drawn:
            return Markup()
        wanted = self._usual if drawn <= self._usual or len(self._fonts) >= MOST else self._usual | drawn
        if wanted not in self._fonts:
            text = html.escape("".join(sorted(wanted)))
            self._fonts[wanted] = font_face(f"<math>{text}</math>", self._path)
        return self._fonts[wanted]


def _drawn(page: str) -> str:
    return "".join(html.unescape(TAG.sub("", element)) for element in MATH.findall(page))
