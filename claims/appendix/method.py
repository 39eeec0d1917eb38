"""The method of the checking in words, as every appendix prints it, with the policy in force."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from claims.appendix.content import MethodPart, Paragraph, WidthPart
from claims.policy import policy_text

LEVELS = "sign_off.levels"
"""The value a desk may set otherwise than the policy does."""


def method(levels: int) -> MethodPart:
    """Return the method with the policy this release ships, and the levels this desk asks for."""
    return MethodPart(
        paragraphs=[_paragraph(table) for table in _table()["paragraphs"]],
        widths=[replace(one, value=str(levels)) if one.name == LEVELS else one for one in widths()],
    )


def widths() -> list[WidthPart]:
    """Return every value of the policy this release ships, in the order of its file."""
    words = _table()["widths"]
    return [
        WidthPart(name, value, *_meaning(words[name]))
        for name, value in flat(tomllib.loads(policy_text()))
    ]


def flat(table: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the values of a policy by their full names; its version is none of them."""
    return [
        (f"{part}.{name}", str(value).lower() if isinstance(value, bool) else str(value))
        for part, values in table.items()
        if isinstance(values, dict)
        for name, value in values.items()
    ]


@cache
def _table() -> dict[str, Any]:
    text = resources.files("claims.appendix").joinpath("method.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _paragraph(table: dict[str, str]) -> Paragraph:
    return Paragraph(
        topic=table["topic"],
        heading={"zh": table["zh_heading"], "en": table["en_heading"]},
        text={"zh": table["zh"], "en": table["en"]},
    )


def _meaning(table: dict[str, Any]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    return {"zh": table["zh"], "en": table["en"]}, table["unit"], table["basis"]
