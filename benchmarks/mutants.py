"""Every mutant of every model answer, judged: how many are found out.

    python benchmarks/mutants.py            all code questions
    python benchmarks/mutants.py ID ...     those named

A mutant that is right is judged again for other variants; where it is right there too, it computes the same as the
model answer and is listed as such.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutants_judged import FAMILIES, survivors  # noqa: E402

from grader.sandbox import Sandbox  # noqa: E402


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    total = passed = same = 0
    with Sandbox() as sandbox:
        for name in sys.argv[1:] or FAMILIES:
            found = survivors(name, sandbox)
            wrong = found.tried - len(found.same)
            say(f"{name:42} {wrong - len(found.passed):4} of {wrong:4} found out, {len(found.same):3} compute the same")
            for what in found.passed:
                say(f"    RIGHT ALTHOUGH WRONG  {what}")
            for what in found.same:
                say(f"    the same              {what}")
            total, passed, same = total + found.tried, passed + len(found.passed), same + len(found.same)
    say(f"{total - same - passed} of {total - same} mutants found out, {same} compute the same")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
