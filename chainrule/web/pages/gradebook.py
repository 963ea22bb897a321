"""Marks of a class, and the mistakes that it makes."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("gradebook", __name__)
