"""The desk's rules of watching: data with a version, read once."""

import datetime as dt
import hashlib
import tomllib
import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

WEEK, QUARTER = 7, 90


@dataclass(frozen=True, slots=True)
class WatchPolicy:
    """How often, how politely, and after how many troubled looks.

    Intervals are in days, waits between strikes in hours, paces in seconds; ``spread`` is the
    share of an interval by which a look may come later.
    """

    version: str
    first_week: int
    first_quarter: int
    later: int
    archived_after: int
    spread: Decimal
    pace_seconds: int
    most_pace_seconds: int
    hold_seconds: int
    robots_hours: int
    most: int
    most_per_host: int
    strikes: int
    strike_hours: tuple[int, ...]

    def interval(self, age_days: int) -> int | None:
        """Return the days between two looks for an article of an age; None for an archived one."""
        if age_days > self.archived_after:
            return None
        if age_days < WEEK:
            return self.first_week
        return self.first_quarter if age_days < QUARTER else self.later

    def next_look(self, source: uuid.UUID, last: dt.datetime, days: int) -> dt.datetime:
        """Return when a source looked at is due again: always the same, and not with the others."""
        seconds = Decimal(days) * 86_400
        late = seconds * self.spread * _share(source)
        return last + dt.timedelta(seconds=int(seconds + late))

    def after_strike(self, strikes: int, last: dt.datetime) -> dt.datetime:
        """Return when to look again after so many troubled looks that are not enough yet."""
        return last + dt.timedelta(
            hours=self.strike_hours[min(strikes, len(self.strike_hours)) - 1]
        )

    def pause(self, asked: float | None) -> dt.timedelta:
        """Return the pause between two requests to a site that asks for so many seconds."""
        seconds = max(self.pace_seconds, asked or 0)
        return dt.timedelta(seconds=min(seconds, self.most_pace_seconds))


def watch_policy_from(table: dict[str, Any]) -> WatchPolicy:
    """Read a policy out of parsed TOML; raise KeyError or ValueError if it is broken."""
    days, pace, strikes = table["days"], table["pace"], table["strikes"]
    policy = WatchPolicy(
        version=str(table["version"]),
        first_week=int(days["first_week"]),
        first_quarter=int(days["first_quarter"]),
        later=int(days["later"]),
        archived_after=int(days["archived_after"]),
        spread=Decimal(table["spread"]["share"]),
        pace_seconds=int(pace["seconds"]),
        most_pace_seconds=int(pace["most_seconds"]),
        hold_seconds=int(pace["hold_seconds"]),
        robots_hours=int(pace["robots_hours"]),
        most=int(table["run"]["most"]),
        most_per_host=int(table["run"]["most_per_host"]),
        strikes=int(strikes["needed"]),
        strike_hours=tuple(int(hours) for hours in strikes["hours"]),
    )
    sound = (
        1 <= policy.first_week <= policy.first_quarter <= policy.later
        and 0 <= policy.spread <= 1
        and 1 <= policy.pace_seconds <= policy.most_pace_seconds
        and policy.strikes >= 1
        and policy.strike_hours
        and policy.version
    )
    if not sound:
        message = f"watch policy {policy.version!r} would look too often, or never"
        raise ValueError(message)
    return policy


@cache
def watch_policy() -> WatchPolicy:
    """Return the policy this release ships."""
    text = resources.files("sources.looks").joinpath("policy.toml").read_text(encoding="utf-8")
    return watch_policy_from(tomllib.loads(text))


def _share(source: uuid.UUID) -> Decimal:
    """A share from 0 up to 1 that is the source's own for ever."""
    number = int.from_bytes(hashlib.sha256(source.bytes).digest()[:4], "big")
    return Decimal(number) / Decimal(2**32)
