"""Practice: a question with its parts, answers, hints and what became of them."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("practice", __name__)
