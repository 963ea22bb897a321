"""Fields for passwords in a browser."""

from __future__ import annotations

from typing import Any

from web_server import serving
from web_sites import School

from chainrule.classes import invitations


def test_a_password_can_be_looked_at_and_is_measured(school: School, browser: Any) -> None:
    site = school.site
    _, secret = invitations.new(site.store, school.classroom, "student", 1, 7, site.clock())
    with serving(school.app) as address:
        page = browser.new_page()
        page.goto(f"{address}/join/{secret}")
        page.fill("#password", "eleven cups")
        assert page.inner_text(".form-row [role=status]") == "11 of at least 12 letters"
        page.fill("#password", "nine quiet harbours")
        assert page.inner_text(".form-row [role=status]").startswith("long enough")
        assert page.get_attribute("#password", "type") == "password"
        page.check("text=Show the passwords")
        assert page.get_attribute("#again", "type") == "text"
        page.fill("#again", "something else")
        page.fill("#login", "uma")
        page.fill("#shown", "Uma")
        page.evaluate("addEventListener('submit', () => (window.name = document.querySelector('#again').type))")
        page.click("main button")
        page.wait_for_selector("text=The two passwords differ")
        assert page.evaluate("window.name") == "password"  # no browser offers it for other fields
        page.close()
