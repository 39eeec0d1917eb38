"""Keys that a person or a file may give a source: those that can stand in the desk's addresses."""

import re
from typing import Final

from sources.veil import ALIAS

KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
RESERVED: Final = frozenset({"export", "import", "new", "rot"})
"""Words that stand in the place of a key in the desk's own addresses."""
ENDINGS: Final = (".json", ".csv")
"""What the desk's own addresses add to a key or a word to say which form is asked for."""


def is_key(text: str) -> bool:
    """Whether a text can be a key: nothing the desk's addresses read as something else.

    What begins like the neutral key of a confidential source could pass for one.
    """
    name = text.casefold()
    is_ours = name in RESERVED or name.startswith(ALIAS) or name.endswith(ENDINGS)
    return KEY.fullmatch(text) is not None and not is_ours
