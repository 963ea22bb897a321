"""Judging a choice: one option out of several."""

from __future__ import annotations

from grader.answers.labels import listing, read_labels
from grader.errors import LearnerError
from grader.keys import ChoiceKey
from grader.verdict import Evidence, Feedback, Verdict, right, unreadable, wrong


def judge_choice(answer: str, key: ChoiceKey) -> Verdict:
    """The verdict on a choice. A wrong option brings its own sentence, and its name as the mistake."""
    try:
        labels = read_labels(answer, key.options)
    except LearnerError as error:
        return unreadable(error.feedback)
    if len(set(labels)) > 1:
        return unreadable(Feedback("choice.several", {"got": listing(labels)}))
    chosen = next(option for option in key.options if option.label == labels[0])
    reading = f"{chosen.label}) {chosen.text}"
    if chosen.right:
        return right(reading=reading, evidence=Evidence.PROVED)
    if chosen.says:
        why = Feedback("mistake", {"says": chosen.says, "name": chosen.name})
    else:
        why = Feedback("choice.wrong", {"label": chosen.label})
    return wrong(why, reading=reading, evidence=Evidence.PROVED, mistake=chosen.name)
