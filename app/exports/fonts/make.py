"""Makes the typefaces of this folder out of the fonts they are subsets of, the same each time.

``python -m app.exports.fonts.make NOTO_CJK_FOLDER NOTO_FOLDER``
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SIMPLIFIED = 2
"""The place of the face with the forms of the mainland in a collection of Noto CJK."""
FEATURES = ["ccmp", "kern", "lnum", "mark", "mkmk", "tnum"]
LATIN = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F),
         (0xFFFD, 0xFFFD)]  # fmt: skip
WORDS = [*LATIN, (0x370, 0x3FF), (0x400, 0x52F), (0x1F00, 0x1FFF)]
MARKS = [(0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F)]
SIGNS = [(0x2190, 0x2426), (0x2460, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF), (0xFFFD, 0xFFFD)]
PICTURES = [(0x1F300, 0x1F6FF), (0x1F900, 0x1F9FF)]
BESIDE_HAN = [(0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x22FF), (0x2460, 0x26FF), (0x3000, 0x33FF),
              (0xFE30, 0xFE4F), (0xFF01, 0xFFEE)]  # fmt: skip
KS_X_1001 = (range(0xB0, 0xC9), range(0xA1, 0xFF))
"""Where the standard of Korea has its syllables: the rows and the cells, as EUC-KR writes them."""
SYLLABLES = sorted(
    ord(bytes([row, cell]).decode("euc_kr")) for row in KS_X_1001[0] for cell in KS_X_1001[1]
)
HANGUL = [(code, code) for code in SYLLABLES] + [(0x3131, 0x318E)]
Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Face:
    """A font to make: its file, what it is called, what it is taken from, and its characters."""

    file: str
    family: str
    source: str
    ranges: Ranges
    listed: str = ""
    """The file that lists Chinese characters one by one."""
    features: bool = True

    def characters(self) -> set[int]:
        """The code points that are kept of the source, as far as it has them."""
        found = {code for first, last in self.ranges for code in range(first, last + 1)}
        if self.listed:
            found |= {ord(one) for one in (HERE / self.listed).read_text("utf-8").split("\n", 1)[1]}
        return found


FACES = (
    Face("DeskHan-Regular.otf", "Desk Han", "NotoSansCJK-Regular.ttc", BESIDE_HAN, "han.txt",
         features=False),
    Face("DeskHan-Bold.otf", "Desk Han", "NotoSansCJK-Bold.ttc", BESIDE_HAN, "han.txt",
         features=False),
    Face("DeskHangul-Regular.otf", "Desk Hangul", "NotoSansCJK-Regular.ttc", HANGUL,
         features=False),
    Face("DeskLatin-Regular.ttf", "Desk Latin", "NotoSans-Regular.ttf", WORDS + MARKS),
    Face("DeskLatin-Bold.ttf", "Desk Latin", "NotoSans-Bold.ttf", WORDS + MARKS),
    Face("DeskLatin-Italic.ttf", "Desk Latin", "NotoSans-Italic.ttf", WORDS + MARKS),
    Face("DeskMono-Regular.ttf", "Desk Mono", "NotoSansMono-Regular.ttf", [*LATIN[:2], *MARKS[:2]]),
    Face("DeskMath-Regular.ttf", "Desk Math", "NotoSansMath-Regular.ttf", SIGNS),
    Face("DeskSymbols-Regular.ttf", "Desk Symbols", "NotoSansSymbols2-Regular.ttf",
         SIGNS + PICTURES),
    Face("DeskSymbolsMore-Regular.ttf", "Desk Symbols More", "NotoSansSymbols-Regular.ttf", SIGNS),
)  # fmt: skip


def make(face: Face, folders: Iterable[Path]) -> None:
    """Write one face; the moment it was made is the source's, so that the bytes are the same."""
    source = next(folder / face.source for folder in folders if (folder / face.source).exists())
    number = SIMPLIFIED if source.suffix == ".ttc" else -1
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES if face.features else []
    options.hinting, options.notdef_outline, options.legacy_kern = False, True, False
    options.name_IDs, options.name_languages = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14], [0x409]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG", "STAT", "MATH"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.characters() & set(font.getBestCmap()))
    subsetter.subset(font)
    rename(font, face)
    font.save(HERE / face.file, reorderTables=False)


def rename(font: TTFont, face: Face) -> None:
    """Give a subset a name of its own: it must not pass for the whole font."""
    style = face.file.partition("-")[2].partition(".")[0]
    own = face.file.partition(".")[0]
    names = {1: face.family, 2: style, 3: own, 4: f"{face.family} {style}", 6: own}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames[0] = own
        top.topDictIndex[0].FullName = names[4]
        top.topDictIndex[0].FamilyName = face.family


if __name__ == "__main__":
    for one in FACES:
        make(one, [Path(name) for name in sys.argv[1:]])
