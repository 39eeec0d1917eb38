"""The three forms of file, their names and media types, and telling one from another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sources.encodings import decoded
from sources.errors import Refused, TooLarge
from sources.exchange import bibtex, csl_json, ris
from sources.exchange.entries import LARGEST, Item, Reading


class Format(StrEnum):
    """A form of file, by the name it has in addresses and commands."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


@dataclass(frozen=True)
class Form:
    """How a form is written and read, and what its files are called."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Item]], str]
    read: Callable[[str], Reading]


FORMS: Mapping[Format, Form] = MappingProxyType(
    {
        Format.BIBTEX: Form("BibTeX", "bib", "application/x-bibtex", bibtex.write, bibtex.read),
        Format.RIS: Form("RIS", "ris", "application/x-research-info-systems", ris.write, ris.read),
        Format.CSL_JSON: Form(
            "CSL-JSON",
            "json",
            "application/vnd.citationstyles.csl+json",
            csl_json.write,
            csl_json.read,
        ),
    }
)


def text_of(data: bytes) -> str:
    """Return a file's text; raise TooLarge or Refused (field ``file``) for what is not read."""
    if len(data) > LARGEST:
        raise TooLarge(
            "import_size",
            {
                "zh": f"文件太大，最多 {LARGEST // 2**20} MB。",
                "en": f"The file is too large; at most {LARGEST // 2**20} MB.",
            },
            "file",
        )
    return decoded(data, None, "file").content


def read(text: str, stated: Format | None = None) -> tuple[Format, Reading]:
    """Read a file in the stated form or in the one it looks like; raise Refused for none."""
    known = stated or guessed(text)
    if known is None or "\0" in text:
        raise _nothing()
    reading = FORMS[known].read(text)
    if not reading.entries and not reading.unread:
        raise _nothing()
    return known, reading


def guessed(text: str) -> Format | None:
    """Tell the form by how a file begins, or by its first entry."""
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head in {"[", "{"} and '"' in text[:10_000]:
        return Format.CSL_JSON
    if ris.START.search(text):
        return Format.RIS
    return Format.BIBTEX if bibtex.START.search(text) else None


def _nothing() -> Refused:
    return Refused(
        "import_form",
        {
            "zh": "这个文件里没有可读的条目。请用 BibTeX、RIS 或 CSL-JSON 文件。",
            "en": "There is no entry in this file. Use a BibTeX, RIS or CSL-JSON file.",
        },
        "file",
    )
