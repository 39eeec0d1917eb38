"""When a rule of a profile holds: a closed list of questions about the nearest member of a list."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from claims.said import SILENT, UNNAMED

FAIR_CHARACTERS: Final = 300
"""How much of somebody's text a public appendix quotes: in Chinese, characters."""
FAIR_WORDS: Final = 120
"""The same in a language that puts spaces between words."""
HAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
Item = Mapping[str, Any]


def is_long(quote: str) -> bool:
    """Whether a quotation is longer than fair: by characters of East Asian scripts, or by words."""
    return len(HAN.findall(quote)) > FAIR_CHARACTERS or len(quote.split()) > FAIR_WORDS


def _long(item: Item) -> bool:
    return is_long(item["passage"]["quote"] or "")


def _dropped(claim: Item) -> bool:
    return bool(claim["stage"] == "dropped" or claim["disposition"] == "cut")


CONDITIONS: Final[Mapping[str, Callable[[Item], bool]]] = {
    "confidential": lambda item: bool(item["confidential"]),
    "unnamed": lambda item: item["terms"] in UNNAMED,
    "silent": lambda item: item["terms"] in SILENT,
    "withdrawn": lambda item: item["withdrawn"] is not None,
    "void": lambda item: bool(item["void"]),
    "past": lambda item: bool(item["past"]),
    "a_person": lambda item: item["kind"] != "system",
    "dropped": _dropped,
    "long": _long,
}
"""Each condition by the word that ``profiles.toml`` uses."""
