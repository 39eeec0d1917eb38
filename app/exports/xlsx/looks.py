"""How the cells of a workbook look: heads, wrapped text, numbers as stated, statuses in colour."""

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from app.exports.shapes import COLOURS

INK, QUIET, LINE, SOFT = "#121821", "#434E5C", "#D5DBE2", "#F6F8FA"
PLAIN = {
    "font_size": 10,
    "font_color": INK,
    "valign": "top",
    "text_wrap": True,
    "bottom": 1,
    "bottom_color": LINE,
}


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make those that every workbook needs."""
        self._book = book
        self.text = self._made()
        self.first = self._made(bold=True)
        self.head = self._made(bold=True, bg_color=SOFT, font_color=QUIET, bottom=2)
        self.link = self._made(font_color="#1F50B5", underline=1)
        self._numbers: dict[int, Format] = {}
        self._statuses = {
            code: self._made(bold=True, font_color=f"#{ink}", bg_color=f"#{ground}")
            for code, (ink, ground, _line) in COLOURS.items()
        }

    def status(self, code: str) -> Format:
        """A status in its colours; plain where it is withheld."""
        return self._statuses.get(code, self.text)

    def number(self, places: int) -> Format:
        """A number with as many places as it was stated with."""
        if places not in self._numbers:
            point = f".{'0' * places}" if places else ""
            self._numbers[places] = self._made(num_format=f"#,##0{point}", align="right")
        return self._numbers[places]

    def _made(self, **more: object) -> Format:
        return self._book.add_format({**PLAIN, **more})
