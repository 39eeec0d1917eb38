"""What can go wrong in the domain, each with a code, a field and a sentence in both languages."""

from sources.words import Words


class DeskError(Exception):
    """Something an editor must be told. ``field`` names the form field it belongs to, if any."""

    def __init__(self, code: str, message: Words, field: str | None = None) -> None:
        """Keep what the page and the log need."""
        super().__init__(message.get("en", code))
        self.code = code
        self.message = message
        self.field = field


class Refused(DeskError):
    """The input cannot be taken as it is (HTTP 422)."""


class Passing(Refused):
    """The input cannot be taken now, and the same input may be taken later (HTTP 422)."""


class TooLarge(DeskError):
    """The input is larger than the documented limit (HTTP 413)."""


class Conflict(DeskError):
    """Somebody else was there first, or the row is no longer what the person saw (HTTP 409)."""


class Forbidden(DeskError):
    """The rules of checking do not let this person do this (HTTP 403)."""


class Missing(DeskError):
    """There is no such row (HTTP 404)."""


class Damaged(DeskError):
    """Stored bytes are no longer what their name promises; they are never served (HTTP 500)."""


class NoRoom(DeskError):
    """The store cannot take more: the disk is full or read-only (HTTP 507)."""


class Locked(DeskError):
    """What is encrypted cannot be opened here: its key is missing or another one (HTTP 503)."""
