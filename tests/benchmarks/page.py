"""The page of results, docs/benchmarks.md, whose tables stand between markers."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def write(name: str, table: str) -> None:
    """Put `table` between the markers called `name`."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(replaced(text, name, table), encoding="utf-8")


def replaced(text: str, name: str, table: str) -> str:
    """`text` with `table` between the markers called `name`; ValueError where there are none."""
    before, opening, rest = text.partition(f"<!-- {name} -->\n")
    _, closing, after = rest.partition(f"<!-- end of {name} -->")
    if not opening or not closing:
        message = f"no markers called {name}"
        raise ValueError(message)
    return f"{before}{opening}\n{table.strip()}\n\n{closing}{after}"
