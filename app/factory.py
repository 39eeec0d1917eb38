"""Building the Flask application from its settings."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.accounts.current import init_accounts
from app.accounts.lost_sessions import init_lost_sessions
from app.accounts.provider import init_provider
from app.attention import init_attention
from app.bodies import BODY_LIMIT, DeskRequest
from app.config import Settings, agent
from app.db import Database
from app.errors import init_errors
from app.field_labels import init_field_labels
from app.filters import init_filters
from app.i18n import init_i18n
from app.past.reading import init_past
from app.permissions import collect_permissions
from app.security import init_security
from app.static_files import init_static_files
from app.throttle import init_throttle
from app.twins import init_twins
from app.typed_numbers import WholeConverter
from app.unit_of_work import wrap_views
from sources.fetching import Fetcher

VIEWS = (
    "home",
    "snoozes",
    "search",
    "key_choices",
    "accounts",
    "second_step",
    "confirming",
    "factors",
    "articles",
    "prints",
    "deadlines",
    "triage",
    "versions",
    "numbers",
    "differences",
    "claims_by_hand",
    "saved_filters",
    "queue_bulk",
    "queue",
    "claims",
    "claim_edits",
    "claim_figures",
    "figures",
    "evidence",
    "formulas",
    "assessments",
    "contests",
    "invitations",
    "answers",
    "contest_dues",
    "comments",
    "sign_offs",
    "article_sign_offs",
    "source_choices",
    "sources",
    "citations",
    "publishers",
    "confidences",
    "merges",
    "snapshot_texts",
    "snapshots",
    "looks",
    "captures",
    "jobs",
    "contested",
    "appendices",
    "appendix_issues",
    "verifying",
    "reviews",
    "audit",
    "comparison",
    "questions",
    "restorations",
    "undo",
    "own_account",
    "provider",
    "identities",
    "farewells",
    "passages",
    "administration",
    "feeds",
    "help",
    "health",
    "drafts",
    "watching",
)
FORM_LIMIT = 4 * 1024 * 1024
"""Twice an article's 2 MiB in a form with files: what is between is shown again by its form."""
CONFIG: Mapping[str, Any] = {
    # Flask would take it from the environment, and show whoever asks what went wrong inside.
    "DEBUG": False,
    "SESSION_COOKIE_NAME": "desk_session",
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_HTTPONLY": True,
    "MAX_CONTENT_LENGTH": BODY_LIMIT,
    "MAX_FORM_MEMORY_SIZE": FORM_LIMIT,
    "MAX_FORM_PARTS": 200,
    "WTF_CSRF_TIME_LIMIT": None,
    # app.origins asks where a form comes from, and of browsers that do not say so as well.
    "WTF_CSRF_SSL_STRICT": False,
}
csrf = CSRFProtect()


def secrets_of(settings: Settings) -> dict[str, Any]:
    """What seals cookies and forms; with former secrets, what was given out before still opens."""
    former, present = settings.secret_key_fallbacks, settings.secret_key
    return {
        "SECRET_KEY": present,
        "SECRET_KEY_FALLBACKS": list(former),
        # The last one signs.
        "WTF_CSRF_SECRET_KEY": [*former, present],
    }


def attested(settings: Settings) -> Database:
    """The database of a server, whose tree heads are signed in the background."""
    database = Database(settings)
    database.notary.start()
    return database


def believe_proxies(app: Flask, near: int) -> None:
    """Take address, scheme and host from the headers of as many proxies as stand in front.

    No prefix: a desk has a host of its own, so no proxy sets one, and one that a visitor sends
    would pass through and lead every redirect away (``//evil.example``).
    """
    if near:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=near, x_proto=near, x_host=near
        )


def create_app(
    settings: Settings | None = None,
    database: Database | None = None,
    fetcher: Fetcher | None = None,
) -> Flask:
    """Return the application; settings and database come from the environment when left out.

    ``fetcher`` is given by tests, which have servers on this machine instead of the web.
    """
    settings = settings or Settings.load()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.request_class = DeskRequest
    app.config.update(**secrets_of(settings), **CONFIG)
    believe_proxies(app, settings.proxies)
    app.url_map.converters["int"] = WholeConverter
    app.extensions["settings"] = settings
    app.extensions["database"] = database or attested(settings)
    app.extensions["fetcher"] = fetcher or Fetcher(agent=agent())
    init_security(app)
    init_lost_sessions(app)
    csrf.init_app(app)
    # Its form checks the token itself, and a guest whose cookie is gone finds their words in it.
    csrf.exempt("app.views.answers.answer")
    # The provider's own message has no cookie and no form; it proves itself by its signature.
    csrf.exempt("app.views.farewells.said")
    init_accounts(app)
    init_provider(app)
    init_throttle(app)
    init_i18n(app)
    init_past(app)
    init_filters(app)
    init_attention(app)
    init_field_labels(app)
    init_errors(app)
    init_static_files(app)
    for name in VIEWS:
        app.register_blueprint(import_module(f"app.views.{name}").blueprint)
    collect_permissions(app)
    init_twins(app)
    wrap_views(app)
    return app
