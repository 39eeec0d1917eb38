"""Turning the shapes a PDF names back into the characters somebody typed.

Fonts give one shape to several characters, and a PDF may name the wrong one: 长 comes out as the
radical ⻓, and a search or a reader of numbers no longer finds 增长.
"""

import re
import unicodedata

RADICALS = str.maketrans(
    "⺠⺟⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⻗⻫⻭⻯⻱⼾",
    "民母虎西见角贝车長镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟雨斉歯竜亀户",
)
"""Of the block CJK Radicals Supplement, those that look like a whole character (Unicode's
EquivalentUnifiedIdeograph); Unicode itself gives them no compatibility mapping."""
SHAPES = re.compile("[\u2f00-\u2fdf\ufb00-\ufb06]+")
"""Kangxi radicals and Latin ligatures, whose plain characters Unicode knows."""
SOFT_END = re.compile("\u00ad[ \t]*\n")
BEFORE_MARK = re.compile("(?<=\\S)[ \t]+(?=[，。；：、！？）》」』】”])")
AFTER_MARK = re.compile("(?<=[（《「『【“])[ \t]+(?=\\S)")


def unprinted(text: str) -> str:
    """Return a page's text with plain characters, and without spaces no Chinese writer types."""
    plain = SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    ended = SOFT_END.sub("-\n", plain.translate(RADICALS))
    return AFTER_MARK.sub("", BEFORE_MARK.sub("", ended))
