"""Recognizers-Text as a contender: its seven models of numbers and units, without dates."""

import importlib
from typing import Any

from tests.benchmarks.contenders.protocol import Found, Reader, serve

_CULTURES = {"zh": "zh-cn", "en": "en-us"}


def reader_of(lang: str) -> Reader:
    """Ask models that were made once, not the convenience functions that look them up each time."""
    culture = _CULTURES[lang]
    plain = importlib.import_module("recognizers_number").NumberRecognizer(culture)
    units = importlib.import_module("recognizers_number_with_unit").NumberWithUnitRecognizer(
        culture
    )
    models = [
        plain.get_number_model(),
        plain.get_ordinal_model(),
        plain.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_age_model(),
        units.get_temperature_model(),
    ]
    return lambda text: [
        _found(item) for model in models for item in model.parse(text) if _value(item)
    ]


def _value(item: Any) -> str:
    return str((item.resolution or {}).get("value") or "").rstrip("%")


def _found(item: Any) -> Found:
    return Found(item.start, item.end + 1, _value(item))


if __name__ == "__main__":
    serve(reader_of)
