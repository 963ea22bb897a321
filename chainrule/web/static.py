"""Stylesheet, module and font: files that browsers keep, under an address that changes with their content."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from chainrule.font import FAMILY, font_path
from chainrule.pages import TEMPLATES, stylesheet
from chainrule.web.people import access

if TYPE_CHECKING:
    from collections.abc import Mapping

pages = Blueprint("static", __name__)
YEAR = "public, max-age=31536000, immutable"
FONT = "math.ttf"
TYPES = {"css": "text/css", "js": "text/javascript", "ttf": "font/ttf", "svg": "image/svg+xml"}


@pages.get("/static/<version>/<name>")
@access("anyone")
def file(version: str, name: str) -> Response:
    """A file, for a year."""
    found = files().get(name)
    if found is None:
        raise NotFound
    kind = TYPES[name.rpartition(".")[2]]
    return Response(found, mimetype=kind, headers={"Cache-Control": YEAR})


@pages.app_template_global()
def asset(name: str) -> str:
    """The address of a file."""
    return f"/static/{version()}/{name}"


@cache
def version() -> str:
    """Stands for the content of all files together: modules import one another by names beside them."""
    digest = hashlib.sha256()
    for name, data in sorted(files().items()):
        digest.update(name.encode() + data)
    return digest.hexdigest()[:16]


@cache
def files() -> Mapping[str, bytes]:
    """Every file by its name."""
    modules = [*sorted((TEMPLATES / "static").glob("*.js")), TEMPLATES / "search.js"]
    found = {path.name: path.read_bytes() for path in modules}
    style = stylesheet("style.css")
    font = font_path()
    if font is not None:
        found[FONT] = font.read_bytes()
        style = f'@font-face{{font-family:"{FAMILY}";src:url({FONT}) format("truetype")}}' + style
    own = "".join(stylesheet(f"static/{path.name}") for path in sorted((TEMPLATES / "static").glob("*.css")))
    return found | {"style.css": (style + own).encode()}
