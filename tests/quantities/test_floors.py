"""What the reader has reached it keeps: no change may score below the floors."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.quantities import suites

_FLOORS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("lang", sorted(_FLOORS["recognizers"]))
def test_no_model_of_the_public_suite_falls_below_its_floor(lang: str) -> None:
    floors = _FLOORS["recognizers"][lang]
    reached = suites.recognizers(lang)

    assert {
        model: reached.get(model, 0)
        for model, floor in floors.items()
        if reached.get(model, 0) < floor
    } == {}


@pytest.mark.parametrize("lang", sorted(_FLOORS["hard_sentences"]))
def test_no_hard_sentence_is_lost(lang: str) -> None:
    assert suites.hard_sentences(lang) >= _FLOORS["hard_sentences"][lang]
