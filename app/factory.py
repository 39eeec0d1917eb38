"""Building the Flask application from its settings."""

from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect

from app.accounts.current import init_accounts
from app.config import Settings
from app.db import Database
from app.errors import init_errors
from app.filters import init_filters
from app.i18n import init_i18n
from app.permissions import collect_permissions
from app.security import init_security
from app.unit_of_work import wrap_views

VIEWS = (
    "accounts",
    "articles",
    "queue",
    "claims",
    "evidence",
    "assessments",
    "contests",
    "comments",
    "sign_offs",
    "sources",
    "snapshots",
    "contested",
    "appendices",
    "audit",
    "help",
    "health",
)
FORM_LIMIT = 2 * 1024 * 1024 + 64 * 1024
"""An article of 2 MiB and the rest of its form."""
REQUEST_LIMIT = 20 * 1024 * 1024
"""An uploaded file of 20 MB and the rest of its form."""
csrf = CSRFProtect()


def attested(settings: Settings) -> Database:
    """The database of a server, whose tree heads are signed in the background."""
    database = Database(settings)
    database.notary.start()
    return database


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """Return the application; both arguments are read from the environment when left out."""
    settings = settings or Settings.load()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="desk_session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        MAX_CONTENT_LENGTH=REQUEST_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["settings"] = settings
    app.extensions["database"] = database or attested(settings)
    init_security(app)
    csrf.init_app(app)
    init_accounts(app)
    init_i18n(app)
    init_filters(app)
    init_errors(app)
    for name in VIEWS:
        app.register_blueprint(import_module(f"app.views.{name}").blueprint)
    collect_permissions(app)
    wrap_views(app)
    return app
