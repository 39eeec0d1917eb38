"""The method of the checking in words, as every appendix prints it."""

from functools import cache

from claims.appendix.content import MethodPart, Paragraph, WidthPart


@cache
def method() -> MethodPart:
    """Return the method with the policy in force."""
    return MethodPart(paragraphs=list[Paragraph](), widths=list[WidthPart]())
