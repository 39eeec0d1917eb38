"""What can go wrong in the domain; the classes stand on the ground floor, which needs them too."""

from sources.errors import (
    Conflict,
    Damaged,
    DeskError,
    Forbidden,
    Locked,
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
    "Locked",
    "Missing",
    "NoRoom",
    "Refused",
    "TooLarge",
]
