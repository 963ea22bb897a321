"""Code in a file that was sent with a form: Python, or a notebook."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.files import InputError
from chainrule.submissions import read_submission
from chainrule.web.refusals import Refused
from chainrule.web.site import site

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from chainrule.submissions import Submission
    from questions.variant import Part

MOST_BYTES = 1_000_000  # a notebook carries its outputs
KINDS = {".py", ".ipynb", ".txt"}


def uploaded(file: FileStorage, part: Part) -> str:
    """The code in it. Raises Refused, with the remedy, for what is no code."""
    return submitted(file, part).code


def submitted(file: FileStorage, part: Part, question: str = "") -> Submission:
    """The code in it, with what is to be said about the choice. question: by whose id a notebook tags its cells.

    Raises Refused as above.
    """
    suffix = Path(file.filename or "").suffix.lower()
    if suffix not in KINDS:
        raise Refused("That file is neither Python (.py) nor a notebook (.ipynb); send one of these.", 422)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused(f"That file has more than {MOST_BYTES} bytes; clear a notebook's outputs and send it again.", 413)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"  # a name of our own: theirs is never a path here
        path.write_bytes(data)
        try:
            found = read_submission(path, part, question)
        except InputError as error:
            raise Refused(str(error).replace(str(path), "That file"), 422) from None
    if len(found.code) > site().limits.answer:
        raise Refused(f"The code has {len(found.code)} letters; {site().limits.answer} are taken at most.", 413)
    return replace(found, code=found.code.replace("\r\n", "\n"))
