"""Text as the content of XML: nothing in it is markup, nothing in it is forbidden."""

from app.exports.signs import visible

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def escaped(text: str) -> str:
    """A text as the content of an element."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """A text as the value of an attribute in double quotes, on one line."""
    return escaped(" ".join(text.split())).replace('"', "&quot;")
