"""Requests made from the API's own document, right ones and wrong ones, and what every response must keep to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.schemas import APIOperation

DOCUMENT = "/api/v1/openapi.json"
ALL = list(HealthCheck)


def exercise(app: Flask, token: str, ids: Mapping[str, str], examples: int) -> Counter[int]:
    """How often each status came. Raises ExceptionGroup where responses break what the document promises.

    ids: what addresses may name, by the names of their parameters, so that half of the requests find something.
    """
    load_all_checks()
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app, config=_config())
    statuses: Counter[int] = Counter()

    def check(case: Case) -> None:
        response = case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
        statuses[response.status_code] += 1

    broken: list[Exception] = []
    for found in schema.get_all_operations():
        for mode in _modes(found.ok()):
            try:
                _run(_cases(found.ok(), mode, ids), check, examples)
            except Exception as error:
                broken.append(error)
    if broken:
        raise ExceptionGroup("the API broke its promises", broken)
    return statuses


def _modes(operation: APIOperation) -> Sequence[GenerationMode]:
    """Where a request holds an address alone, there is nothing that could be wrong in it."""
    typed = len(operation.query) + len(operation.body) + len(operation.headers)
    return list(GenerationMode) if typed else [GenerationMode.POSITIVE]


def _run(cases: st.SearchStrategy[Case], check: Callable[[Case], None], examples: int) -> None:
    run = settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=ALL)
    run(given(case=cases)(check))()


def _cases(operation: APIOperation, mode: GenerationMode, ids: Mapping[str, str]) -> st.SearchStrategy[Case]:
    anything = operation.as_strategy(generation_mode=mode)
    known = {place.name: ids[place.name] for place in operation.path_parameters if place.name in ids}
    if not known:
        return anything
    return st.one_of(operation.as_strategy(generation_mode=mode, path_parameters=known), anything)


def _config() -> SchemathesisConfig:
    """Without tokens that are made up: they are tested one by one, and would keep every other request out."""
    generation = GenerationConfig(with_security_parameters=False)
    return SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
