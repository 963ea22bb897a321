"""An autograder for Gradescope: a zip file with the quiz, this Chainrule, and the two scripts that Gradescope runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.files import InputError
from chainrule.publishing.archive import zipped
from chainrule.publishing.chosen import LeftOut
from chainrule.publishing.forms import Export
from chainrule.publishing.gradescope_run import BANK, QUIZ, SETTINGS
from chainrule.publishing.gradescope_scripts import run_script, setup_script
from chainrule.publishing.requirements import pinned
from chainrule.publishing.wheel import wheel, wheel_name
from chainrule.publishing.written import Settings, Written, write_export
from chainrule.quizfile import quiz_text

if TYPE_CHECKING:
    from chainrule.publishing.chosen import Chosen
    from questions.bank import Bank

SCRIPTS = frozenset({"setup.sh", "run_autograder"})


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes the bundle."""
    from questions.bank import load_bank

    assert chosen is not None
    if not settings.torch:
        _refuse_without_torch(chosen)
    wheels = _wheels(settings.wheels)
    bank = load_bank(settings.folders)
    return write_export(settings, bundle(chosen, bank, settings.visibility, torch=settings.torch, wheels=wheels))


def bundle(
    chosen: Chosen, bank: Bank, visibility: str, *, torch: bool, wheels: Mapping[str, bytes] | None = None
) -> Export:
    """The bundle. wheels: of all that is needed, so that nothing is fetched when it is set up."""
    quiz = chosen.quiz
    contents: dict[str, bytes] = {
        "setup.sh": setup_script(torch=torch, offline=bool(wheels)).encode(),
        "run_autograder": run_script().encode(),
        "requirements.txt": "".join(f"{line}\n" for line in pinned(torch=torch)).encode(),
        QUIZ: quiz_text(quiz, {}).encode(),
        SETTINGS: (json.dumps({"visibility": visibility}) + "\n").encode(),
        "questions.json": (json.dumps(questions(chosen), ensure_ascii=False, indent=1) + "\n").encode(),
    }
    for id in sorted({variant.family for variant in quiz.items}):
        topic, _, name = id.partition(".")
        contents[f"{BANK}/{topic}/{name}.yaml"] = "\n".join(bank.family(id).document.lines).encode()
    contents |= {f"wheels/{name}": content for name, content in sorted((wheels or {}).items())}
    contents[f"wheels/{wheel_name()}"] = wheel()
    count = sum(len(variant.parts) for variant in quiz.items)
    return Export(zipped(contents, runnable=SCRIPTS), count, remarks=tuple(_remarks(chosen)))


def questions(chosen: Chosen) -> list[dict[str, object]]:
    """The questions, for whoever makes the outline of the assignment; without keys."""
    return [
        {
            "number": asked.label,
            "title": asked.name,
            "question": asked.variant.family,
            "part": asked.part.id,
            "kind": asked.part.kind,
            "marks": asked.part.marks,
        }
        for asked in chosen.asked()
    ]


def _remarks(chosen: Chosen) -> Iterable[LeftOut]:
    """What students hand in."""
    kinds = {asked.part.kind for asked in chosen.asked()}
    if kinds - {"code"}:
        yield LeftOut("answers", f"students upload the quiz file that they filled in, such as {QUIZ}")
    if "code" in kinds:
        yield LeftOut("code", "students upload Python files or notebooks that define the functions")


def _wheels(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        return {}
    found = {path.name: path.read_bytes() for path in sorted(folder.glob("*.whl"))}
    if not found:
        raise InputError(f"{folder}: no wheels there; `pip download -r requirements.txt -d {folder}` fetches them")
    return {name: content for name, content in found.items() if not name.startswith("chainrule-")}


def _refuse_without_torch(chosen: Chosen) -> None:
    from chainrule.publishing.without_torch import needing_torch

    needing = needing_torch(chosen.quiz)
    if needing:
        raise InputError(f"--no-torch: {needing[0]} cannot be judged without PyTorch; leave the option out")
