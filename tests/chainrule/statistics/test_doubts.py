"""What speaks against a part itself, and what does not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from chainrule.statistics.doubts import doubts
from chainrule.statistics.intervals import Estimate
from chainrule.statistics.items import ItemFigures, MistakeFigures
from chainrule.statistics.reliability import Reliability

NOTHING = Reliability(None)


def item(
    outcomes: Mapping[str, int], r: tuple[float, float, float] | None = (0.4, 0.1, 0.6), times: int = 0
) -> ItemFigures:
    asked = sum(outcomes.values())
    made = (MistakeFigures("sign", "Look.", times, Estimate(0.5, 0, 1, asked)),) if times else ()
    found = None if r is None else Estimate(*r, asked)
    return ItemFigures(
        "f/a", "number", asked, asked - outcomes.get("unanswered", 0), outcomes, None, found, "", 0, 0, made
    )


@pytest.mark.parametrize(
    ("outcomes", "r", "times"),
    [
        ({"right": 30, "wrong": 10}, (0.4, 0.1, 0.6), 9),
        ({"right": 1, "wrong": 39}, None, 1),  # hard, and nothing else
        ({"right": 40}, None, 0),
        ({"right": 1, "wrong": 4}, None, 4),  # too few to speak of
        ({"right": 37, "fault": 1, "undecided": 2}, (0.1, -0.2, 0.4), 0),
        ({"unreadable": 3, "right": 1}, None, 0),
        ({"unanswered": 40}, None, 0),
    ],
)
def test_nothing_speaks_against_it(outcomes: dict[str, int], r: tuple[float, float, float] | None, times: int) -> None:
    assert doubts(item(outcomes, r, times), NOTHING) == ()


def test_what_speaks_against_it() -> None:
    plain = {"right": 20, "wrong": 20}
    assert "look at the key" in doubts(item(plain, (-0.5, -0.7, -0.2)), NOTHING)[0]
    assert "no better here" in doubts(item(plain, (-0.1, -0.3, 0.2)), NOTHING)[0]
    assert doubts(item({"right": 5, "wrong": 9}, times=6), NOTHING) == (
        "More made one mistake (6) than were right (5).",
    )
    (found,) = doubts(item({"right": 34, "fault": 4, "undecided": 2}), NOTHING)
    assert found.startswith("6 of 40 have no verdict")
    (found,) = doubts(item({"right": 7, "unreadable": 3, "unanswered": 5}), NOTHING)
    assert found.startswith("3 of 10 answers could not be read")


def test_what_lowers_alpha() -> None:
    plain, whole = item({"right": 20, "wrong": 20}), Estimate(-0.1, -0.4, 0.2, 40)
    assert doubts(plain, Reliability(whole, "", 3, (("f/a", 0.3),))) == ("Without it α would rise from −0.10 to 0.30.",)
    assert doubts(plain, Reliability(whole, "", 3, (("f/a", -0.06),))) == ()
