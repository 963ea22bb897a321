"""The process that makes sheets for a server: a topic comes in on a line, its pieces go out on one, as JSON.

Making all sheets takes half a minute of a processor, which pages shall not feel. `python -m` it with the folders of the
banks, none for the shipped one.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from chainrule.web.sheet_pieces import Maker

NICE = 19


def main() -> None:
    """Answers until there are no more lines."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    maker = Maker([Path(folder) for folder in sys.argv[1:]] or None)
    with suppress(BrokenPipeError):  # the server was killed
        for line in sys.stdin:
            print(json.dumps(_answer(maker, line.strip())), flush=True)  # noqa: T201


def _answer(maker: Maker, topic: str) -> dict[str, str]:
    try:
        return asdict(maker.make(topic))
    except Exception as error:  # whatever is wrong with one sheet, the others are made
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
