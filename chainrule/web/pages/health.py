"""Whether the server is well, for whoever watches it."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("health", __name__)
