"""Any variant, for instructors."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("preview", __name__)
