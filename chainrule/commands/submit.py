"""`chainrule submit`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import complain, progress, say, say_json, waiting

if TYPE_CHECKING:
    from chainrule.remote.client import Remote

EXAMPLES = """
chainrule submit mine.yaml --server https://quiz.example.org --token-file ~/token
chainrule submit conv.py --question convolution.forward@7 --server https://quiz.example.org
chainrule submit exam.yaml --assignment ID --begin --blank --server https://quiz.example.org
chainrule submit exam.yaml --assignment ID --hand-in --server https://quiz.example.org
"""
QUESTION = re.compile(r"(?P<id>[^@\s]+)@(?P<seed>[0-9]{1,15})")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("submit", cls=Command, epilog=example(EXAMPLES))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--server", required=True, metavar="URL", help="The server's address.")
@click.option("--token-file", type=FILE, metavar="FILE", help="Holds your token.  [default: CHAINRULE_TOKEN]")
@click.option("--ca", type=FILE, metavar="FILE", help="Trust servers whose certificate this one signed, PEM.")
@click.option("--question", metavar="ID@SEED", help="FILE answers this question.")
@click.option("--item", metavar="ITEM", help="FILE answers this question, which the server asked before.")
@click.option("--part", metavar="PART", help="Its part, where there are several.")
@click.option("--exam", metavar="FORM", help="FILE holds answers to this exam, which is open.")
@click.option("--assignment", metavar="ID", help="FILE holds answers to your exam for this assignment.")
@click.option("--begin", is_flag=True, help="Begin the assignment's exam, and its clock.")
@click.option("--blank", is_flag=True, help="Write the exam's questions into FILE instead.")
@click.option("--hand-in", "hands_in", is_flag=True, help="Hand the exam in after that.")
@click.option("--again", is_flag=True, help="Also what was submitted like this before, as another attempt.")
@json_option
def command(file: Path, server: str, token_file: Path | None, ca: Path | None, **given: Any) -> int:
    """Hand in answers to a Chainrule server.

    FILE is a quiz that `chainrule quiz --save` wrote, with answers. With --question or --item it is code, or the text
    of any other answer; with --exam or --assignment a file that --blank wrote, filled in.

    What is submitted twice counts once: run it again after a broken connection, or with some answers changed.
    The token is sent over https:// alone, or to this machine.
    """
    from chainrule.remote.address import read_token
    from chainrule.remote.client import Remote

    _check(given)
    remote = Remote(server, read_token(token_file), ca=ca, told=lambda says: complain(f"chainrule: {says}"))
    if given["exam"] or given["assignment"]:
        from chainrule.commands.submit_exam import submit_exam

        return submit_exam(remote, file, given)
    if given["question"] or given["item"]:
        return _single(remote, file, given)
    if file.suffix in {".py", ".ipynb"} or file.is_dir():
        raise click.UsageError(f"which question does {file} answer? Add --question ID@SEED, or --item")
    return _quiz(remote, file, given)


def _check(given: dict[str, Any]) -> None:
    """Refuses options that do not go together."""
    which = [f"--{name}" for name in ("question", "item", "exam", "assignment") if given[name]]
    if len(which) > 1:
        raise click.UsageError(f"{' and '.join(which)} say different things of FILE; give one of them")
    of_exams = [option for name, option in (("blank", "--blank"), ("hands_in", "--hand-in")) if given[name]]
    if of_exams and not (given["exam"] or given["assignment"]):
        raise click.UsageError(f"{of_exams[0]} goes with --exam or --assignment")
    if given["begin"] and not given["assignment"]:
        raise click.UsageError("--begin goes with --assignment")
    if given["part"] and not (given["question"] or given["item"]):
        raise click.UsageError("--part goes with --question or --item")


def _salt(given: dict[str, Any]) -> str:
    """'' gives requests the same keys each time; something random makes them new ones."""
    import secrets

    return secrets.token_hex(16) if given["again"] else ""


def _place(ahead: int) -> None:
    complain(f"waiting to be judged, {ahead} before it" if ahead else "being judged")


def _quiz(remote: Remote, file: Path, given: dict[str, Any]) -> int:
    from chainrule.commands.grade import print_graded, quiz_exit_code
    from chainrule.quizfile import read_quiz
    from chainrule.records import graded_record
    from chainrule.remote.practice import submit_quiz

    answered = read_quiz(file, open_bank())
    total = sum(len(variant.parts) for variant in answered.quiz.items)
    with progress("judged", quiet=given["as_json"]) as advance:
        graded = submit_quiz(remote, answered, salt=_salt(given), each=lambda done: advance(done, total), waits=_place)
    if given["as_json"]:
        say_json({"server": remote.server, **graded_record(graded)})
    else:
        print_graded(graded)
    for lost in graded.lost:
        complain(f"chainrule: not judged: {lost}")
    nothing = bool(graded.lost) and all(part.verdict is None for part in graded.parts)
    return Exit.USAGE if nothing else quiz_exit_code(graded)


def _single(remote: Remote, file: Path, given: dict[str, Any]) -> int:
    from chainrule.commands.check import exit_code
    from chainrule.records import verdict_record
    from chainrule.remote.practice import ask, hand_in
    from chainrule.remote.single import answer_of, item_of, part_of
    from chainrule.wording import verdict_lines

    salt = _salt(given)
    if given["item"]:
        item = item_of(remote, given["item"])
    else:
        named = QUESTION.fullmatch(given["question"])
        if named is None:
            raise click.UsageError(f"--question: came {given['question']!r}, expected ID@SEED, as in layers.softmax@7")
        item = ask(remote, named["id"], int(named["seed"]), salt=salt)
    part = part_of(item, given["part"])
    found = answer_of(file, item, part, open_bank)
    with waiting("judging"):
        handed = hand_in(remote, item["id"], part["id"], found.code, salt=salt, waits=_place)
    if given["as_json"]:
        told = {"server": remote.server, "item": item["id"], "answer": handed.id, "url": remote.server + handed.url}
        say_json({**verdict_record(handed.verdict), **told, "file": str(found.file), "remarks": list(found.remarks)})
        return exit_code(handed.verdict)
    for remark in found.remarks:
        say(remark, style="dim")
    for text, style in verdict_lines(handed.verdict):
        say(text, style=style)
    say(f"{remote.server}{handed.url}", style="dim")
    return exit_code(handed.verdict)
