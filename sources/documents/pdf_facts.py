"""What a PDF says about itself, believed as far as its pages bear it out (ISO 32000, 14.3.3)."""

import datetime as dt

from pypdf import PdfReader

from sources.documents.document import readable

PAGES = 2
"""At the beginning, on which a title or an author has to stand."""


def stated(reader: PdfReader, name: str, pages: list[str]) -> str | None:
    """Return a property whose words stand on the first pages: most were never meant."""
    found = reader.metadata
    said = " ".join(str((found and found.get(name)) or "").split())
    there = "".join("".join(pages[:PAGES]).split())
    return readable(said) if said and "".join(said.split()) in there else None


def made(reader: PdfReader) -> str | None:
    """Return the day the file was made, in its own time zone; None for none or nonsense."""
    try:
        moment = reader.metadata.creation_date if reader.metadata else None
    except ValueError:
        return None
    return moment.date().isoformat() if isinstance(moment, dt.datetime) else None
