"""Assignments of a class."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("assignments", __name__)
