"""A quiz as a YAML file with places for answers: written here, filled in by hand, read back.

quiz: 1                          # version of this format
title: Quiz
seed: 7
items:
  - question: convolution.output-size
    version: 3f2a...             # of the family's file; values: what was drawn
    seed: 512
    values: {"n": 28, "k": 3}
    parts:
      - id: width
        prompt: |
          A 3 × 3 kernel ...
        answer: 26               # or a block of text, or {file: my_code.py}, a file or notebook beside this one
        given_up: true           # only where an answer that is not right was left for good; --resume asks the others
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chainrule import files
from chainrule.quiz import Quiz
from chainrule.quiz_data import FORMAT, encoded, quiz_data
from chainrule.submissions import read_submission
from chainrule.typed_answers import quote_answers
from chainrule.wording import how_to_answer, part_text
from grader.errors import AuthorError, ChainruleError

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.variant import Part, Variant

Place = tuple[int, str]  # the number of an item, from 1, and the id of a part

HEADER = """\
# A Chainrule quiz. Write each answer after its "answer:", for example
#     answer: X.T @ (p - y)
# Code and derivations: write  answer: |  and the lines below it, further to the right; or name a file of code:
#     answer: {file: my_code.py}
"""
THEN = "# Then run: chainrule grade FILE\n"  # which tells right answers, and needs the seeds


@dataclass(frozen=True)
class Answered:
    """A quiz with what was answered, as typed.

    problems: what could not be used, each with its place, by part; such a part is not judged.
    lost: items that could not be drawn again. given_up: parts answered, not right, and left for good.
    """

    quiz: Quiz
    answers: Mapping[Place, str] = field(default_factory=dict)
    problems: Mapping[Place, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    given_up: frozenset[Place] = frozenset()


def write_quiz(
    path: Path, quiz: Quiz, answers: Mapping[Place, str] | None = None, given_up: Collection[Place] = ()
) -> None:
    """Writes the quiz with the answers given so far; the file is replaced as a whole."""
    files.write(path, quiz_text(quiz, answers or {}, given_up))


def quiz_text(
    quiz: Quiz, answers: Mapping[Place, str], given_up: Collection[Place] = (), *, sealed: bool = False
) -> str:
    """The quiz as YAML. sealed: as in `quiz_data`."""
    data = quiz_data(quiz, sealed=sealed)
    items = data.pop("items")
    lines = [HEADER if sealed else HEADER + THEN, *_field_lines(data, ""), "items:"]
    for number, (variant, item) in enumerate(zip(quiz.items, items, strict=True), start=1):
        lines += ["", f"  # {number}. {' '.join(variant.title.split())}", f"  - question: {item.pop('question')}"]
        lines += [*_field_lines(item, "    "), "    parts:"]
        for part in variant.parts:
            lines += _part_lines(part, answers.get((number, part.id), ""))
            lines += ["        given_up: true"] * ((number, part.id) in given_up)
    return "\n".join(lines) + "\n"


def _field_lines(fields: Mapping[str, str | int], indent: str) -> Iterator[str]:
    """A line for each field."""
    for name, value in fields.items():
        yield f"{indent}{name}: {_line(value) if isinstance(value, str) else value}"


def _part_lines(part: Part, answer: str) -> Iterator[str]:
    yield f"      - id: {_line(part.id)}"
    yield f"        marks: {part.marks}"
    yield from _text_lines("prompt", _shown(part))
    if part.starter:
        yield from _text_lines("starter", part.starter)
    if "\n" in answer and _plain(answer):
        yield from _text_lines("answer", answer)
    else:
        yield f"        answer: {_line(answer)}" if answer else "        answer:"


def _shown(part: Part) -> str:
    """What the terminal shows: the prompt, options and symbols, and how to answer."""
    try:
        return f"{part_text(part)}\n{how_to_answer(part)}"
    except AuthorError:  # a broken key costs no other part; grading says what is broken
        return part.prompt.text()


def _plain(text: str) -> bool:
    """True where every character may stand in a YAML file as it is."""
    return all(letter.isprintable() or letter in "\n\t" for letter in text)


def _text_lines(key: str, text: str) -> Iterator[str]:
    """A text of several lines as a block, which is read as it is written."""
    lines = [line.rstrip() for line in text.rstrip().split("\n")]
    first = next((line for line in lines if line), "")
    mark = "|2" if first.startswith((" ", "\t")) else "|"  # YAML would count such spaces as the block's own
    yield f"        {key}: {mark}"
    yield from (f"          {line}" if line else "" for line in lines)


def _line(text: str) -> str:
    """The text in quotes on one line, with the escapes of YAML."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def read_quiz(path: Path, bank: Bank) -> Answered:
    """The quiz in the file, or in a notebook that was made of one, drawn again, with the answers written there.

    Raises InputError or AuthorError, which name file and line, where the file as a whole cannot be used.
    One item or answer that cannot be used is listed instead, and the rest is kept.
    """
    from questions.strict_yaml import load

    if path.suffix == ".ipynb":
        from chainrule.quiz_notebook import quiz_in

        return _read(quiz_in(path), path, bank, lambda _: 1)
    document = load(quote_answers(files.read(path)), str(path))
    return _read(document.data, path, bank, lambda index: document.place(("items", index)).line)


