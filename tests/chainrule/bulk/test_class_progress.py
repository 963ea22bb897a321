"""How far judging has got: rate and time left of the last minute, and lines that do not flood a log."""

from __future__ import annotations

import pytest

from chainrule.bulk.progress import EVERY, Lines, Pace, State, duration, line_of, watching


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_rate_is_that_of_the_last_minute() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(600):  # ten a second at first, then one
        clock.now += 0.1
        pace.add()
    for _ in range(120):
        clock.now += 1
        pace.add()
    state = pace.state(skipped=100, total=1000, reading=False)
    assert state.done == 820 and state.rate == pytest.approx(1, abs=0.05)
    assert state.left == pytest.approx(180, abs=10)


def test_while_submissions_are_read_no_time_left_is_told() -> None:
    clock = Clock()
    pace = Pace(clock)
    for _ in range(3):
        clock.now += 1
        pace.add()
    assert pace.state(0, 10, reading=True).left is None
    assert pace.state(0, 10, reading=False).left == pytest.approx(7)


def test_nothing_judged_has_no_rate() -> None:
    assert Pace(Clock()).state(5, 5, reading=False) == State(5, 5)


def test_a_line_says_all_of_it() -> None:
    assert line_of(State(1200, 4300, 34.2, 91)) == "1200 of 4300 answers, 34.2/s, 1:31 left"
    assert line_of(State(0, 12, reading=True)) == "0 of 12 answers read so far"
    assert duration(7400) == "2:03:20"


def test_a_log_gets_a_line_now_and_then() -> None:
    clock, written = Clock(), list[str]()
    lines = Lines(written.append, clock)
    for _ in range(100):
        clock.now += EVERY / 10
        lines.show(State(1, 2))
    assert 9 <= len(written) <= 10
    lines.say("at once")
    assert written[-1] == "at once"


def test_quiet_shows_warnings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(quiet=True) as watcher:
        for _ in range(3):
            watcher.show(State(1, 2))
        watcher.say("it went")
    assert capsys.readouterr().err == "chainrule: it went\n"
