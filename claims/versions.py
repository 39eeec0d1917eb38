"""Noticing that a form was opened on a state of a row that has since been changed."""

from typing import Protocol

from claims.errors import Conflict


class Versioned(Protocol):
    """A row whose version rises with every save."""

    @property
    def version(self) -> int:
        """The present version."""


def expect_version(row: Versioned, seen: int | None) -> None:
    """Raise Conflict when the row is no longer the one the person saw.

    ``seen`` is None where nobody saw a form: a command or an import that reads and writes at once.
    """
    if seen is not None and seen != row.version:
        raise Conflict(
            "stale",
            {
                "zh": "您打开表单之后，别人已经改过这条记录。您填写的内容都还在，请对照后再保存。",
                "en": "Somebody changed this record after you opened the form. "
                "Nothing you typed is lost: compare and save again.",
            },
            "version",
        )
