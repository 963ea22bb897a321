"""The JSON API, version 1: the same functions as the pages, for programs."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint

PREFIX = "/api/v1"
ALWAYS = ("me", "bank", "items", "answers", "history", "worked", "echoes", "exams", "progress", "description")
FOR_CLASSES = ("classes", "gradebook")


def routes(*, classes: bool) -> Blueprint:
    """Every route of the API. classes: with those that only a class needs."""
    made = Blueprint("api", __name__, url_prefix=PREFIX)
    for name in ALWAYS + (FOR_CLASSES if classes else ()):
        made.register_blueprint(import_module(f"chainrule.web.api.{name}").routes)
    return made
