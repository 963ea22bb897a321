"""The report on a class from the folder that grading it wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from chainrule.bulk.class_report import ClassReport
from chainrule.bulk.columns import Column
from chainrule.bulk.gathering import Gathered, read_about
from chainrule.bulk.pseudonyms import Pseudonyms, secret_beside
from chainrule.bulk.running import RESULTS, Results
from chainrule.files import InputError


def folder_report(out: Path, wanted: Callable[[str], bool], *, names: bool) -> ClassReport:
    """The report. wanted: which families it is about. names: whether students go by their ids. Raises InputError."""
    about = read_about(out)
    gathered = Gathered(replace(about, columns=tuple(_wanted(about.columns, wanted))))
    path = out / RESULTS
    try:
        for _, group in groupby(Results(path), key=attrgetter("student")):
            gathered.add(tuple(group))
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); run `chainrule grade-class` again") from None
    return gathered.report(str if names else Pseudonyms(secret_beside(out)), words=names)


def _wanted(columns: tuple[Column, ...], wanted: Callable[[str], bool]) -> list[Column]:
    return [column for column in columns if wanted(column.family)]
