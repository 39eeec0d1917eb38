"""The desks that are attacked: the product as it is, and the product with its guards taken away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, redirect, request
from sqlalchemy import text
from werkzeug.wrappers import Response

from app.accounts.roles import Permission
from app.cli.demo import furnish
from app.config import Settings
from app.db import Database
from app.origins import refuse_foreign_writes
from tests.app.browser import PASSWORD
from tests.app.forms.stands import EVERYBODY, Stands
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.lines import Inside
from tests.benchmarks.hostile.scenes import scene
from tests.benchmarks.hostile.site import Site, Traps
from tests.claims.newsroom import printed
from tests.nightly.serving import Watched, served

INJECTED, REFLECTED, OPENED = "/figures", "/search", "/sources"
"""Pages of the spoilt desk: with a statement made of the request, unescaped, for everybody."""


@dataclass(frozen=True, slots=True)
class Attacked:
    """A desk under attack: where it is, who is signed in, and what can be sent to it."""

    address: str
    cookie: str
    watched: Watched
    stands: Stands
    forms: dict[str, list[tuple[str, str]]]
    pages: tuple[str, ...]

    def signed_in(self) -> bool:
        """Whether the session the tools were given still lasts."""
        client = self.stands.app.test_client()
        client.set_cookie("desk_session", self.cookie.partition("=")[2])
        return client.get("/account").status_code == 200


@contextmanager
def attacked(settings: Settings, *, spoilt: bool = False) -> Iterator[Attacked]:
    """Serve a desk with the demo's article and one of everything a form can be about."""
    database = Database(settings)
    furnish(database)
    stands = Stands(database)
    with database.writing("system:test") as session:
        printed(session)
    client = stands.app.test_client()
    site = Site()
    traps = Traps(site.port)
    try:
        known = scene(stands, Assault(Inside(client), EVERYBODY, PASSWORD), site, traps)
    finally:
        traps.close()
        site.close()
    cookie = client.get_cookie("desk_session")
    assert cookie is not None
    if spoilt:
        spoil(stands.app, database)
    with served(stands.app.wsgi_app) as (address, watched):
        forms = {place: list(pairs) for place, pairs in known.forms.items()}
        yield Attacked(address, f"desk_session={cookie.value}", watched, stands, forms, known.pages)
    database.close()


def settings(home: Path, address: str = "") -> Settings:
    """The settings of a desk that is made for one run."""
    chosen = {"DESK_HOME": str(home), "DESK_WORKERS": "0"}
    return Settings.load({**chosen, **({"DESK_DATABASE_URL": address} if address else {})})


def spoil(app: Flask, database: Database) -> None:
    """Take guards away: what the tools then do not find, they would not find in the product."""
    views = app.view_functions
    pages = {
        rule.rule: rule.endpoint for rule in app.url_map.iter_rules() if "GET" in str(rule.methods)
    }

    def around(place: str, act: Callable[[Any], Any]) -> None:
        name = pages[place]
        plain = views[name]
        views[name] = lambda **arguments: act(plain(**arguments))

    def injected(answer: Any) -> Any:
        said = request.args.get("q", "")
        asked = text(f"SELECT count(*) FROM claim WHERE kind = '{said}'")  # noqa: S608 - the planted hole
        with database.reading() as session:
            answer.headers["X-Found"] = str(session.scalar(asked))
            answer.set_data(answer.get_data() + f"<p>{session.scalar(asked)}</p>".encode())
        return answer

    def reflected(answer: Any) -> Any:
        said = f"<p>{request.args.get('q', '')}</p></main>"
        answer.set_data(answer.get_data().replace(b"</main>", said.encode()))
        return answer

    around(INJECTED, injected)
    around(REFLECTED, reflected)
    app.extensions["permissions"][pages[OPENED]] = Permission.PUBLIC
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.before_request_funcs[None].remove(refuse_foreign_writes)
    app.before_request_funcs[None].insert(0, _go_anywhere)
    # What was registered first runs last.
    app.after_request_funcs[None].insert(0, _bare)


def _go_anywhere() -> Response | None:
    """Lead wherever the address says."""
    target = request.values.get("next") if request.path == "/sign-in" else None
    return redirect(target) if target else None


def _bare(answer: Response) -> Response:
    """Take the headers away that keep a page from doing what it does not do."""
    for name in ("Content-Security-Policy", "X-Content-Type-Options"):
        answer.headers.pop(name, None)
    return answer
