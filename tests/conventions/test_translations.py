"""Both languages are complete: every message of the interface has its Chinese."""

from io import BytesIO

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.config import ROOT

CATALOGUE = ROOT / "app" / "translations" / "zh" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.md", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def missing(known: set[str], used: set[str]) -> set[str]:
    """Return the messages in use that the catalogue does not translate."""
    return used - known


def test_every_message_has_its_chinese() -> None:
    with (CATALOGUE / "messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale="zh")
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and all(message.string or ("",))
    }
    used = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            str(ROOT / "app"), method_map=METHODS, keywords=KEYWORDS
        )
    }
    assert len(used) > 500
    assert missing(known, used) == set()
    assert missing(known, {*used, "A sentence nobody translated"})


def test_the_compiled_catalogue_is_todays() -> None:
    with (CATALOGUE / "messages.po").open("rb") as stream:
        fresh = BytesIO()
        write_mo(fresh, read_po(stream, locale="zh"))
    assert (CATALOGUE / "messages.mo").read_bytes() == fresh.getvalue()
