"""The name others see: whoever acts is known by it, so nobody takes somebody else's."""

import unicodedata
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from claims.errors import Conflict


def refuse_taken(session: Session, shown: str, own: uuid.UUID | None = None) -> None:
    """Raise Conflict (field ``display_name``) for a name by which another account is known.

    Case, width, spaces and marks make no other name of it. ``own`` is whose name it is to be.
    """
    wanted = _letters(shown)
    for key, name, display_name in session.execute(
        select(Account.id, Account.name, Account.display_name)
    ):
        if key != own and wanted in {_letters(name), _letters(display_name)}:
            raise Conflict(
                "display_name_taken",
                {
                    "zh": f"本台的 {name} 已用这个名称，别人会分不清是谁做的。请加上部门等字样。",
                    "en": f"{name} of this desk is known by this name, and others could not tell "
                    "who did what. Add something, such as the department.",
                },
                "display_name",
            )


def _letters(name: str) -> str:
    """What is left of a name to tell it by: its letters and digits, else all of it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain
