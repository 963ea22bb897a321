"""The proving process: reads pairs of formulas as JSON lines, answers `true` or `false` for each."""

from __future__ import annotations

import json
import signal
import sys

LONGEST = 60.0  # seconds for one proof: whoever asked for it has ended this process before, or is gone


def main() -> None:
    """Announces `ready`, then answers until the input ends."""
    from grader.formula.symbolic import proves_equal
    from grader.formula.transport import formula_of

    _say("ready")
    for line in sys.stdin:
        answer, key = json.loads(line)
        _end_after(LONGEST)
        try:
            shown = proves_equal(formula_of(answer), formula_of(key))
        except Exception:  # a proof that breaks shows nothing
            shown = False
        _end_after(0)
        _say("true" if shown else "false")


def _end_after(seconds: float) -> None:
    """Ends this process after so many seconds, whatever it does then; 0: not any more."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
