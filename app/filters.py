"""What templates call to show a value: words, labels, moments, people and figures."""

import datetime as dt
import re
from contextlib import suppress
from enum import StrEnum
from typing import Any

from flask import Flask, g
from flask_babel import format_datetime, get_timezone, gettext, to_user_timezone
from flask_babel import lazy_gettext as _
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.db_problems import DatabaseProblem
from app.i18n import TAGS, language
from app.labels import ACTORS, KINDS, LABELS, LOOKS, READ_AS
from app.once.asked import new_key
from app.source_labels import BASES
from app.unit_of_work import database
from claims.extraction.figures import figure_read
from claims.figures import Quantity, StatedFigure
from claims.models import QuantityMention
from claims.quantities import Quantity as ReadQuantity
from claims.reading import reading_words
from claims.triage_vocabulary import Rule
from claims.vocabulary import GUEST, LocatorKind, Side, SignOffLevel
from claims.wording import figure_words, period_words
from sources import names
from sources.base import now
from sources.citing.short import short
from sources.columns import Words
from sources.models import Source
from sources.publishers import Publisher, folded, publishers
from sources.veil import is_veiled

ACTOR = re.compile(r"(?:editor|system):[a-z0-9][a-z0-9._-]*[a-z0-9]|(?:editor|system):[a-z0-9]")
"""An actor in a sentence; a full stop behind it is the sentence's."""
NUMBER = re.compile(r"\d+(?:[.–-]\d+)*")
LETTERS = (
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh-Hans", re.compile("[\u3400-\u9fff]")),
    ("en", re.compile(r"[A-Za-z]{2}\W+[A-Za-z]{2}")),
)
"""Which letters betray a language, the surest first; English wants two words, so no name is one."""


def chosen(words: Words | None) -> tuple[str, str]:
    """Return the language to show and its text: the page's own, else Chinese, else any."""
    if not words:
        return language(), ""
    for tongue in (language(), "zh", "en", *words):
        if words.get(tongue):
            return tongue, words[tongue]
    return language(), ""


def words(value: Words | None) -> Markup:
    """Show words, marked with their language where it is not the page's."""
    tongue, text = chosen(value)
    if tongue == language():
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(TAGS.get(tongue, tongue), text)


def words_text(value: Words | None) -> str:
    """Show words as plain text, for attributes and titles."""
    return chosen(value)[1]


def spoken(text: str | None) -> Markup:
    """Show text that says nothing of its language, marked where its letters betray another."""
    tongue = next((name for name, letters in LETTERS if letters.search(text or "")), None)
    return _tongued(text or "", tongue)


def standing(kind: LocatorKind, locator: str) -> Markup:
    """Show where words stand in a document: a number as people say it, anything else as typed."""
    if kind == LocatorKind.EXCERPT:
        return spoken(locator)
    numbered = {
        LocatorKind.PAGE: _("Page %(number)s", number=locator),
        LocatorKind.PARAGRAPH: _("Paragraph %(number)s", number=locator),
        LocatorKind.SECTION: _("Section %(number)s", number=locator),
    }
    if kind in numbered and NUMBER.fullmatch(locator):
        return escape(str(numbered[kind]))
    return Markup("{} {}").format(label(kind), spoken(locator))


def _tongued(text: str, tongue: str | None) -> Markup:
    if tongue is None or tongue.partition("-")[0] == language():
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(tongue, text)


def titled(source: Source) -> Markup:
    """Show a source by its title, in the language of the source, else by publisher or key.

    One that the reader may not know is shown by what it is.
    """
    if is_veiled(source):
        said = gettext("Confidential source")
        return escape(f"{said} · {label(source.kind)} · {source.key[-4:]}")
    if source.title:
        return _tongued(source.title, source.language)
    return published(source) if source.publisher else escape(source.key)


def published(source: Source) -> Markup:
    """Show a source by its publisher, else by its title."""
    if not source.publisher:
        return titled(source)
    known = publishers().named(source.publisher)
    # A name with more than the publisher's own (a reprint, an edition) is shown as it was given.
    plain = known is not None and folded(source.publisher) in _plainly(known)
    return words(known.names) if known is not None and plain else escape(source.publisher)


def _plainly(publisher: Publisher) -> set[str]:
    names = (*publisher.names.values(), publisher.original or "")
    return {folded(name) for name in names if name}


def label(value: StrEnum | str | None) -> str:
    """Return the word of an enumeration's member in the language of the page."""
    if value is None:
        return "—"
    if isinstance(value, StrEnum):
        return str(LABELS[type(value).__name__, value.value])
    return value


def credibility(figure: int) -> str:
    """Return what an Admiralty figure says of the information."""
    return str(LABELS["Credibility", str(figure)])


def rule(value: str) -> str:
    """Show why a number is strong or weak, or what the reader's own rule found."""
    if value in set(Rule):
        return label(Rule(value))
    return next((str(said) for name, said in READ_AS if value.startswith(name)), value)


