"""The typefaces of a PDF, and whether they can print every character of it."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from sources.errors import Refused

SHIPPED = Path(__file__).resolve().parents[1] / "fonts"
KINDS = frozenset({".otf", ".ttf", ".ttc", ".otc"})
MOST_NAMED = 12
"""How many missing characters an error names."""
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The folders of fonts, the families that a newsroom added, and what all of them can print."""

    folders: tuple[Path, ...]
    added: tuple[str, ...]
    characters: frozenset[int]

    def missing(self, text: str) -> set[str]:
        """The characters of a text that none of them has."""
        return {
            char
            for char in set(text)
            if ord(char) not in self.characters and unicodedata.category(char) not in {"Cc", "Cf"}
        }


def typefaces(folder: Path | None = None) -> Typefaces:
    """Return the shipped typefaces and those of a newsroom's own folder, in order of their names.

    Raise Refused for a folder that is not there or a file that is no font.
    """
    own = _fonts_in(folder) if folder is not None else ()
    shipped = _fonts_in(SHIPPED)
    faces = [face for file in (*shipped, *own) for face in _faces(file, file.stat().st_mtime_ns)]
    added = dict.fromkeys(name for file in own for name, _ in _faces(file, file.stat().st_mtime_ns))
    characters = frozenset[int]().union(*(found for _, found in faces))
    return Typefaces((SHIPPED, *([folder] if folder else [])), tuple(added), characters)


def _fonts_in(folder: Path) -> tuple[Path, ...]:
    if not folder.is_dir():
        raise Refused("no_font_folder", _no_folder(folder))
    return tuple(sorted(file for file in folder.iterdir() if file.suffix.lower() in KINDS))


@lru_cache(maxsize=64)
def _faces(file: Path, _changed: int) -> tuple[tuple[str, frozenset[int]], ...]:
    """The family and the characters of each face in a file."""
    try:
        return tuple(_opened(file))
    except (TTLibError, OSError) as problem:
        raise Refused("no_font", _no_font(file)) from problem


def _opened(file: Path) -> Iterator[tuple[str, frozenset[int]]]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        with file.open("rb") as stream, TTCollection(stream, lazy=True) as collection:
            yield from map(_face, collection.fonts)
    else:
        with file.open("rb") as stream, TTFont(stream, lazy=True) as font:
            yield _face(font)


def _face(font: TTFont) -> tuple[str, frozenset[int]]:
    names = font["name"]
    family = names.getDebugName(TYPOGRAPHIC_FAMILY) or names.getDebugName(FAMILY) or ""
    return family, frozenset(font.getBestCmap() or ())


def unprintable(found: Mapping[str, Iterable[str]], *, spelt: bool = True) -> Refused:
    """What is said of characters that no typeface has: each by name, and where it stands.

    Where they are not ``spelt``, only where they stand.
    """
    named = [
        f"{char if spelt else '□'} (U+{f'{ord(char):04X}' if spelt else '…'})"
        f" {', '.join(sorted(places))}"
        for char, places in sorted(found.items())[:MOST_NAMED]
    ]
    more = len(found) - len(named)
    listed = "; ".join(named)
    return Refused(
        "no_glyph",
        {
            "zh": f"PDF 没有生成：随附的字体里没有这些字符：{listed}"
            + (f"；另有 {more} 个" if more > 0 else "")
            + "。请管理员把含有这些字的字体放进 DESK_FONTS 所指的文件夹，再生成一次；"
            "其他格式不受影响。",
            "en": f"The PDF was not made: the fonts have no glyph for {listed}"
            + (f"; and {more} more" if more > 0 else "")
            + ". Ask an administrator to put a font that has them into the folder of DESK_FONTS, "
            "then make it again; the other formats are not affected.",
        },
    )


def _no_folder(folder: Path) -> dict[str, str]:
    return {
        "zh": f"DESK_FONTS 所指的文件夹不存在：{folder}",
        "en": f"The folder of DESK_FONTS is not there: {folder}",
    }


def _no_font(file: Path) -> dict[str, str]:
    return {
        "zh": f"DESK_FONTS 里的 {file.name} 不是能用的字体。",
        "en": f"{file.name} in the folder of DESK_FONTS is no font that can be used.",
    }
