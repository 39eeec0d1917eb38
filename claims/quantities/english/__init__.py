"""The reader of English."""

from claims.quantities.english.scan import blanked, lowered, read, scan
from claims.quantities.english.vocabulary import vocabulary

__all__ = ["blanked", "lowered", "read", "scan", "vocabulary"]
