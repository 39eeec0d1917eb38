"""Somebody who goes to the provider and comes back, by our own pages, without a browser."""

import itertools
from dataclasses import replace

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts import identities
from app.accounts.identity_models import AccountIdentity
from app.accounts.models import Account, OpenSession
from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.ledger import history
from tests.app.browser import PASSWORD, Reader
from tests.app.oidc.hostile import CLIENT, SECRET, SUBJECT, Hostile

ANSWER = "http://localhost/sign-in/provider/answer"
PLACES = itertools.count(1)
STARTS = "/sign-in/provider"


def told_of(settings: Settings, issuer: str, **changed: object) -> Settings:
    """The settings of a desk with a provider."""
    known = {
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_redirect_url": ANSWER,
        "oidc_name": "Newsroom <ID>",
        "oidc_scopes": "openid email",
        # What most providers have, and what is drawn in no time.
        "rsa_bits": 2048,
    }
    return replace(settings, **{**known, **changed})  # type: ignore[arg-type]


def desk_of(database: Database, provider: Hostile, **changed: object) -> Flask:
    """The application of a desk with a provider."""
    return create_app(told_of(database.settings, provider.issuer, **changed), database)


class Traveller:
    """A browser at the desk."""

    def __init__(self, app: Flask, provider: Hostile, language: str = "en") -> None:
        self.client = app.test_client()
        # Attempts are counted by address; each browser has its own.
        self.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{next(PLACES) % 250}"
        self.provider = provider
        self.client.set_cookie("desk_language", language)

    @property
    def anywhere(self) -> str:
        """A page this browser may see."""
        return "/account" if self.is_in() else "/sign-in"

    def press(self, page: str, action: str, **typed: str) -> TestResponse:
        """Open a page and send the form that goes to an address."""
        opened = self.client.get(page)
        assert opened.status_code == 200, opened.text[:500]
        forms = Reader(opened.text).forms
        form = next(one for one in forms if (one.action or page) == action)
        return self.client.post(action, data={**form.fields, **typed})

    def send(self, action: str, **typed: str) -> TestResponse:
        """Send a form that stands on no page at the moment, with the token of one that does."""
        fields = Reader(self.client.get(self.anywhere).text).form("csrf_token").fields
        return self.client.post(action, data={**fields, "next": "", **typed})

    def away(self, page: str = "/sign-in", action: str = STARTS) -> str:
        """Begin a way and return the address it leads to."""
        sent = self.press(page, action)
        assert sent.status_code == 200, sent.text[:500]
        seconds, _, address = sent.headers["Refresh"].partition("; url=")
        assert seconds == "0"
        return address

    def there_and_back(self, page: str = "/sign-in", action: str = STARTS) -> TestResponse:
        """Go to the provider and come back with what it says."""
        return self.client.get(self.provider.authorize(self.away(page, action)))

    def is_in(self) -> bool:
        """Tell whether this browser is signed in."""
        return self.client.get("/account").status_code == 200

    def by_password(self, name: str) -> None:
        """Sign in with a password."""
        answer = self.press("/sign-in", "/sign-in", name=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text[:500]


def bound(database: Database, name: str, issuer: str, subject: str = SUBJECT) -> None:
    """Let an identity sign in with an account."""
    with database.writing("system:test") as session:
        account = session.scalars(select(Account).where(Account.name == name)).one()
        known = {"issuer": issuer, "subject": subject, "label": "", "by": "system:test"}
        identities.bind(session, account, **known)


def untouched(database: Database) -> tuple[object, ...]:
    """What a refusal must leave as it was: sessions, identities, accounts."""
    with database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(kind))
            for kind in (OpenSession, AccountIdentity)
        ]
        accounts = session.execute(select(Account.name, Account.active, Account.version)).all()
        entries = history.entries(session, kind="row")
        return (*counts, sorted(map(tuple, accounts)), len(entries))
