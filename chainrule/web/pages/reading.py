"""How a formula is read while it is typed: from its text alone."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("reading", __name__)
