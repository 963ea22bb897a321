"""Days in the learner's zone, across a change of clocks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from chainrule.dates import LocalZone, local_now


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("berlin")
def test_an_evening_in_winter_keeps_its_day_in_summer() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=LocalZone())
    winter = datetime(2026, 1, 10, 22, 30, tzinfo=UTC)
    assert summer.utcoffset() == timedelta(hours=2)
    assert winter.astimezone(summer.tzinfo).isoformat() == "2026-01-10T23:30:00+01:00"


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(("hour", "offset"), [(0, 2), (1, 1)])
def test_the_hour_that_comes_twice(hour: int, offset: int) -> None:
    then = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    local = then.astimezone(LocalZone())
    assert (local.hour, local.utcoffset()) == (2, timedelta(hours=offset))
    assert local.astimezone(UTC) == then


def test_now_is_now() -> None:
    assert abs(local_now() - datetime.now(UTC)) < timedelta(seconds=5)
