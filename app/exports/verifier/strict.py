"""JSON read and written in one way only, so that no two readers see two things in one text."""

import json
import re
from base64 import b64decode, b64encode
from typing import Any

HEX64 = re.compile("[0-9a-f]{64}")
WHOLE = 2**53
"""Beyond it programs disagree about a number."""
DEEPEST = 64
"""Values within values: an appendix has a dozen, and a reader's stack has an end."""


class Unreadable(ValueError):
    """The text is no JSON that the house writes."""


def pairs(found: "list[tuple[str, Any]]") -> "dict[str, Any]":
    """An object, none of whose keys is given twice or holds a control character."""
    made = dict(found)
    if len(made) != len(found):
        raise Unreadable("a key is given twice")
    if any(char < " " for key in made for char in key):
        raise Unreadable("a key holds a control character")
    return made


def no_fraction(text: str) -> Any:
    """Refuse a number that is no whole one."""
    raise Unreadable(f"{text[:40]} is no whole number")


def whole(text: str) -> int:
    """A whole number that every program reads alike."""
    if len(text) > 17 or text == "-0" or abs(int(text)) >= WHOLE:
        raise Unreadable(f"{text[:40]} is out of bounds")
    return int(text)


def parsed(text: bytes) -> Any:
    """The value of a JSON text; raise Unreadable."""
    try:
        found = json.loads(
            text.decode(),
            object_pairs_hook=pairs,
            parse_float=no_fraction,
            parse_constant=no_fraction,
            parse_int=whole,
        )
    except (UnicodeDecodeError, RecursionError, json.JSONDecodeError) as problem:
        raise Unreadable(str(problem) or "too deep") from problem
    shallow(found)
    return found


def shallow(value: Any) -> None:
    """Raise Unreadable where values stand too deep within each other."""
    level = [value]
    for _ in range(DEEPEST):
        held = [one for one in level if isinstance(one, (dict, list))]
        level = [part for one in held for part in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return
    raise Unreadable("too deep")


def written(value: Any) -> bytes:
    """The one way to write a JSON value: keys sorted, no spaces, UTF-8."""
    text = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8", "surrogatepass")


def digest_in(text: Any) -> bytes:
    """The 32 bytes of a digest in lower-case hex; raise Unreadable."""
    if not isinstance(text, str) or not HEX64.fullmatch(text):
        raise Unreadable(f"no digest: {str(text)[:40]!r}")
    return bytes.fromhex(text)


def exact(text: Any) -> bytes:
    """The bytes of base64 as it is written, no bit of it left over; raise Unreadable."""
    try:
        data = b64decode(str(text).encode("ascii"), validate=True)
    except ValueError as problem:
        raise Unreadable(f"no base64: {str(text)[:40]!r}") from problem
    if not isinstance(text, str) or b64encode(data).decode() != text:
        raise Unreadable(f"no base64: {str(text)[:40]!r}")
    return data


def only(value: Any, expected: Any) -> None:
    """Raise Unreadable for any value but one."""
    if value != expected:
        raise Unreadable(f"{str(value)[:40]!r} is not {expected!r}")


def fields(value: Any, *names: str) -> "dict[str, Any]":
    """An object with these fields and no other; one whose name ends in ``?`` may be missing."""
    known = {name.rstrip("?") for name in names}
    needed = {name for name in names if not name.endswith("?")}
    if not isinstance(value, dict) or not needed <= set(value) <= known:
        raise Unreadable(f"not the fields {', '.join(names)}")
    return value