def _read(data: Any, path: Path, bank: Bank, line: Callable[[int], int]) -> Answered:
    """The quiz in these values. line: where an item stands in the file."""
    if not isinstance(data, dict) or data.get("quiz") != FORMAT or not isinstance(data.get("items"), list):
        raise files.InputError(f"{path}: not a quiz; `chainrule quiz --save FILE` writes one ('quiz: {FORMAT}')")
    reader = _Reader(bank, path)
    for index, item in enumerate(data["items"]):
        reader.take(item, line=line(index))
    quiz = Quiz(str(data.get("title", "Quiz")), _whole(data.get("seed")), tuple(reader.items))
    return Answered(quiz, reader.answers, reader.problems, tuple(reader.lost), frozenset(reader.given_up))


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


class _Reader:
    """Collects the items of one quiz file."""

    def __init__(self, bank: Bank, path: Path) -> None:
        self.bank = bank
        self.path = path
        self.items: list[Variant] = []
        self.answers: dict[Place, str] = {}
        self.problems: dict[Place, str] = {}
        self.lost: list[str] = []
        self.given_up: set[Place] = set()

    def take(self, item: Any, *, line: int) -> None:
        """Adds one item, or says why it is lost."""
        try:
            variant = self._draw(item)
        except ChainruleError as error:
            self.lost.append(f"{self.path}:{line}: {error}")
            return
        self.items.append(variant)
        written = item.get("parts")
        for answered in written if isinstance(written, list) else []:
            self._take_part(answered, len(self.items), variant)

    def _draw(self, item: Any) -> Variant:
        """The variant that the file describes, with the very values that it holds."""
        from questions.bank import UnknownId

        if not isinstance(item, dict) or not isinstance(item.get("question"), str):
            raise files.InputError("an item names its question as 'question: topic.name'")
        try:
            family = self.bank.family(item["question"])
        except UnknownId as error:
            raise files.InputError(f"{error} Questions of your own need --bank DIR") from None
        if "seed" not in item and "drawn" not in item:
            raise files.InputError(f"{family.id}: it was handed out without its seed; your instructor grades it")
        variant = family.draw(_whole(item.get("seed")))
        if item.get("drawn") != encoded(variant.values):
            now = f"now {family.version}, then {item.get('version', 'unknown')}"
            raise AuthorError(f"{family.id}: the question was changed since this quiz was drawn ({now})")
        return variant

    def _take_part(self, written: Any, number: int, variant: Variant) -> None:
        known = [part.id for part in variant.parts]
        id = written.get("id") if isinstance(written, dict) else None
        if id not in known:
            where = f"{self.path}: question {number} ({variant.family})"
            self.lost.append(f"{where} has no part {id!r}; its parts: {', '.join(known)}")
            return
        place = (number, str(id))
        if written.get("given_up") is True:
            self.given_up.add(place)
        try:
            self.answers[place] = self._answer(written.get("answer"), variant, variant.part(str(id)))
        except ChainruleError as error:
            self.problems[place] = str(error)

    def _answer(self, written: Any, variant: Variant, part: Part) -> str:
        match written:
            case None:
                return ""
            case str():
                return written.rstrip() if "\n" not in written else written
            case int() | float():
                return str(written)
            case files.InputError():  # of a notebook's cells
                raise written
            case {"file": str(name)} if len(written) == 1:
                path = inside(self.path.parent, name)
                return read_submission(path, part, variant.family).code if part.kind == "code" else files.read(path)
        raise files.InputError("an answer is text, or {file: NAME}; put quotes around it")


def inside(folder: Path, name: str) -> Path:
    """The file `name` within the folder; raises InputError where it leads out of it, also by a link."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise files.InputError(f"{name}: outside the folder of the quiz; copy it there")
    if not path.is_file():
        raise files.InputError(f"{name}: there is no such file beside the quiz")
    return path


def named_files(path: Path) -> list[Path]:
    """The files that answers in the quiz name, as far as its text can be read; they need not exist."""
    try:
        text = files.read(path)
    except files.InputError:
        return []
    names = re.findall(r"\{\s*file\s*:\s*[\"']?([^\"'},\n]+?)[\"']?\s*\}", text)
    return sorted({path.parent / name for name in names})
