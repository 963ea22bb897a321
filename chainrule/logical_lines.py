"""Python text cut where statements begin: quoted text, brackets and backslashes carry a line on."""

from __future__ import annotations

from collections.abc import Iterator

_QUOTES = ('"""', "'''", '"', "'")
_OPEN, _CLOSE = "([{", ")]}"


def logical_lines(source: str) -> Iterator[str]:
    """The text in pieces that begin with a statement, each with all its lines and without the last line break."""
    piece: list[str] = []
    state = LineState()
    for line in source.split("\n"):
        piece.append(line)
        state.read(line)
        if not state.inside:
            yield "\n".join(piece)
            piece = []
    if piece:
        yield "\n".join(piece)


class LineState:
    """What is open at the end of a line: a quotation, brackets, or a backslash. comment: where one begins in it."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0
        self.backslash = False
        self.comment: int | None = None

    @property
    def inside(self) -> bool:
        """True where the next line belongs to the same statement."""
        return bool(self.quote) or self.depth > 0 or self.backslash

    def read(self, line: str) -> None:
        """Takes one more line."""
        self.backslash = False
        self.comment = None
        place = 0
        while place < len(line):
            place = self._quoted(line, place) if self.quote else self._plain(line, place)
        if len(self.quote) == 1 and not self.backslash:
            self.quote = ""  # a quotation that is never closed ends with its line: Python will say so

    def _quoted(self, line: str, place: int) -> int:
        if line[place] == "\\":
            self.backslash = place == len(line) - 1
            return place + 2
        if line.startswith(self.quote, place):
            place += len(self.quote)
            self.quote = ""
            return place
        return place + 1

    def _plain(self, line: str, place: int) -> int:
        letter = line[place]
        if letter == "#":
            self.comment = place
            return len(line)
        for quote in _QUOTES:
            if line.startswith(quote, place):
                self.quote = quote
                return place + len(quote)
        if letter in _OPEN:
            self.depth += 1
        elif letter in _CLOSE:
            self.depth = max(0, self.depth - 1)
        self.backslash = letter == "\\" and place == len(line) - 1
        return place + 1
