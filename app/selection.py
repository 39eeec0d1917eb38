"""The chosen claims of the queue as one word of an address, so that they survive paging.

A claim is its key in base 64 and the version that was seen: ``AZ…Q.3~AZ…w.1``. The address holds
no more of them than one act takes.
"""

import base64
import binascii
import uuid
from collections.abc import Iterable, Mapping

from claims.bulk import MOST
from claims.errors import Refused

BETWEEN, BEFORE_VERSION = "~", "."
PADDING = "=="
LONGEST_VERSION = 9


def short(key: uuid.UUID, version: int) -> str:
    """One chosen claim as a form and an address name it."""
    return f"{base64.urlsafe_b64encode(key.bytes).decode()[:-2]}{BEFORE_VERSION}{version}"


def written(chosen: Mapping[uuid.UUID, int]) -> str:
    """The chosen claims as one word."""
    return BETWEEN.join(short(key, version) for key, version in chosen.items())


def read(words: Iterable[str]) -> dict[uuid.UUID, int]:
    """Read chosen claims back, each with the version that was seen; raise Refused for others."""
    found: dict[uuid.UUID, int] = {}
    for word in (part for text in words for part in text.split(BETWEEN) if part):
        name, _point, version = word.partition(BEFORE_VERSION)
        try:
            key = uuid.UUID(bytes=base64.b64decode(name + PADDING, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError) as problem:
            raise _refused() from problem
        if not (version.isascii() and version.isdigit() and len(version) <= LONGEST_VERSION):
            raise _refused()
        found[key] = int(version)
    if len(found) > MOST:
        raise Refused(
            "chosen_many",
            {
                "zh": f"一次最多选 {MOST} 条论断。",
                "en": f"At most {MOST} claims can be chosen at a time.",
            },
            "claims",
        )
    return found


def _refused() -> Refused:
    return Refused(
        "chosen_unknown",
        {"zh": "所选的论断无法识别。", "en": "What was chosen is not known."},
        "claims",
    )
