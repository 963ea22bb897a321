"""The JSON API, version 1: the same functions as the pages, for programs."""

from __future__ import annotations

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api/v1")
