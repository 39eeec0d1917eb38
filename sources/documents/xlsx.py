"""Reading an Excel workbook: what its cells show, and which of them were calculated.

openpyxl reads the parts (with defusedxml beneath it); a cell's words are put together here, as its
number format shows them. A formula's value is the one that was stored when it was last calculated.
"""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from sources.documents.blocks import TextBlock, located
from sources.documents.document import Document
from sources.documents.grids import Cells, cut, fitting, lines, said
from sources.documents.number_formats import GENERAL, moment, shown
from sources.documents.relations import refuse_remote
from sources.errors import Refused
from sources.packages import opened
from sources.places import MOST_PLACES, column, of_sheet
from sources.words import Words

MOST_NAMED = 12
"""How many calculated cells are named one by one."""
MOST_MERGED = 10_000
TIMES = (dt.date, dt.time, dt.timedelta)
HIDDEN = frozenset({"hidden", "veryHidden"})


class _Cells(WorkSheetParser):  # type: ignore[misc]
    """Reads the cells of a sheet with their stored values, and says which hold a formula."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return what openpyxl knows of a cell, and whether it is calculated."""
        found: dict[str, Any] = super().parse_cell(element)
        return {**found, "formula": element.find(FORMULA_TAG) is not None}


@dataclass(slots=True)
class _Met:
    """What was met on the way that a person should know."""

    hidden: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    cut: list[Words] = field(default_factory=list)


def read_xlsx(content: bytes) -> Document:
    """Read a workbook; raise Refused for a package or XML that cannot be trusted."""
    with opened(content) as archive:
        refuse_remote(archive)
    try:
        workbook: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        met, found, room = _Met(), list[TextBlock](), MOST_PLACES
        for sheet in workbook.worksheets:
            read = fitting(_rows(workbook, sheet, met), room)
            room -= read.held
            if not read.whole:
                met.cut.append(cut(sheet.title, len(read.rows)))
            found += lines(read.rows, sheet.title)
    except DefusedXmlException as problem:
        raise _entities() from problem
    except ValueError as problem:
        # openpyxl says in its own words what the parser said in its.
        raise (_entities() if _is_entity(problem) else _broken()) from problem
    text, places = located(found)
    return Document(text, places=places, notices=tuple(_notices(met)))


def _rows(workbook: Any, sheet: Any, met: _Met) -> Iterator[tuple[int, Cells]]:
    """Yield a sheet's rows; a cell that is covered by a merged one shows nothing."""
    if sheet.sheet_state in HIDDEN:
        met.hidden.append(sheet.title)
    with workbook._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - read-only sheets offer no other way to the stored value and the formula at once
        parser = _Cells(
            source,
            sheet._shared_strings,  # noqa: SLF001 - as above
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # noqa: SLF001 - as above
            timedelta_formats=workbook._timedelta_formats,  # noqa: SLF001 - as above
        )
        read = [
            (number, [cell for cell in cells if _matters(cell)]) for number, cells in parser.parse()
        ]
    covered = _covered(parser)
    dimensions = [*parser.row_dimensions.values(), *parser.column_dimensions.values()]
    if any(one.get("hidden") in {"1", "true"} for one in dimensions):
        met.partly.append(sheet.title)
    for number, cells in read:
        kept = [cell for cell in cells if (number, cell["column"]) not in covered]
        yield number, dict(_said(workbook, sheet.title, kept, met))


def _matters(cell: dict[str, Any]) -> bool:
    return cell["value"] is not None or cell["formula"]


def _said(
    workbook: Any, sheet: str, cells: list[dict[str, Any]], met: _Met
) -> Iterator[tuple[int, str]]:
    for cell in cells:
        words = said(_words(workbook, cell))
        if cell["formula"]:
            address = of_sheet(sheet, f"{column(cell['column'])}{cell['row']}")
            (met.formulas if words else met.empty).append(address)
        if words:
            yield cell["column"], words


def _words(workbook: Any, cell: dict[str, Any]) -> str:
    """Return what a cell shows."""
    value, code = cell["value"], _format(workbook, cell["style_id"])
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, TIMES):
        return moment(value, code)
    return shown(value, code) if isinstance(value, int | float) else str(value)


def _format(workbook: Any, style: int) -> str:
    """Return the number format of a style; General for one the workbook does not describe."""
    styles = workbook._cell_styles  # noqa: SLF001 - a read-only cell looks there as well
    number = styles[style].numFmtId if 0 <= style < len(styles) else 0
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, GENERAL))
    own = number - BUILTIN_FORMATS_MAX_SIZE
    known = workbook._number_formats  # noqa: SLF001 - as above
    return str(known[own]) if own < len(known) else GENERAL


def _covered(parser: Any) -> set[tuple[int, int]]:
    """Return the cells that lie beneath a merged one, whose value stands in its first cell."""
    merged = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
    covered: set[tuple[int, int]] = set()
    for one in merged[:MOST_MERGED]:
        left, top, right, bottom = one.min_col, one.min_row, one.max_col, one.max_row
        if (right - left + 1) * (bottom - top + 1) <= MOST_PLACES:
            rows, places = range(top, bottom + 1), range(left, right + 1)
            covered |= set(product(rows, places)) - {(top, left)}
    return covered


def _notices(met: _Met) -> Iterator[Words]:
    yield from met.cut
    if met.hidden:
        yield _listed(
            "隐藏的工作表，也已读取：", "Hidden sheets, which were read too: ", met.hidden
        )
    if met.partly:
        yield _listed(
            "含有隐藏的行或列（也已读取）的工作表：",
            "Sheets with hidden rows or columns, which were read too: ",
            met.partly,
        )
    if met.formulas:
        yield _listed(
            "公式算出的单元格，取上次保存时的值：",
            "Cells calculated by a formula, with the value last stored: ",
            met.formulas,
        )
    if met.empty:
        yield _listed(
            "有公式而没有保存结果、因此没有读取的单元格：",
            "Cells whose formula has no stored result, so that nothing was read: ",
            met.empty,
        )


def _listed(zh: str, en: str, names: list[str]) -> Words:
    """Say a sentence with a list that is not endless."""
    more = len(names) - MOST_NAMED
    shown_names, rest = names[:MOST_NAMED], more > 0
    return {
        "zh": zh + "、".join(shown_names) + (f" 等 {len(names):,} 个" if rest else ""),
        "en": en + ", ".join(shown_names) + (f" and {more:,} more" if rest else ""),
    }


def trial() -> bytes:
    """The smallest workbook that has a number, a date and a formula."""
    workbook, stream = Workbook(), io.BytesIO()
    workbook.active.append([0.5, dt.date(2024, 3, 11), "=A1", "words"])
    workbook.save(stream)
    return stream.getvalue()


def _is_entity(problem: ValueError) -> bool:
    return isinstance(problem.__cause__, DefusedXmlException)


def _broken() -> Refused:
    return Refused(
        "xlsx_broken",
        {
            "zh": "Excel 工作簿已损坏，无法读取其中的文字。请重新另存为 .xlsx。",
            "en": "The Excel workbook is damaged, and its words could not be read. Save it as "
            ".xlsx again.",
        },
        "file",
    )


def _entities() -> Refused:
    return Refused(
        "xml_entities",
        {
            "zh": "文件的 XML 里带有实体定义，可能有害，没有读取。",
            "en": "The file's XML defines entities, which may do harm; it was not read.",
        },
        "file",
    )
