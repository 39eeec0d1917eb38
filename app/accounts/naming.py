"""The name others see: whoever acts is known by it, so nobody takes somebody else's."""

import unicodedata
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from claims.errors import Conflict

LOOKS = str.maketrans(
    "АВСЕНІЈКМОРЅТХУҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧасԁеһіјкӏорԛѕухѵԝαικνορυɑɡıɩօոսհɢʜɪʟɴʀʏ",
    "ABCEHIJKMOPSTXYYQWABEZHIKMNOPTYXacdehijklopqsyxvwaikvopuagiionuhGHILNRY",
)
"""Letters of Cyrillic, Greek and Armenian, and rare Latin ones, by the Latin letter they look like
(Unicode Technical Standard 39, section 4)."""
STROKES = str.maketrans("I|l0", "111o")
"""Signs that look alike; a large L looks like none of them."""
PAIRS = {"rn": "m", "vv": "w"}


def refuse_taken(session: Session, shown: str, own: uuid.UUID | None = None) -> None:
    """Raise Conflict (field ``display_name``) for a name by which another account is known.

    Case, width, spaces, marks and letters that look alike make no other name of it. ``own`` is
    whose name it is to be.
    """
    wanted = _told_by(shown)
    for key, name, display_name in session.execute(
        select(Account.id, Account.name, Account.display_name)
    ):
        if key != own and wanted & (_told_by(name) | _told_by(display_name)):
            raise Conflict(
                "display_name_taken",
                {
                    "zh": f"本台的 {name} 已用这个名称，别人会分不清是谁做的。请加上部门等字样。",
                    "en": f"{name} of this desk is known by this name, and others could not tell "
                    "who did what. Add something, such as the department.",
                },
                "display_name",
            )


def _told_by(name: str) -> set[str]:
    """What is left of a name to tell it by: its letters and digits, and these as they look.

    They look otherwise in large letters: a large I and a small l are alike, a small i is not.
    """
    plain = unicodedata.normalize("NFKC", name)
    known = {_letters(plain.casefold())}
    drawn = plain.translate(LOOKS)
    for written in (drawn, drawn.upper()):
        looks = written.translate(STROKES).casefold()
        for two, one in PAIRS.items():
            looks = looks.replace(two, one)
        known.add(_letters(looks))
    return known


def _letters(name: str) -> str:
    """The letters and digits of a name, else all of it."""
    return "".join(char for char in name if char.isalnum()) or name
