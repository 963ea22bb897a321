"""A page with a field of every kind, and an address that keeps answers, for tests with a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, jsonify, render_template_string, request
from web_answers import ONE_OF_EACH, part_of
from web_sites import SHIPPED
from werkzeug.exceptions import ServiceUnavailable

from chainrule.recording import item_of
from chainrule.viewing import part_view
from chainrule.web.app import create_app
from chainrule.web.fields import answer_from, field_of
from chainrule.web.people import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.web.site import Site

PAGE = """{% extends "web/page.html" %}{% import "web/fields.html" as fields %}
{% import "web/parts.html" as parts with context %}{% block body %}
{% for f, view in shown %}<section class="card question"><form method="post" action="/fields/{{ f.kind }}"
enctype="multipart/form-data">{{ parts.token() }}{{ fields.asked(view) }}{{ fields.field(f) }}
<p class="actions"><button class="button button-main">Check</button></p></form></section>{% endfor %}
{% if clock %}<p><span class="timer" data-ends="{{ clock[1] }}" data-now="{{ clock[0] }}"></span></p>{% endif %}
{% endblock %}"""


@dataclass
class Kept:
    """What the pages were sent: saves as JSON, forms as answers. down: whether saves fail; refuses: with what."""

    saves: list[dict[str, Any]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    down: bool = False
    refuses: str = ""

    def forget(self) -> None:
        """Empties it."""
        self.saves, self.forms, self.down, self.refuses = [], [], False, ""


def app_with_fields(site: Site) -> tuple[Flask, Kept]:
    """An application with `/fields`, also `/fields?kind=code&save=1&clock=START/END`, and what it is sent."""
    app, kept = create_app(site), Kept()
    items = {}
    for kind, (family, _) in ONE_OF_EACH.items():
        items[kind] = item_of(SHIPPED.family(family).draw(1), "practice")
        site.store.add(items[kind])

    @access("anyone")
    def fields() -> str:
        kinds = request.args.getlist("kind") or list(ONE_OF_EACH)
        shown = []
        for kind in kinds:
            part, save = part_of(kind), f"/saves/{kind}" if "save" in request.args else ""
            view = part_view(part, "")
            value = request.args.get("value", "")
            shown.append((field_of(part, view, name=kind, item=items[kind].id, save_to=save, value=value), view))
        clock = request.args.get("clock", "").split("/") if "clock" in request.args else None
        return render_template_string(PAGE, title="Fields", shown=shown, clock=clock)

    @access("anyone")
    def sent(kind: str) -> ResponseReturnValue:
        kept.forms.append(answer_from(request.form, request.files, part_of(kind), name=kind))
        return '<!doctype html><link rel="icon" href="data:,">sent'  # a browser asks for an icon otherwise

    @access("anyone")
    def save(kind: str) -> ResponseReturnValue:
        if kept.down:
            raise ServiceUnavailable
        if kept.refuses:
            return jsonify({"error": kept.refuses}), 422
        kept.saves.append(request.get_json())
        return jsonify({"saved": f"Saved as {len(kept.saves)}."})

    app.add_url_rule("/fields", view_func=fields)
    app.add_url_rule("/fields/<kind>", view_func=sent, methods=["POST"])
    app.add_url_rule("/saves/<kind>", view_func=save, methods=["POST"])
    return app, kept


class Opened:
    """Pages of a server with fields, and what it was sent."""

    def __init__(self, browser: Any, address: str, kept: Kept) -> None:
        self.address, self.kept = address, kept
        self.page = browser.new_page()
        self.page.set_default_timeout(10_000)
        self.broken: list[str] = []
        self.page.on("console", lambda said: self.broken.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))

    def __call__(self, query: str) -> Any:
        self.page.goto(f"{self.address}/fields?{query}")
        self.page.wait_for_selector(".keys-open")
        return self.page
