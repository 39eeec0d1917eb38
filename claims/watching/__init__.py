"""Whether the words that evidence quotes still stand in the page they were taken from."""

from claims.watching.looking import Looking, Stood

__all__ = ["Looking", "Stood"]
