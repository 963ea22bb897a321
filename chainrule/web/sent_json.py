"""JSON that a page's script sends."""

from __future__ import annotations

from typing import Any

from flask import request


def sent_fields() -> dict[str, Any]:
    """The object that was sent; empty for anything else, as for what is no JSON or nested without end."""
    try:
        sent = request.get_json(silent=True)
    except RecursionError:
        return {}
    return sent if isinstance(sent, dict) else {}
