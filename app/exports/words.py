"""The words of an export: bilingual text and labels in the language it is written in."""

from flask_babel import get_locale

from app.labels import LABELS
from sources.columns import Words


def language() -> str:
    """Return the language of the export: ``zh`` or ``en``."""
    return str(get_locale() or "zh").split("_", maxsplit=1)[0]


def shown(words: Words | None) -> str:
    """Return words in the export's language, else in any there is."""
    if not words:
        return ""
    return words.get(language()) or words.get("zh") or next(iter(words.values()))


def label(kind: str, value: str | None) -> str:
    """Return the word people see for a member of a closed list."""
    return "" if value is None else str(LABELS[kind, str(value)])
