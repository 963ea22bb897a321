"""The proving process: reads pairs of formulas as JSON lines, answers `true` or `false` for each."""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Announces `ready`, then answers until the input ends."""
    from grader.formula.symbolic import proves_equal
    from grader.formula.transport import formula_of

    _say("ready")
    for line in sys.stdin:
        answer, key = json.loads(line)
        try:
            shown = proves_equal(formula_of(answer), formula_of(key))
        except Exception:  # a proof that breaks shows nothing
            shown = False
        _say("true" if shown else "false")


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
