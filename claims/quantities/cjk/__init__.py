"""The reader of scripts without spaces: Chinese, Japanese and Korean, whose numbers count in 万."""

from claims.quantities.cjk.scan import read

__all__ = ["read"]
