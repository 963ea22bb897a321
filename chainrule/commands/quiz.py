"""`chainrule quiz`."""

from __future__ import annotations

import random
import sys
from collections.abc import Collection, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, command_line, example, json_option, open_bank, short_path
from chainrule.terminal import say, say_json

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from chainrule.quizfile import Answered, Place

EXAMPLES = """
chainrule quiz --topic convolution --n 5
chainrule quiz --question layers.softmax-cross-entropy
chainrule quiz --save mine.yaml          then: chainrule grade mine.yaml
chainrule quiz --resume mine.yaml
"""


@click.command("quiz", cls=Command, epilog=example(EXAMPLES))
@click.option("--topic", help="Draw from one topic only; `chainrule topics` lists them.")
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="ID",
    help="Ask this question; ID@SEED for one variant. Repeatable.",
)
@click.option("--n", "n", type=click.IntRange(1, 500), default=10, show_default=True, help="How many questions.")
@click.option("--seed", type=click.IntRange(min=0), help="Fixes what is drawn; by chance otherwise.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Keep the quiz here.")
@click.option(
    "--resume", type=click.Path(path_type=Path), metavar="FILE", help="Go on with a quiz file: ask what is still open."
)
@click.option("--ask/--no-ask", default=None, help="Ask now. By default, unless --save is given without a terminal.")
@json_option
def command(
    topic: str | None,
    questions: tuple[str, ...],
    n: int,
    seed: int | None,
    save: Path | None,
    resume: Path | None,
    ask: bool | None,
    as_json: bool,
) -> int:
    """Draw a quiz and answer it here, or save it as a file.

    Each answer is judged at once. With --save the quiz is written to FILE with places for answers, and what you
    answer here is kept there; fill in the rest by hand and run `chainrule grade FILE`.
    """
    if resume is not None:
        return _resume(resume)
    if topic is not None and questions:
        raise click.UsageError("--topic and --question exclude each other")
    quiz = _draw(topic, questions, n, random.SystemRandom().randrange(1_000_000) if seed is None else seed)
    if save is not None:
        _write_new(save, quiz, quiet=as_json)
    if as_json:
        from chainrule.records import quiz_record

        say_json(quiz_record(quiz))
        return Exit.OK
    from chainrule.quizfile import Answered

    if ask is None:
        ask = save is None or sys.stdin.isatty()
    return _ask(Answered(quiz), _Kept(quiz, save, written=save is not None)) if ask else Exit.OK


def _draw(topic: str | None, questions: tuple[str, ...], n: int, seed: int) -> Quiz:
    from chainrule.quiz import draw_quiz

    return draw_quiz(open_bank(), seed=seed, n=n, topic=topic, families=questions or None)


def _write_new(path: Path, quiz: Quiz, *, quiet: bool) -> None:
    from chainrule.quizfile import write_quiz
    from chainrule.wording import counted

    if path.is_file():
        raise click.UsageError(
            f"{path} exists and may hold answers; go on with it by --resume {short_path(path)}, or name another file"
        )
    write_quiz(path, quiz)
    if not quiet:
        say(f"Wrote {path}: {counted(len(quiz.items), 'question')} with places for answers.")
        say(f"Grade it with: {command_line('grade', path)}")


def _resume(path: Path) -> int:
    from chainrule.quizfile import read_quiz

    answered = read_quiz(path, open_bank())
    refuse_unusable(path, answered)
    return _ask(answered, _Kept(answered.quiz, path))


def refuse_unusable(path: Path, answered: Answered) -> None:
    """A file that could only be read in part is not written to, since the rest would be lost."""
    faults = [*answered.lost, *(f"{path}: {what}" for what in answered.problems.values())]
    if faults:
        raise click.UsageError(f"{faults[0]}. {path} is left as it is.")


def _ask(answered: Answered, kept: _Kept) -> int:
    from chainrule.asking import ask_quiz
    from chainrule.keyboard import Keyboard
    from chainrule.wording import counted, score_line

    quiz = answered.quiz
    say(f"{quiz.title}, seed {quiz.seed}: {counted(len(quiz.items), 'question')}", style="bold")
    asked = ask_quiz(quiz, Keyboard(), answers=answered.answers, given_up=answered.given_up, keep=kept.write)
    say(f"\n{score_line(asked.graded)}", style="bold")
    if kept.written and kept.path is not None:
        again = f"; go on: {command_line('quiz', '--resume', kept.path)}" if asked.ended else ""
        say(f"Your answers are kept in {short_path(kept.path)}{again}")
    if asked.interrupted:
        return Exit.INTERRUPTED
    return Exit.OK if asked.graded.all_right else Exit.NOT_RIGHT


class _Kept:
    """The file that keeps the answers: the one that was named, or a new one, made with the first answer.

    written: whether this run has written it.
    """

    def __init__(self, quiz: Quiz, path: Path | None, *, written: bool = False) -> None:
        self.quiz = quiz
        self.path = path
        self.written = written

    def write(self, answers: Mapping[Place, str], given_up: Collection[Place]) -> None:
        """Writes all answers given so far."""
        from chainrule.quizfile import write_quiz

        if self.path is None:
            self.path = _new_place(self.quiz)
        write_quiz(self.path, self.quiz, answers, given_up)
        self.written = True


def _new_place(quiz: Quiz) -> Path:
    """A new, empty file for the answers of a quiz without --save; one that exists may hold other answers."""
    import platformdirs

    from chainrule.files import InputError

    folder = Path(platformdirs.user_state_dir("chainrule"))
    for number in count(1):
        path = folder / (f"quiz-{quiz.seed}.yaml" if number == 1 else f"quiz-{quiz.seed}-{number}.yaml")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except FileExistsError:
            if not folder.is_dir():
                raise InputError(f"{folder}: not a folder, so answers cannot be kept there") from None
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
        else:
            return path
    raise AssertionError  # count() does not end
