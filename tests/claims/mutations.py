"""Files damaged at random but always in the same way, for tests that nothing falls over."""

import random
from collections.abc import Iterator

from tests.sources.documents.small_files import docx, p, package, pdf, styled, word_xml

BODY = (
    styled("题 2024", "a")
    + p("降雨增长12.5%")
    + "<w:p><w:ins w:id='1'><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:footnoteReference w:id='2'/>"
    + "</w:r></w:p><w:tbl><w:tr><w:tc>"
    + p("A")
    + "</w:tc><w:tc>"
    + p("7 %")
    + "</w:tc></w:tr></w:tbl>"
)
PAGE = (
    '<!doctype html><html lang=zh><head><meta charset=utf-8><title>降雨</title><script type="'
    'application/ld+json">{"@type":"Article","author":[{"name":"李"}],"datePublished":"2024"}'
    "</script></head><body><nav><a href=/>首页</a></nav><article><h1>降雨</h1><p>增长<b>12.5%</b>"
    "<sup>1</sup>。</p><ul><li>一<ul><li>二</ul></ul><table><tr><th>年<td>量<tr><td>2024<td>340"
    "</table><del>4</del><pre> x\n y</pre></article></body></html>"
)
DOCX = docx(BODY, footnotes=f"<w:footnote w:id='2'>{p('注')}</w:footnote>")
PDF = pdf([["Rain rose by 12.5 % to 340 mm,", "as reported."], ["十月增长5%"]], title="Rain")
SPLICES = (b"<", b">", b"&", b"\0", b"\xff", b"<!--", b"]]>", b"<table>", b"%PDF-", b"PK\x03\x04",
           b"endobj", b"999999999", b"-1", b"\xef\xbb\xbf", b"<w:tbl>", b"</w:p>")  # fmt: skip
UNICODE = ((0, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x600, 0x6FF), (0x2000, 0x206F),
           (0x4E00, 0x9FFF), (0xD800, 0xDFFF), (0xE000, 0xF8FF), (0xFE00, 0xFFFF),
           (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0xE0000, 0xE01EF))  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes with a few flips, cuts, repetitions and splices."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        length = chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place : place + length]
            case 2:
                data[place:place] = data[place : place + length] * chance.randint(1, 50)
            case 3:
                data[place:place] = chance.choice(SPLICES)
            case _:
                data = data[: max(place, 1)] if chance.random() < 0.1 else data
    return bytes(data)


def pages(count: int, seed: int) -> Iterator[bytes]:
    """Damaged web pages."""
    chance = random.Random(seed)  # noqa: S311 - the same damage every time is the point
    return (mutated(PAGE.encode(), chance) for _ in range(count))


def documents(count: int, seed: int) -> Iterator[bytes]:
    """Damaged Word documents: half of them as files, half of them only in their XML."""
    chance = random.Random(seed)  # noqa: S311 - as above
    whole = word_xml("document", f"<w:body>{BODY}</w:body>").encode()
    for number in range(count):
        if number % 2:
            yield mutated(DOCX, chance)
        else:
            yield package({"word/document.xml": mutated(whole, chance)})


def printed(count: int, seed: int) -> Iterator[bytes]:
    """Damaged PDFs."""
    chance = random.Random(seed)  # noqa: S311 - as above
    return (mutated(PDF, chance) for _ in range(count))


def texts(count: int, seed: int) -> Iterator[str]:
    """Texts of whatever Unicode has."""
    chance = random.Random(seed)  # noqa: S311 - as above
    for _ in range(count):
        low, high = chance.choice(UNICODE)
        yield "".join(
            chr(chance.randint(*chance.choice(((low, high), (0x20, 0x7E)))))
            for _ in range(chance.randint(1, 60))
        )
