"""Files that were sound once: bytes turned, cut, doubled and swapped, also inside of packages."""

import io
import random
import zipfile
from functools import lru_cache

from openpyxl import Workbook

from tests.sources.documents.hostile_files import picture, saved_page
from tests.sources.documents.small_files import docx, p, package, pdf

WORDS = (b"<!ENTITY x '1'>", b"\x00", b"\xff\xfe", b"]]>", b"<", b">>", b"endobj", b"%PDF-",
         b"PK\x03\x04", b"999999999999", b"-1", b"/Kids[2 0 R]", b'"',
         b"\r", b"&#0;", b"NaN")  # fmt: skip
MOST_TURNS = 8
TABLE = '年份,产量\n2024,18.3%\n"2025","1,234"\n'


def mutated(seed: int) -> tuple[bytes, str]:
    """Return the bytes and the name of a damaged file; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - no secret is drawn
    name = draw.choice(sorted(sound()))
    content = sound()[name]
    if name.endswith(("x", "zip")) and draw.random() < 0.6:
        return _inside(content, draw), name
    return _turned(content, draw), name


@lru_cache(maxsize=1)
def sound() -> dict[str, bytes]:
    """A small file of each kind, by its name."""
    page = "<p>Output rose by 5 %.</p><table><tr><td>a</td><td>1</td></tr></table>"
    return {
        "a.docx": docx(
            p("Output rose by 5 %") + f"<w:tbl><w:tr><w:tc>{p('1')}</w:tc></w:tr></w:tbl>"
        ),
        "a.xlsx": _workbook(),
        "a.pdf": pdf([["Output rose by 5 %", "十月降雨量"], ["Second page 7"]]),
        "a.png": picture("PNG", owner="Kim"),
        "a.jpg": picture("JPEG", owner="Kim", place=True),
        "a.gif": picture("GIF"),
        "a.webp": picture("WEBP", place=True),
        "a.tiff": picture("TIFF", owner="Kim"),
        "a.csv": TABLE.encode(),
        "a.html": f"<!doctype html><html><body>{page}</body></html>".encode(),
        "a.mht": saved_page(),
        "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>5 %</text></svg>",
        "a.zip": package({"a.txt": "x"}),
        "": b"x",
    }


def _workbook() -> bytes:
    workbook, stream = Workbook(), io.BytesIO()
    for row in (["年份", "产量"], [2024, 0.183], ["sum", "=SUM(B2:B2)"]):
        workbook.active.append(row)
    workbook.active["B2"].number_format = "0.0%"
    workbook.active.merge_cells("A5:B6")
    workbook.save(stream)
    return stream.getvalue()


def _turned(content: bytes, draw: random.Random) -> bytes:
    """Return bytes after a few turns."""
    found = bytearray(content)
    for _ in range(draw.randint(0, MOST_TURNS)):
        place = draw.randrange(len(found) + 1)
        length = draw.choice((1, 2, 8, 64))
        turn = draw.randrange(5)
        if turn == 0:
            found[place : place + 1] = bytes([draw.randrange(256)])
        elif turn == 1:
            found[place:place] = draw.choice(WORDS)
        elif turn == 2:
            del found[place : place + length]
        elif turn == 3:
            found[place:place] = found[place : place + length] * draw.choice((1, 3, 50))
        else:
            found[place : place + length] = bytes(reversed(found[place : place + length]))
    return bytes(found[: draw.randrange(len(found) + 1)]) if draw.random() < 0.1 else bytes(found)


def _inside(content: bytes, draw: random.Random) -> bytes:
    """Return a package that is sound itself, one part of which is not."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        chosen = draw.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, _turned(part, draw) if name == chosen else part, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
