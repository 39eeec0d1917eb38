"""The desk's single keys, and which of them an account has changed or does without."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from claims.errors import Refused

KEYS: Mapping[str, LazyString] = {
    "j": _("next row or claim"),
    "k": _("previous row or claim"),
    "g": _("go to a page: the first of two keys"),
    "/": _("search"),
    "?": _("keys of this page"),
    "t": _("light or dark"),
    "n": _("add an article; when sorting, leave out"),
    "e": _("add evidence"),
    "f": _("raise a contest"),
    "c": _("add a claim or a comment"),
    "r": _("take the chosen claims"),
    "h": _("put a claim aside"),
    "o": _("open what is chosen"),
    "p": _("print, or the previous one"),
    "u": _("the next number nothing accounts for"),
    "v": _("compare versions"),
    "z": _("undo"),
    "y": _("when sorting: keep"),
    "m": _("when sorting: merge"),
    "s": _("when sorting: split; in a list: choose the row"),
    "a": _("when sorting: keep all strong ones"),
    "x": _("open or close the excerpt of the evidence"),
    "[": _("the open claim before"),
    "]": _("the next open claim"),
}
"""What each key of the desk does, for the page where it can be changed."""


def changed_keys(wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what differs from the desk's own keys; an empty text stands for no key at all.

    ``wanted`` has what was typed for each key. Raises Refused for more than one character, for a
    digit (digits choose statuses) and for one key with two meanings.
    """
    chosen = {key: unicodedata.normalize("NFKC", wanted.get(key, key).strip()) for key in KEYS}
    seen: dict[str, str] = {}
    for key, pressed in chosen.items():
        if len(pressed) > 1 or pressed.isdigit() or not (pressed.isprintable()):
            raise _refused(key, "只写一个字符，不用数字。", "Write one character that is no digit.")
        if pressed and pressed in seen:
            raise _refused(
                key,
                f"“{pressed}”已用于“{seen[pressed]}”。",
                f"“{pressed}” is used already, in the place of “{seen[pressed]}”.",
            )
        seen[pressed] = key
    return {key: pressed for key, pressed in chosen.items() if pressed != key}


def stored(changed: Mapping[str, str]) -> str:
    """Write the changes as the account keeps them: canonical JSON."""
    return json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> dict[str, str]:
    """Read them back."""
    found: Any = json.loads(text)
    return {key: str(pressed) for key, pressed in found.items() if key in KEYS}


def field_name(key: str) -> str:
    """The name of a key's field in the form: a letter's own, or the number of a sign."""
    return f"key_{key if key.isalpha() else ord(key)}"


def _refused(key: str, zh: str, en: str) -> Refused:
    return Refused("key_unusable", {"zh": zh, "en": en}, field_name(key))
