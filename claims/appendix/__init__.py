"""The verification appendix: what leaves the newsroom, as plain data."""

from claims.appendix.former import AppendixClaim, AppendixContent, AppendixFigure
from claims.appendix.former_build import article_content, claim_content

__all__ = ["AppendixClaim", "AppendixContent", "AppendixFigure", "article_content", "claim_content"]
