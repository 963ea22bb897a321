"""`python -m chainrule` and the `chainrule` command: cleans the import path, then hands over to the CLI.

`python -m` puts the current folder first on the import path. A learner's folder may hold a `grader.py`, a
`numpy.py` or a `questions/`, and nothing of that may ever be imported, here or in a process started from here.
So the path is cleaned before any other import. (`os` and `sys` are loaded by Python itself before this point.)
"""

import os
import sys


def _leave_current_folder() -> None:
    """Takes the current folder off the import path, unless it is the folder that Chainrule itself lies in."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib is an import
    try:
        here = os.getcwd()  # noqa: PTH109
    except FileNotFoundError:  # the folder was deleted: nothing can be imported from it
        here = ""
    path = [entry for entry in sys.path if entry not in {"", ".", here}]
    sys.path[:] = [home, *path] if here == home else path
    os.environ["PYTHONSAFEPATH"] = "1"  # for every Python started from here


_leave_current_folder()


def main() -> int:
    """Runs the command line; returns the exit code."""
    from chainrule.cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
