"""Pages in a browser that is watched: nothing is asked of another place, and nothing is told on its console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1200, "height": 900}}
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4(04|09|10|13|22)")
COOKIE = "chainrule"


@contextmanager
def watched(
    browser: Any, address: str, *, phone: bool = False, dark: bool = False, scripts: bool = True, refused: bool = False
) -> Iterator[Any]:
    """A page of a context of its own. refused: the test sends what is answered with 4xx, which the console tells."""
    context = browser.new_context(
        **(PHONE if phone else DESKTOP),
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",  # else clicks wait until the page has scrolled
        java_script_enabled=scripts,
        base_url=address,
    )
    context.set_default_timeout(20_000)
    told: list[str] = []

    def astray(route: Any) -> None:
        told.append(f"asked for {route.request.url}")
        route.abort()

    def said(message: Any) -> None:
        if message.type in {"error", "warning"} and not (refused and REFUSED.match(message.text)):
            told.append(f"{message.text} at {message.page.url if message.page else 'a page'}")

    context.route(re.compile(rf"^(?!{re.escape(address)}/|data:|blob:|about:)"), astray)
    context.on("console", said)
    context.on("weberror", lambda error: told.append(str(error.error)))
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not told, "\n".join(told)


def signed_in(page: Any, address: str, client: FlaskClient) -> None:
    """Gives the browser the session of the client."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    page.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": address}])


def by_keyboard(page: Any, text: str, *, most: int = 60) -> None:
    """Moves the focus on, key by key, to what has that text or name. Raises AssertionError where it never comes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if text in page.evaluate(NAME):
            assert page.evaluate(SEEN), f"{text} has the focus, and nothing shows it"
            return
    raise AssertionError(f"the Tab key does not lead to {text}")


def shortcut(page: Any, *keys: str) -> None:
    """Presses keys that scripts of the page listen to, as soon as they do."""
    page.wait_for_selector(".keys-open")
    for key in keys:
        page.keyboard.press(key)


NAME = """(() => {
  const one = document.activeElement;
  return [one.innerText, one.value, one.name, one.id, one.getAttribute("aria-label")].join(" ").replace(/\\s+/g, " ");
})()"""
SEEN = """(() => {
  const drawn = (one) => one && getComputedStyle(one).outlineStyle !== "none";
  const one = document.activeElement, box = one.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && (drawn(one) || drawn(one.closest("label, .code-box")));
})()"""
OPEN_FOLDS = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"
FITS = "document.documentElement.scrollWidth <= innerWidth"
THINNED = """(most) => {  // of what stands there many times alike, the first ones: axe-core takes long on each
  for (const parent of document.querySelectorAll("ul, ol, dl, tbody, select, datalist, main, section, .fold")) {
    const kinds = new Map();
    for (const child of [...parent.children]) {
      const kind = child.tagName + child.className, count = (kinds.get(kind) ?? 0) + 1;
      kinds.set(kind, count);
      if (count > most) child.remove();
    }
  }
}"""
BARRIERS = """axe.run({resultTypes: ["violations"]}).then((found) =>
  found.violations.map((one) => one.id + ": " + one.nodes[0].html.slice(0, 200)))"""


@cache
def axe_source() -> str:
    """axe-core; the test is skipped where it is not installed."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Any) -> Iterator[str]:
    """What is wrong with the page on a desktop by day and on a phone by night, with every fold open."""
    page.evaluate(OPEN_FOLDS)
    for name, screen in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(screen["viewport"])
        if not page.evaluate(FITS):
            yield f"{name}: wider than the screen"
    page.evaluate(THINNED, 8)
    page.evaluate(axe_source())
    for name, screen, scheme in (("desktop", DESKTOP, "light"), ("phone", PHONE, "dark")):
        page.set_viewport_size(screen["viewport"])
        page.emulate_media(color_scheme=scheme)
        yield from (f"{name}: {one}" for one in page.evaluate(BARRIERS))


def fill_in(page: Any, typed: str, *, within: str = "main") -> None:
    """Answers the one part that stands there: text is typed, of choices those with the labels are chosen."""
    boxes = page.locator(f"{within} .choices input")
    if boxes.count() == 0:
        page.locator(f"{within} [data-input]").fill(typed)
        return
    for box in page.locator(f"{within} input:checked[type=checkbox]").all():
        box.uncheck()
    for label in typed.split(", "):
        page.locator(f"{within} .choices input[value='{label}']").check()


def press(page: Any, name: str, *, within: str = "main", exact: bool = False) -> None:
    """Presses the button or link of that name, and waits for the page that it leads to."""
    place = page.locator(within)
    found = place.get_by_role("button", name=name, exact=exact).or_(place.get_by_role("link", name=name, exact=exact))
    with page.expect_navigation():
        found.first.click()
