"""The forms by which assignments are made: fields in, what is wanted out, a sentence at each field that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, get_args

from chainrule import files
from chainrule.classes.assignments import Wanted, checked_blueprint
from chainrule.classes.blueprint_builder import Choices
from chainrule.exams.blueprint import blueprint_files
from chainrule.exams.blueprint_schema import Kind
from chainrule.web.form_fields import Typed, local_text, told_moment
from grader.errors import AuthorError, ChainruleError

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage, MultiDict

    from chainrule.classes.records import Assignment
    from chainrule.web.site import Site

LONGEST = 120  # letters of a title
MOST_BYTES = 400_000  # of a blueprint that is sent as a file
KINDS: tuple[str, ...] = get_args(Kind)
LEVELS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Offered:
    """What there is to choose from. private: topic -> (title, ids) of families for assignments only."""

    blueprints: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    private: tuple[tuple[str, tuple[str, ...]], ...]


def offered(site: Site) -> Offered:
    """The blueprints that the server knows by name, and the topics and private families of its banks."""
    topics = site.bank.topics()
    private = [(title, tuple(id for id in ids if id in site.private)) for title, ids in topics.values()]
    return Offered(
        tuple(sorted(blueprint_files(site.folders))),
        tuple((topic, title) for topic, (title, _) in topics.items()),
        tuple((title, ids) for title, ids in private if ids),
    )


def first_values(now: datetime, zone: str) -> dict[str, str]:
    """What the form for a new assignment holds at first: it opens in an hour, and is due a week later."""
    opens = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    due = opens + timedelta(days=7)
    times = {"opens": opens, "due": due, "reveals": due}
    return {name: local_text(at, zone) for name, at in times.items()} | {"late_percent": "0", "late_days": "0"}


def values_of(given: Assignment, zone: str) -> dict[str, str]:
    """What the form holds for an assignment that is there."""
    times = {"opens": given.opens, "due": given.due, "reveals": given.reveals}
    return {name: local_text(at, zone) for name, at in times.items()} | {
        "title": given.title,
        "blueprint": given.blueprint,
        "late_percent": f"{given.late_percent:g}",
        "late_days": f"{given.late_days}",
    }


def changes_text(given: Assignment, wanted: Wanted, zone: str) -> str:
    """What is changed, for the log: `, due Mon 18 Jan 2027, 09:30 CET, late_days 3`; '' for nothing."""
    said = []
    for name, value in vars(wanted).items():
        if value != getattr(given, name):
            told = told_moment(value, zone) if isinstance(value, datetime) else "" if name == "blueprint" else value
            said.append(f", {name} {told}".rstrip())
    return "".join(said)


def wanted_from(
    typed: Typed, sent: FileStorage | None, site: Site, zone: str, given: Assignment | None = None
) -> Wanted:
    """What was typed; of use where `typed` has no faults then. given: the assignment as it is."""
    title = typed.text("title", "a title", most=LONGEST)
    text = _blueprint_text(typed, sent, site)
    if given is not None and _same(text, given.blueprint):
        text = given.blueprint
    if "blueprint" not in typed.faults and (given is None or text != given.blueprint):
        try:
            checked_blueprint(text, site.bank)
        except AuthorError as error:
            typed.faults["blueprint"] = str(error)
    opens = typed.moment("opens", zone, before=given.opens if given else None)
    due = typed.moment("due", zone, before=given.due if given else None)
    reveals = typed.moment("reveals", zone, before=given.reveals if given else None)
    if not typed.faults.keys() & {"opens", "due"} and due <= opens:
        typed.faults["due"] = "It is due before it opens; write a later time."
    if not typed.faults.keys() & {"due", "reveals"} and reveals < due:
        typed.faults["reveals"] = (
            "Answers are shown after the due time at the earliest; write that time or a later one."
        )
    late_percent = typed.number("late_percent", 0, 100, empty=0)
    late_days = typed.whole("late_days", 0, 60, empty=0)
    return Wanted(title, text, opens, due, reveals, late_percent, late_days)


def _blueprint_text(typed: Typed, sent: FileStorage | None, site: Site) -> str:
    """A file that was sent comes before what was typed, and that before a name."""
    if sent is not None and sent.filename:
        data = sent.stream.read(MOST_BYTES + 1)
        try:
            if len(data) > MOST_BYTES:
                raise ValueError
            return _lines(data.decode("utf-8-sig"))
        except ValueError:
            typed.faults["blueprint"] = f"The file is no text in UTF-8 of at most {MOST_BYTES} bytes; send a YAML file."
            return ""
    if (text := _lines(typed.raw("blueprint"))).strip():
        return text
    known = blueprint_files(site.folders)
    name = typed.raw("named")
    if name not in known:
        typed.faults["blueprint"] = "Choose a blueprint by its name, type one, or send a file."
        return ""
    try:
        return files.read(known[name])
    except ChainruleError as error:
        typed.faults["blueprint"] = str(error)
        return ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _same(text: str, before: str) -> bool:
    """Whether a text came back from the form as it went: browsers drop a line at the beginning, none at the end."""
    return text.strip("\n") == _lines(before).strip("\n")


def choices_from(typed: Typed, form: MultiDict[str, str], site: Site) -> Choices:
    """What was chosen in the builder; of use where `typed` has no faults then."""
    known = offered(site)
    questions = typed.whole("questions", 1, 200, empty=0) or None
    marks = typed.number("marks", 0.5, 1000, empty=0) or None
    families = tuple(id for _, ids in known.private for id in ids if id in form.getlist("families"))
    if questions is None and marks is None and not families and not typed.faults:
        typed.faults["questions"] = "Write how many questions, or how many marks."
    if questions is not None and marks is not None:
        typed.faults["marks"] = "Write questions or marks, not both."
    return Choices(
        title=typed.text("title", "a title", most=LONGEST),
        minutes=typed.number("minutes", 0, 1440),
        topics=[topic for topic, _ in known.topics if topic in form.getlist("topics")],
        levels=[int(level) for level in LEVELS if level in form.getlist("levels")],
        kinds=[kind for kind in KINDS if kind in form.getlist("kinds")],
        families=families,
        questions=questions,
        marks=marks,
        each=typed.number("each", 0.5, 100, empty=0) or None,
        graded="graded" in form,
    )