def moment(value: dt.datetime | None) -> Markup:
    """Show a moment to the minute in the desk's zone; in full, with the zone, where one asks."""
    if value is None:
        return Markup("—")
    shown = format_datetime(value, "yyyy-MM-dd HH:mm")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        value.isoformat(), in_full(value), shown
    )


def basis(text: str) -> str:
    """Show what a title or date rests on: the sample's words in the reader's language."""
    return str(BASES.get(text, text))


def local_date(value: dt.datetime) -> str:
    """The day a moment is on at the desk."""
    return str(to_user_timezone(value).date())


def in_full(value: dt.datetime) -> str:
    """Show a moment to the second with its distance from UTC and the name of the desk's zone."""
    return f"{to_user_timezone(value).isoformat(' ', 'seconds')} {get_timezone()}"


def read_moment(text: str) -> dt.datetime:
    """The moment that stands in an entry of the ledger."""
    return dt.datetime.fromisoformat(text)


def moment_typed(value: dt.datetime) -> str:
    """A moment as somebody would type it."""
    return str(format_datetime(value, "yyyy-MM-dd HH:mm"))


def clock(value: dt.datetime) -> str:
    """A moment of today as the clock shows it; an earlier one with its day."""
    today = to_user_timezone(value).date() == to_user_timezone(now()).date()
    return str(format_datetime(value, "HH:mm" if today else "yyyy-MM-dd HH:mm"))


def _names() -> dict[str, str]:
    if "names" not in g:
        if "session" in g:
            # On a page of the past people have the names they have today.
            g.names = _names_in(g.get("live", g.session))
        else:
            # An error page has no session of its own, and maybe no database.
            with suppress(DatabaseProblem), database().reading() as opened:
                g.names = _names_in(opened)
    names: dict[str, str] = g.get("names", {})
    return names


def _names_in(session: Session) -> dict[str, str]:
    rows = session.execute(select(Account.name, Account.display_name))
    return {f"editor:{name}": shown for name, shown in rows}


def person(actor: str | None) -> str:
    """Return the display name behind an actor; history outlives accounts, so any text works."""
    if actor is None:
        return "—"
    if actor in ACTORS:
        return str(ACTORS[actor])
    if actor.startswith(GUEST):
        side = actor.removeprefix(GUEST).partition(":")[0]
        return gettext("%(side)s, through a link", side=label(Side(side)))
    return _names().get(actor) or actor.removeprefix("editor:")


def people_named(text: str) -> str:
    """Put display names in the place of the actors that a sentence of the domain names."""
    return ACTOR.sub(lambda found: person(found.group()), text)


def stated(figure: Quantity) -> str:
    """Show a figure as an editor would write it, comparator and unit included."""
    return words_text(figure_words(figure))


def interval_text(figure: Quantity) -> str:
    """Show the interval a figure stands for, in words."""
    return words_text(reading_words(figure))


def level(number: int) -> str:
    """The name of a level of sign-off."""
    return label(SignOffLevel(str(number)))


def mention_text(row: QuantityMention) -> str:
    """Show what a number of the text is read as; nothing where it has no value."""
    figure = StatedFigure(comparator=row.comparator, low=row.low, high=row.high, unit=row.unit)
    return words_text(reading_words(figure)) if row.low is not None or row.high is not None else ""


def quantity_text(number: ReadQuantity) -> str:
    """Show what a number just read stands for; nothing where it has no value."""
    figure = figure_read(number)
    known = figure.low is not None or figure.high is not None
    return words_text(reading_words(figure)) if known else ""


def kind(value: str) -> str:
    """Show what kind of number it is; a kind nobody named yet stands as it is called."""
    return str(KINDS.get(value, value))


def period(edtf: str | None) -> str:
    """Show a period in words."""
    return words_text(period_words(edtf)) if edtf else ""


def size(count: int) -> str:
    """Show a number of bytes the way people read it."""
    value, units = float(count), ["B", "KB", "MB", "GB"]
    while value >= 1024 and len(units) > 1:  # noqa: PLR2004 - bytes to a kilobyte
        value, units = value / 1024, units[1:]
    return f"{value:.0f} {units[0]}" if units[0] == "B" else f"{value:.1f} {units[0]}"


FILTERS: dict[str, Any] = {
    "words": words,
    "words_text": words_text,
    "spoken": spoken,
    "standing": standing,
    "titled": titled,
    "published": published,
    "names": names.shown,
    "short_citation": short,
    "label": label,
    "credibility": credibility,
    "rule": rule,
    "moment": moment,
    "moment_typed": moment_typed,
    "local_date": local_date,
    "basis": basis,
    "clock": clock,
    "read_moment": read_moment,
    "in_full": in_full,
    "person": person,
    "stated": stated,
    "interval_words": interval_text,
    "level": level,
    "kind": kind,
    "mention_words": mention_text,
    "quantity_words": quantity_text,
    "period": period,
    "size": size,
}


def init_filters(app: Flask) -> None:
    """Connect the filters to the templates."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.tests["veiled"] = is_veiled
    app.jinja_env.globals["LOOKS"] = LOOKS
    app.jinja_env.globals["receipt"] = new_key
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
