"""The desk's widths and counts: data with a version, so that an old judgement can be made again."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

LEVELS = range(1, 4)
"""How many levels of sign-off a desk may ask for."""
LEVELS_KEY = "sign_off_levels"
"""Where a session carries the number of levels its desk asks for."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How wide a hedged word is read, and how much evidence suffices.

    ``about`` maps a kind of unit (and ``default``) to a share of the stated number, either side.
    ``half_unit`` is in units of the last stated decimal. ``nearly_factor`` gives the lower end of
    "nearly", ``multiple_from`` and ``multiple_below`` the ends of "dozens of". ``about_years`` is
    how far an approximate year reaches either side, ``snapshot_days`` how old a snapshot may be,
    ``sign_off_levels`` how many levels of sign-off a claim passes, ``public_unsigned`` whether an
    appendix goes out to the public while claims of it are not signed off.
    """

    version: str
    half_unit: Decimal
    about: Mapping[str, Decimal]
    nearly_factor: Decimal
    multiple_from: Decimal
    multiple_below: Decimal
    exact_counts: bool
    about_years: int
    independent_origins: int
    snapshot_days: int
    sign_off_levels: int
    public_unsigned: bool

    def about_width(self, kind: str) -> Decimal:
        """Return the share of the stated number that "about" reaches for this kind of unit."""
        return self.about.get(kind, self.about["default"])


def policy_from(table: Mapping[str, Any]) -> Policy:
    """Read a policy out of parsed TOML; raise KeyError, ValueError or ArithmeticError if broken."""
    policy = Policy(
        version=str(table["version"]),
        half_unit=Decimal(table["rounding"]["half_unit"]),
        about=MappingProxyType({kind: Decimal(width) for kind, width in table["about"].items()}),
        nearly_factor=Decimal(table["nearly"]["factor"]),
        multiple_from=Decimal(table["multiple_of"]["from"]),
        multiple_below=Decimal(table["multiple_of"]["below"]),
        exact_counts=bool(table["counts"]["exact"]),
        about_years=int(table["periods"]["about_years"]),
        independent_origins=int(table["support"]["independent_origins"]),
        snapshot_days=int(table["freshness"]["snapshot_days"]),
        sign_off_levels=int(table["sign_off"]["levels"]),
        public_unsigned=bool(table["appendix"]["public_unsigned"]),
    )
    _refuse_nonsense(policy)
    return policy


def _refuse_nonsense(policy: Policy) -> None:
    """Refuse widths under which a stated number would contradict itself."""
    sound = (
        policy.half_unit >= 0
        and all(0 <= width < 1 for width in policy.about.values())
        and 0 <= policy.nearly_factor < 1
        and 1 <= policy.multiple_from < policy.multiple_below
        and policy.about_years >= 0
        and policy.independent_origins >= 1
        and policy.snapshot_days >= 1
        and policy.sign_off_levels in LEVELS
        and policy.version
        and "default" in policy.about
    )
    if not sound:
        message = f"policy {policy.version!r} holds a width that no reading of a figure allows"
        raise ValueError(message)


@cache
def current_policy() -> Policy:
    """Return the policy this release ships, read once."""
    return policy_from(tomllib.loads(policy_text()))


def policy_text() -> str:
    """Return the file of the policy this release ships, as it stands."""
    return resources.files("claims").joinpath("policy.toml").read_text(encoding="utf-8")


def sign_off_levels(session: Session) -> int:
    """Return how many levels of sign-off this session's desk asks for, by default the policy's."""
    asked: int | None = session.info.get(LEVELS_KEY)
    return asked or current_policy().sign_off_levels
