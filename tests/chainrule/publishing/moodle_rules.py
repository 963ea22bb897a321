"""What Moodle does with an answer to a question of its XML format, written apart from what writes the format."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

PRECISION = 1e-14  # of PHP's floating point numbers
FRACTIONS = {
    100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0, 16.66667,
    14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0,
}  # fmt: skip
FIELD = re.compile(r"\{(\d+):(NUMERICAL|SHORTANSWER|MULTICHOICE_H):((?:\\\}|[^}])*)\}")
ALTERNATIVE = re.compile(
    r"~?(=|%(-?[0-9]+(?:\.[0-9]*)?)%)?(.+?(?<!\\)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?", re.DOTALL
)


@dataclass(frozen=True)
class Graded:
    """share: of the marks, from 0 to 1; feedback: of the answer that fitted."""

    share: float
    feedback: str = ""


def text_of(question: Element, path: str) -> str:
    return question.findtext(f"{path}/text") or ""


def grade(question: Element, response: object) -> Graded:
    """The grade of one response, by the question's type."""
    match question.get("type"):
        case "numerical":
            return _first(question, lambda answer: _numerical(answer, float(str(response))))
        case "shortanswer":
            case_matters = question.findtext("usecase") == "1"
            return _first(question, lambda answer: _fits(text_of(answer, "."), str(response), case_matters))
        case "multichoice":
            assert isinstance(response, set | frozenset)
            chosen = [answer for place, answer in enumerate(question.iter("answer")) if place in response]
            total = sum(float(answer.get("fraction", "")) for answer in chosen) / 100
            return Graded(min(1.0, max(0.0, round(total, 4))), " ".join(text_of(a, "feedback") for a in chosen))
        case "ordering":
            assert isinstance(response, list)
            assert question.findtext("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"  # the rule that follows
            places = [int(answer.get("fraction", "")) for answer in question.iter("answer")]
            assert places == sorted(places)
            kept = sum(after == before + 1 for before, after in pairwise(response))
            return Graded(kept / (len(places) - 1))
    raise AssertionError(question.get("type"))


def _first(question: Element, fits) -> Graded:  # type: ignore[no-untyped-def]
    for answer in question.iter("answer"):
        if fits(answer):
            return Graded(float(answer.get("fraction", "")) / 100, text_of(answer, "feedback"))
    return Graded(0.0)


def _numerical(answer: Element, number: float) -> bool:
    return within(float(text_of(answer, ".")), float(answer.findtext("tolerance") or ""), number)


def within(value: float, tolerance: float, number: float) -> bool:
    slack = PRECISION * max(abs(tolerance), abs(value), PRECISION)
    return value - tolerance - slack <= number <= value + tolerance + slack


def _fits(pattern: str, text: str, case_matters: bool) -> bool:
    """The pattern, in which `*` is anything and `\\*` a star, fits the whole text."""
    parts = [re.escape(piece.replace(r"\*", "*")) for piece in re.split(r"(?<!\\)\*+", pattern)]
    flags = 0 if case_matters else re.IGNORECASE
    return re.fullmatch(".*".join(parts), text.strip(), flags) is not None


def cloze_fields(text: str) -> list[tuple[int, str, list[tuple[float, str, str]]]]:
    """The fields in a question's text: weight, kind, and each answer with share, text and feedback."""
    found = []
    for weight, kind, body in FIELD.findall(text):
        answers, rest = [], body
        while rest:
            one = ALTERNATIVE.match(rest)
            assert one is not None, rest
            share = 1.0 if one[1] == "=" else float(one[2] or 0) / 100
            answers.append((share, _decoded(one[3]), _decoded(one[4] or "")))
            rest = rest[one.end() :]
        found.append((int(weight), kind, answers))
    return found


def _decoded(text: str) -> str:
    return html.unescape(text).replace(r"\}", "}").replace(r"\#", "#")


def cloze_grade(field: tuple[int, str, list[tuple[float, str, str]]], response: str) -> Graded:
    _, kind, answers = field
    for share, text, says in answers:
        if kind == "NUMERICAL":
            value, tolerance = text.split(":")
            fits = within(float(value), float(tolerance), float(response))
        elif kind == "SHORTANSWER":
            fits = _fits(text, response, False)
        else:
            fits = text == response
        if fits:
            return Graded(share, says)
    return Graded(0.0)


def check_structure(quiz: Element) -> None:
    """The rules that Moodle's import holds a file to."""
    assert quiz.tag == "quiz"
    numbers: dict[str, set[str]] = {}
    category = ""
    for question in quiz:
        assert question.tag == "question"
        kind = question.get("type")
        if kind == "category":
            category = text_of(question, "category")
            assert category.startswith("$course$/top/")
            continue
        assert text_of(question, "name") and text_of(question, "questiontext")
        number = question.findtext("idnumber") or ""
        assert number and len(number) <= 100 and number not in numbers.setdefault(category, set())
        numbers[category].add(number)
        assert float(question.findtext("defaultgrade") or "") > 0
        for file in question.iter("file"):
            assert file.get("encoding") == "base64"
        _check_kind(question, kind or "")


def _check_kind(question: Element, kind: str) -> None:
    answers = list(question.iter("answer"))
    fractions = [float(answer.get("fraction", "")) for answer in answers]
    if kind == "ordering":
        assert fractions == list(range(1, len(answers) + 1)) and len(answers) > 1
        return
    assert all(abs(fraction) in FRACTIONS for fraction in fractions), fractions
    if kind == "multichoice":
        positive = [fraction for fraction in fractions if fraction > 0]
        single = question.findtext("single") == "true"
        assert max(positive) == 100 if single else abs(sum(positive) - 100) < 0.01
        assert len(answers) >= 2
    elif kind in ("numerical", "shortanswer"):
        assert max(fractions) == 100
    elif kind == "cloze":
        assert cloze_fields(text_of(question, "questiontext"))
    else:
        assert kind == "essay" and question.find("graderinfo") is not None
