"""Exams on a server: its questions as a file to fill in, and the answers of that file saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chainrule import files
from chainrule.files import InputError
from chainrule.quizfile import inside
from chainrule.remote.errors import RemoteError
from chainrule.typed_answers import quote_answers
from grader.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.remote.client import Remote

FORMAT = 1
PAUSE, TRIES = 2.0, 300  # seconds between looks at an exam that is graded, and how many
HEADER = """\
# Answers to an exam. Write each one after its "answer:", as in a quiz file; for code and derivations write
# answer: |  and the lines below it, further to the right, or name a file: answer: {file: my_code.py}
# Then run: chainrule submit FILE --server URL --exam FORM, as often as you like, and once with --hand-in.
"""


@dataclass(frozen=True)
class SavedPart:
    """A part whose answer is kept. reading: how it is understood. changed: False where it was kept like that before."""

    name: str
    reading: str
    changed: bool


def exam_of(remote: Remote, form: str) -> Any:
    """The exam as it stands."""
    return remote.get(f"/exams/{quote(form.strip().upper(), safe='')}")


def assigned_form(remote: Remote, assignment: str, *, begin: bool) -> str:
    """The form of one's exam for an assignment. begin: begins it, and its clock. Raises InputError."""
    if begin:
        return str(remote.post(f"/assignments/{quote(assignment, safe='')}/begin")["form"])
    known = {one["id"]: one for one in remote.get("/exams")["assignments"]}
    if assignment not in known:
        listed = "; ".join(f"{one['id']} ({one['title']})" for one in known.values()) or "none"
        raise InputError(f"there is no assignment {assignment!r} for you; there is: {listed}")
    if not known[assignment]["form"]:
        raise InputError(f"{known[assignment]['title']} is not begun; --begin begins it, and its clock")
    return str(known[assignment]["form"])


def check_open(exam: Any) -> None:
    """Raises RemoteError for an exam that is over."""
    if exam["phase"] != "open":
        raise RemoteError(f"the exam {exam['form']} ({exam['title']}) is over; nothing is taken any more")


def blank(exam: Any) -> str:
    """The questions of an exam as a file to fill in, with the answers that are saved there."""
    return "\n".join([HEADER, f"exam: {FORMAT}", f"form: {exam['form']}", "parts:", *_lines(exam)]) + "\n"


def _lines(exam: Any) -> Iterator[str]:
    for name, part in _parts(exam).items():
        yield f"  - name: {name}"
        yield from _block("prompt", "\n".join(_asked(part)))
        if part["starter"]:
            yield from _block("starter", part["starter"])
        yield from _block("answer", part["answer"]) if part["answer"] else ("    answer:",)
        yield ""


def _asked(part: Any) -> Iterator[str]:
    yield part["prompt"]["text"]
    if part["picture"]:
        yield part["picture"]["text"]
    yield from (f"  {option['label']}) {option['text']}" for option in part["options"])
    for symbol in part["symbols"]:
        shape = f": of shape ({', '.join(symbol['shape'])})" if symbol["shape"] else ": a number"
        yield f"  with {symbol['name']}{shape}" + (f", {symbol['domain']}" if symbol["domain"] else "")
    yield part["ask"]


def _block(key: str, text: str) -> Iterator[str]:
    yield f"    {key}: |2"
    yield from (f"      {line.rstrip()}".rstrip() for line in text.rstrip().split("\n"))


def read_answers(path: Path, exam: Any) -> Mapping[str, str]:
    """Answers by the names of their parts; those that are empty are left out. Raises InputError."""
    from questions.strict_yaml import load

    data = load(quote_answers(files.read(path)), str(path)).data
    if not isinstance(data, dict) or data.get("exam") != FORMAT or not isinstance(data.get("parts"), list):
        raise InputError(
            f"{path}: no answers to an exam; `chainrule submit FILE --exam FORM --blank` writes such a file"
        )
    if str(data.get("form", exam["form"])) != exam["form"]:
        raise InputError(f"{path}: holds answers to the exam {data['form']}, not to {exam['form']}")
    found = {}
    for one in data["parts"]:
        name, known = str(one.get("name")) if isinstance(one, dict) else "", _parts(exam)
        if name not in known:
            raise InputError(f"{path}: the exam has no part {name!r}; its parts: {', '.join(known)}")
        if answer := _answer(path, name, one.get("answer"), known[name]):
            found[name] = answer
    return found


def _answer(path: Path, name: str, written: Any, part: Any) -> str:
    match written:
        case None:
            return ""
        case str():
            return written if "\n" in written else written.strip()
        case int() | float():
            return str(written)
        case {"file": str(file)} if len(written) == 1:
            try:
                return files.read(inside(path.parent, file))
            except ChainruleError as error:
                raise InputError(f"{path}: {name}: {error}") from None
    raise InputError(f"{path}: {name}: an answer is text, or {{file: NAME}}; put quotes around it")


def save(remote: Remote, exam: Any, answers: Mapping[str, str]) -> Iterator[SavedPart]:
    """Saves the answers one by one. Raises RemoteError for the first that is not taken: those before it are kept."""
    parts = _parts(exam)
    for name, answer in answers.items():
        part = parts[name]
        address = f"/exams/{exam['form']}/{part['number']}/{quote(part['id'], safe='')}"
        kept = remote.put(address, {"answer": answer})
        yield SavedPart(name, kept["reading"], changed=part["answer"] != answer)


def hand_in(remote: Remote, form: str, waits: Callable[[int], None]) -> Any:
    """The exam handed in, and graded unless that takes too long. waits: is told how many are graded before it."""
    exam = remote.post(f"/exams/{form}/hand-in")
    for _ in range(TRIES):
        if exam["phase"] != "grading":
            break
        waits(exam["ahead"])
        remote.pause(PAUSE)
        exam = exam_of(remote, form)
    return exam


def report_of(remote: Remote, exam: Any) -> Any:
    """The report on an exam whose report is shown."""
    return remote.get(f"/exams/{exam['form']}/report")


def _parts(exam: Any) -> dict[str, Any]:
    """Every part by its name, with the number of its question."""
    pairs = ((question["number"], part) for question in exam["questions"] for part in question["parts"])
    return {part["name"]: {**part, "number": number} for number, part in pairs}
