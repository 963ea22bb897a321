"""Headers of every response: nothing from elsewhere, nothing inline, nothing framed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOT_KEPT = ("Cache-Control", "no-store")  # but for static files, which say something else
TLS_ONLY = ("Strict-Transport-Security", "max-age=31536000")


def install(app: Flask) -> None:
    """Puts the headers on every response."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault(*NOT_KEPT)
    if request.path.startswith("/api/") and response.mimetype == "application/json":
        response.headers.setdefault("Content-Disposition", 'attachment; filename="api.json"')
    if site().secure:
        response.headers.setdefault(*TLS_ONLY)
    return response
