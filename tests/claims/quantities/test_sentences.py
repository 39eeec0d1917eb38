"""Sentences of markets, sport, health, weather and courts, read whole: nothing missing, nothing more."""

import importlib.util
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.quantities import Quantity, read

_SPEC = importlib.util.spec_from_file_location(
    "quantity_sentences", Path(__file__).with_name("sentences.py")
)
