"""An answer that was handed in: waiting with its place, or judged."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("answers", __name__)
