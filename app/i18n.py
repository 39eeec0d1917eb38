"""The language of the page (its own, the account's, the cookie's, the browser's) and its zone."""

from flask import Flask, g, request
from flask_babel import Babel

from app.accounts.current import account
from app.security import recalled

LANGUAGES = {"zh": "中文", "en": "English"}
TAGS = {"zh": "zh-Hans", "en": "en"}
COOKIE, THEME_COOKIE = "desk_language", "desk_theme"
THEMES = {"light", "dark"}
babel = Babel()


def language() -> str:
    """Return ``zh`` or ``en`` for this request; a page made for somebody has its own."""
    if "page_language" in g:
        own: str = g.page_language
        return own
    known = account()
    asked = (known.language if known is not None else None) or recalled(COOKIE)
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(list(LANGUAGES), "zh") or "zh"


def theme() -> str | None:
    """Return ``light`` or ``dark`` where this browser was told so; None for the system's choice."""
    asked = recalled(THEME_COOKIE)
    return asked if asked in THEMES else None


def init_i18n(app: Flask) -> None:
    """Connect the catalogues and the zone; tell templates language, zone and theme."""
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    zone = app.extensions["settings"].timezone
    babel.init_app(app, locale_selector=language, default_timezone=zone)
    app.context_processor(
        lambda: {
            "language": language(),
            "language_tag": TAGS[language()],
            "languages": LANGUAGES,
            "zone": zone,
            "theme": theme(),
        }
    )
