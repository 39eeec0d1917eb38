"""The reader of scripts without spaces: Chinese, Japanese and Korean, whose numbers count in 万."""

from claims.quantities.cjk.scan import blanked, read, scan
from claims.quantities.cjk.vocabulary import vocabulary

LANGUAGES = ("zh", "ja", "ko")

__all__ = ["LANGUAGES", "blanked", "read", "scan", "vocabulary"]
