"""The desks that are attacked: the product as it is, and the product with its guards taken away."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, redirect, request
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select, text
from werkzeug.wrappers import Response

from app.accounts.models import OpenSession
from app.accounts.roles import Permission
from app.cli.demo import furnish
from app.config import Settings
from app.factory import create_app
from app.limits.vocabulary import Quota
from app.origins import refuse_foreign_writes
from sources.base import now
from tests.app.browser import PASSWORD
from tests.app.forms.stands import EVERYBODY, Stands
from tests.benchmarks.hostile.scenes import place, rules
from tests.claims.newsroom import printed
from tests.nightly.reach import FIRST_ERROR, measure
from tests.nightly.serving import Watched, served
from tests.nightly.unkept import Unkept, outlast

INJECTED, REFLECTED, OPENED = "/figures", "/search", "/sources"
"""Pages of the spoilt desk: with a statement made of the request, unescaped, for everybody."""
WRITTEN_VIEW, WRITTEN = "evidence.withdraw", "/evidence/*/withdraw"
"""Its form that makes a statement of what was typed, once all that the form asks for is right."""
QUOTAS = ",".join(f"{quota}=0" for quota in Quota)
"""Nobody is sent away for asking too often: an answer of 429 would hide what is behind it."""
LASTS = dt.timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Attacked:
    """A desk under attack: where it is, who is signed in, and what can be sent to it."""

    address: str
    cookie: str
    watched: Watched
    stands: Stands
    pages: tuple[str, ...]

    @contextmanager
    def undoing(self) -> Iterator[None]:
        """Keep nothing of what is done, so that each form can be sent again and again."""
        database = self.stands.desk.database
        assert isinstance(database, Unkept)
        with database.undoing():
            yield

    def signed_in(self) -> bool:
        """Whether the session the tools were given still lasts."""
        client = self.stands.app.test_client()
        client.set_cookie("desk_session", self.cookie.partition("=")[2])
        return client.get("/account").status_code == 200


@contextmanager
def attacked(settings: Settings) -> Iterator[tuple[Attacked, Attacked]]:
    """Serve a desk with the demo's article and one of everything a form can be about.

    It has two doors: the product's, and one to the same rows from which the guards were taken.
    """
    with ExitStack() as stack:
        database = Unkept(settings)
        stack.callback(database.close)
        furnish(database)
        stands = Stands(database)
        with database.writing("system:test") as session:
            printed(session)
        client = stands.app.test_client()
        _sign_in(client)
        cookie = client.get_cookie("desk_session")
        assert cookie is not None
        _prove(database)
        spoilt = create_app(settings, database)
        spoil(spoilt, database)
        pages = tuple(sorted({place(stands, rule, rule.rule) for rule in rules(stands.app, "GET")}))
        desks = []
        for app in (stands.app, spoilt):
            outlast(app, database)
            measure(app)
            address, watched = stack.enter_context(served(app.wsgi_app))
            mark = f"desk_session={cookie.value}"
            desks.append(Attacked(address, mark, watched, stands, pages))
        yield desks[0], desks[1]


def _sign_in(client: FlaskClient) -> None:
    """Sign in as somebody who may do nearly everything."""
    shown = html.fromstring(client.get("/sign-in").text).forms
    form = next(one for one in shown if "password" in one.fields)
    typed = dict(form.form_values()) | {"name": EVERYBODY, "password": PASSWORD}
    assert client.post("/sign-in", data=typed).status_code == 303
    # Only a page with a form puts the token of forms into the cookie that the tools are lent.
    client.get("/sources/new")


def _prove(database: Unkept) -> None:
    """Let the session count as proved for the whole run: a page that asks again hides a form."""
    with database.writing("system:test") as session:
        for row in session.scalars(select(OpenSession)):
            row.proved_at = now() + LASTS


def settings(home: Path, address: str = "") -> Settings:
    """The settings of a desk that is made for one run."""
    chosen = {"DESK_HOME": str(home), "DESK_WORKERS": "0", "DESK_QUOTAS": QUOTAS}
    return Settings.load({**chosen, **({"DESK_DATABASE_URL": address} if address else {})})


def spoil(app: Flask, database: Unkept) -> None:
    """Take guards away: what the tools then do not find, they would not find in the product."""
    pages = {
        rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "GET" in str(rule.methods)
    }

    def listed(said: str) -> bytes:
        asked = text(f"SELECT kind, id FROM claim WHERE kind <> '{said}'")  # noqa: S608 - the planted hole
        with database.reading() as session:
            return "".join(f"<p>{kind} {key}</p>" for kind, key in session.execute(asked)).encode()

    def injected(answer: Any) -> Any:
        answer.set_data(answer.get_data() + listed(request.args.get("q", "")))
        return answer

    def written(answer: Any) -> Any:
        if answer.status_code < FIRST_ERROR:
            answer.set_data(listed(request.form.get("reason", "")))
        return answer

    def reflected(answer: Any) -> Any:
        said = f"<p>{request.args.get('q', '')}</p></main>"
        answer.set_data(answer.get_data().replace(b"</main>", said.encode()))
        return answer

    _around(app, pages[INJECTED], injected)
    _around(app, pages[REFLECTED], reflected)
    _around(app, WRITTEN_VIEW, written)
    app.extensions["permissions"][pages[OPENED]] = Permission.PUBLIC
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.before_request_funcs[None].remove(refuse_foreign_writes)
    app.before_request_funcs[None].insert(0, _go_anywhere)
    # What was registered first runs last.
    app.after_request_funcs[None].insert(0, _bare)


def _around(app: Flask, view: str, act: Callable[[Any], Any]) -> None:
    """Let something be done with every answer of a view."""
    plain = app.view_functions[view]

    @wraps(plain)
    def changed(**arguments: Any) -> Any:
        return act(plain(**arguments))

    app.view_functions[view] = changed


def _go_anywhere() -> Response | None:
    """Lead wherever the address says."""
    target = request.values.get("next") if request.path == "/sign-in" else None
    return redirect(target) if target else None


def _bare(answer: Response) -> Response:
    """Take the headers away that keep a page from doing what it does not do."""
    for name in ("Content-Security-Policy", "X-Content-Type-Options"):
        answer.headers.pop(name, None)
    return answer
