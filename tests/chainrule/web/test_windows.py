"""Moving windows: the same as counting all times again, and nothing is remembered for longer than it counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chainrule.web.windows import TIDIED, Rate, Windows

RATES = st.lists(st.builds(Rate, st.integers(1, 4), st.sampled_from([1.0, 5.0, 60.0])), min_size=1, max_size=3)
GAPS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0.0, 0.3, 1.0, 7.0, 61.0])), max_size=40)


def fits(when: list[float], rates: list[Rate], now: float) -> bool:
    return all(sum(now - rate.seconds < one for one in when) < rate.times for rate in rates)


@given(RATES, GAPS)
def test_it_is_as_if_all_times_were_counted(rates: list[Rate], gaps: list[tuple[str, float]]) -> None:
    windows, when, now = Windows(), {"a": list[float](), "b": list[float]()}, 1000.0
    for key, gap in gaps:
        now += gap
        wait = windows.wait(key, rates, now)
        assert (wait <= 0) == fits(when[key], rates, now)
        if wait <= 0:
            windows.count(key, rates, now)
            when[key].append(now)
        else:
            assert fits(when[key], rates, now + wait + 1e-6)
            assert not fits(when[key], rates, now + wait - 1e-6)


def test_what_counts_no_more_is_forgotten() -> None:
    windows, rates = Windows(), [Rate(5, 10.0)]
    for number in range(1000):
        windows.count(number, rates, 1000.0)
    windows.count("late", rates, 1000.0 + 2 * TIDIED)
    assert len(windows) == 1
