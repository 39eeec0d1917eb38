"""The verification appendix: what leaves the newsroom, as plain data."""

from claims.appendix.build import article_content, claim_content
from claims.appendix.content import AppendixClaim, AppendixContent

__all__ = ["AppendixClaim", "AppendixContent", "article_content", "claim_content"]
