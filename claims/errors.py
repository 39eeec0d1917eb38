"""What can go wrong in the domain; the family stands on the ground floor, where sources raise it."""

from sources.errors import (
    Conflict,
    Damaged,
    DeskError,
    Forbidden,
    Missing,
    NoRoom,
    Refused,
    TooLarge,
)

__all__ = [
    "Conflict",
    "Damaged",
    "DeskError",
    "Forbidden",
    "Missing",
    "NoRoom",
    "Refused",
    "TooLarge",
]
