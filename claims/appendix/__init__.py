"""The verification appendix: what leaves the newsroom, as plain data."""

from claims.appendix.build import article_content, claim_content
from claims.appendix.content import AppendixClaim, AppendixContent, AppendixFigure

__all__ = ["AppendixClaim", "AppendixContent", "AppendixFigure", "article_content", "claim_content"]
