"""The command line: a group whose commands are imported when they are used, and what errors look like.

One line for each command stands here, so that `chainrule --help` imports nothing but click.
"""

from __future__ import annotations

import difflib
import errno
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword

import click

import chainrule
from chainrule.options import Exit, Settings, global_options

COMMANDS: Mapping[str, str] = {
    "topics": "List the topics and their questions.",
    "show": "Draw one question and print it.",
    "quiz": "Draw a quiz and answer it here, or save it as a file.",
    "practice": "Practise what is due today, with new values each time.",
    "exam": "Sit an exam against the clock.",
    "progress": "Show what you know, and what an exam would bring.",
    "grade": "Grade a quiz file, or code for one question.",
    "grade-class": "Grade what a class handed in.",
    "report": "Show what a class did not understand.",
    "cluster": "Print how to start a cluster that grades.",
    "hand-out": "Write what each student of a class is to answer.",
    "submit": "Hand in answers to a Chainrule server.",
    "starter": "Write the file to start from for a code question.",
    "check": "Compare two formulas, or every pair of a file.",
    "sheet": "Write a revision sheet as HTML.",
    "serve": "Serve quiz, practice, exams, progress and sheets as pages for a browser.",
    "admin": "Back up, restore and check the store of a server; its accounts.",
    "appeals": "Decide about answers that learners think are right.",
    "regrade": "Judge stored answers to a question anew.",
    "export": "Write everything that is stored as JSON lines.",
    "import": "Read JSON lines into the store.",
    "publish": "Write questions for Moodle, Canvas, Anki, Jupyter, Gradescope or paper.",
    "train": "Train the reference models.",
    "doctor": "Show what this machine offers, and what each missing thing would give.",
    "bank": "Write, preview and check questions.",
    "demo": "Run everything once: a quiz drawn, graded and reported.",
}

HELP = """Exam practice for deep learning: drawn questions, judged answers."""

EPILOG = """\b
Examples:
  chainrule quiz --topic convolution --n 5
  chainrule quiz --save mine.yaml      then: chainrule grade mine.yaml

\b
Exit codes:
    0  done; where something was judged, all of it right
    1  judged and not all right, or a check failed
    2  wrong usage, an unknown id, or input that cannot be read
    3  a fault of ours
  130  interrupted with Ctrl-C
"""


def nearest(word: str, known: Sequence[str]) -> str:
    """`Did you mean ...?` for a misspelt word, or an empty text."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""


class LazyGroup(click.Group):
    """A group that knows one line about each command and imports it only when it is used.

    package: where the commands lie; command `new` is the object `command` of module `package.new`, and of one with a
        dash, of a module with an underscore.
    """

    def __init__(self, name: str, *, package: str, lines: Mapping[str, str], help: str, epilog: str = "") -> None:
        super().__init__(name, help=help, epilog=epilog)
        self.package = package
        self.lines = lines

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args or ["--help"])

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lines:
            return None
        name = cmd_name.replace("-", "_")
        module = f"{name}_" if iskeyword(name) else name
        command = import_module(f"{self.package}.{module}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.lines and not args[0].startswith("-"):
            hint = nearest(args[0], list(self.lines))
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lines.items()))


def main_group() -> LazyGroup:
    """The command `chainrule`."""
    group = LazyGroup("chainrule", package="chainrule.commands", lines=COMMANDS, help=HELP, epilog=EPILOG)
    group.params += global_options(hidden=False)
    group.params.append(_version_option())
    return group


def _version_option() -> click.Option:
    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"chainrule {chainrule.__version__}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="Show the version."
    )


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; errors become one line on stderr.

    arguments: the words after `chainrule`; those of the process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shows "?" instead of failing
            stream.reconfigure(errors="replace")
    found = Settings()
    try:
        words = None if arguments is None else list(arguments)
        result = main_group().main(words, prog_name="chainrule", standalone_mode=False, obj=found)
    except Exception as error:
        return _report(error, debug=found.debug)
    except KeyboardInterrupt:
        return _interrupted()
    return int(result) if isinstance(result, int) else Exit.OK


def _interrupted() -> int:
    click.echo("interrupted", err=True)
    return Exit.INTERRUPTED


def _report(error: Exception, *, debug: bool) -> int:
    """Says on stderr what went wrong, in one line, and returns the exit code for it."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():  # click's word for Ctrl-C and Ctrl-D at a prompt
            return _interrupted()
        case click.ClickException():
            hint = _help_hint(error)
            click.echo(f"chainrule: {error.format_message()}{hint}", err=True)
            return Exit.USAGE
        case OSError() if error.errno == errno.EPIPE:  # the reader of our output has gone: `chainrule ... | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.OK
    if debug:
        traceback.print_exception(error)
    return _report_ours(error)


def _help_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context is not None else ""


def _report_ours(error: Exception) -> int:
    """The exit code for an error that is no click error: an author's, a file's, or a fault."""
    from grader.errors import ChainruleError

    if isinstance(error, ChainruleError):
        click.echo(f"chainrule: {error}", err=True)
        return Exit.USAGE
    if isinstance(error, OSError) and error.filename is not None:
        click.echo(f"chainrule: {error.filename}: {(error.strerror or 'cannot be used').lower()}", err=True)
        return Exit.USAGE
    text = f"chainrule: a fault of ours: {type(error).__name__}: {error} (--debug shows where)"
    click.echo(" ".join(text.split()), err=True)
    return Exit.FAULT
