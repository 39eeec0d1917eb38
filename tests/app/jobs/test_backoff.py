"""The pauses between attempts grow, stay below a bound, and differ."""

import datetime as dt

from app.jobs.backoff import FIRST, MOST, pause


def test_pauses_double_up_to_a_bound_and_lose_up_to_half() -> None:
    for attempts in range(1, 40):
        whole = min(MOST, FIRST * 2 ** (attempts - 1))
        found = {pause(attempts) for _ in range(20)}
        assert len(found) > 1
        assert all(dt.timedelta(seconds=whole / 2) <= one for one in found)
        assert all(one <= dt.timedelta(seconds=whole) for one in found)
