"""What each value of the policy means to an editor, in which unit, and where it comes from."""

import tomllib
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from claims.policy import current_policy, policy_text

XBRL = "XBRL Calculations 1.1"
DESK = _("convention of the desk")
SHARE, DAYS, YEARS, COUNT = _("share of the number"), _("days"), _("years"), _("count")
UNITS_OF_DIGIT = _("units of the last digit printed")


@dataclass(frozen=True)
class Width:
    """One value: its place in the file, what it is, what it means, its unit and its source."""

    name: str
    value: str
    meaning: LazyString
    unit: LazyString
    source: LazyString | str


MEANINGS: dict[str, tuple[LazyString, LazyString, LazyString | str]] = {
    "rounding.half_unit": (
        _("A printed number stands for this much either side: 18.3 is 18.25 to 18.35."),
        UNITS_OF_DIGIT,
        XBRL,
    ),
    "about.default": (_("How far “about” reaches either side."), SHARE, DESK),
    "about.percent": (_("The same for percentages."), SHARE, DESK),
    "about.points": (_("The same for percentage points."), SHARE, DESK),
    "about.money": (_("The same for amounts of money."), SHARE, DESK),
    "about.count": (_("The same for counts of things."), SHARE, DESK),
    "about.time": (_("The same for durations."), SHARE, DESK),
    "about.calendar": (_("The same for spans of the calendar."), SHARE, DESK),
    "nearly.factor": (
        _("“Nearly” begins at this share of the number and does not reach it."),
        SHARE,
        DESK,
    ),
    "multiple_of.from": (_("“Dozens of” means at least so many dozen."), COUNT, DESK),
    "multiple_of.below": (_("“Dozens of” means fewer than so many dozen."), COUNT, DESK),
    "counts.exact": (
        _("A count printed as a whole number, without a written multiplier, is not rounded."),
        _("yes or no"),
        DESK,
    ),
    "periods.about_years": (_("How far an approximate year reaches either side."), YEARS, DESK),
    "support.independent_origins": (
        _("“Supported” needs one authoritative primary source, or so many independent origins."),
        COUNT,
        DESK,
    ),
    "freshness.snapshot_days": (
        _("A snapshot older than this raises a finding; no status changes."),
        DAYS,
        DESK,
    ),
    "sign_off.levels": (
        _("How many levels of sign-off a claim passes: 2 is four eyes, 3 is three readings."),
        _("levels"),
        DESK,
    ),
    "appendix.public_unsigned": (
        _("An appendix may go out to the public while claims of it are not signed off."),
        _("yes or no"),
        DESK,
    ),
}


def widths() -> list[Width]:
    """Return every value of the policy in force, in the order of its file."""
    table = tomllib.loads(policy_text())
    return [Width(name, value, *MEANINGS[name]) for name, value in flat(table)]


def flat(table: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the values of a policy by their full names; its version is none of them."""
    return [
        (f"{part}.{name}", str(value).lower() if isinstance(value, bool) else str(value))
        for part, values in table.items()
        if isinstance(values, dict)
        for name, value in values.items()
    ]


def version() -> str:
    """Return the version of the policy in force, as appendices print it."""
    return current_policy().version
