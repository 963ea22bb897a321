"""The Flask application: built from a site; pages and API are blueprints, each in a module of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect
from jinja2 import FileSystemLoader, StrictUndefined

from chainrule.exams.clock import left_text
from chainrule.pages import TEMPLATES, add_to
from chainrule.web import errors, exam_time, guarding, headers, requests_logged, static, waiting
from chainrule.web.navigation import navigation

if TYPE_CHECKING:
    from chainrule.web.site import Site

ALWAYS = (
    "home",
    "practice",
    "answers",
    "history",
    "exams",
    "sheets",
    "progress",
    "settings",
    "reading",
    "health",
    "programs",
)
FOR_CLASSES = (
    "accounts",
    "account",
    "audit",
    "classes",
    "members",
    "assignments",
    "live",
    "looks",
    "gradebook",
    "appeals",
    "preview",
)
LARGEST = 2_000_000  # bytes of one request


def create_app(site: Site) -> Flask:
    """The application for that site."""
    app = Flask("chainrule", static_folder=None, template_folder=None)
    app.extensions["chainrule"] = site
    app.config.update(
        SECRET_KEY=site.secret,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
        SESSION_COOKIE_NAME="__Host-chainrule" if site.secure else "chainrule",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=site.secure,
        TRUSTED_HOSTS=list(site.hosts),
        WTF_CSRF_CHECK_DEFAULT=False,  # `guarding` asks for it, except where a token stands for a person
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: an exam's page may stay open for hours
        WTF_CSRF_SSL_STRICT=site.secure,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _set_up_templates(app)
    app.extensions["chainrule_csrf"] = CSRFProtect(app)
    requests_logged.install(app)
    guarding.install(app)
    exam_time.install(app)
    headers.install(app)
    errors.install(app)
    app.register_blueprint(static.pages)
    for name in ALWAYS + (FOR_CLASSES if site.classes else ()):
        app.register_blueprint(import_module(f"chainrule.web.pages.{name}").pages)
    app.register_blueprint(import_module("chainrule.web.api").routes(classes=site.classes))
    waiting.install(app)
    return app


def _set_up_templates(app: Flask) -> None:
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    add_to(app.jinja_env)
    app.jinja_env.globals |= {"web": True, "navigation": navigation}
    app.jinja_env.filters["left"] = left_text

    @app.context_processor
    def everywhere() -> dict[str, object]:
        site: Site = app.extensions["chainrule"]
        return {"person": g.get("person"), "classes": site.classes}
