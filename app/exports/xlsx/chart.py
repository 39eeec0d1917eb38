"""The chart of the summary: how many claims have which status, in the statuses' own colours."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exports.shapes import COLOURS
from app.exports.tables.whole import above_counts
from app.exports.view import View, flat


def draw(book: Workbook, page: Worksheet, view: View) -> None:
    """Draw the counts that stand in the first rows of the sheet."""
    counts = view.summary.counts
    chart = book.add_chart({"type": "bar"})
    if chart is None or not counts:
        return
    first = len(above_counts(view)) + 1
    last = first + len(counts) - 1
    name = page.name
    chart.add_series(
        {
            "name": flat(view.head.count, view.tongues),
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "points": [
                {"fill": {"color": f"#{COLOURS.get(one.status.code, COLOURS['unchecked'])[2]}"}}
                for one in counts
            ],
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    title = flat(view.head.at_a_glance, view.tongues)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": 90 + 32 * len(counts)})
    told = "; ".join(f"{flat(one.status.words, view.tongues)}: {one.count}" for one in counts)
    wide = len(view.tongues)
    page.insert_chart(1, 3 + wide + 1, chart, {"description": f"{title}: {told}"})
