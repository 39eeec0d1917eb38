"""Each request of a tool carries a key of its own, and the version of the moment."""

from flask import Flask, request
from werkzeug.test import Client

from tests.nightly.serving import Watched

KEY = "a" * 22


def echo() -> Flask:
    app = Flask(__name__)

    @app.post("/")
    def said() -> dict[str, str]:
        return dict(request.form)

    @app.get("/cookie")
    def cookie() -> str:
        return request.cookies["desk_session"]

    @app.post("/broken")
    def broken() -> tuple[str, int]:
        return "", 500

    return app


def test_a_form_that_is_sent_again_gets_a_new_key_and_the_present_version() -> None:
    watched = Watched(echo().wsgi_app)
    client = Client(watched)
    sent = {"receipt": KEY, "version": "1", "word": "x"}
    first, second = (client.post("/", data=sent).json or {} for _ in range(2))
    assert len({KEY, first["receipt"], second["receipt"]}) == 3
    assert first["version"] == "1"
    watched.present = lambda _environ: "12"
    assert (client.post("/", data=sent).json or {})["version"] == "12"
    attacked = client.post("/", data={**sent, "version": "1'--"}).json or {}
    assert attacked["version"] == "1'--"


def test_a_cookie_that_is_lent_stays_whatever_came_in_its_place() -> None:
    watched = Watched(echo().wsgi_app)
    client = Client(watched)
    client.set_cookie("desk_session", "of nobody")
    assert client.get("/cookie").text == "of nobody"
    watched.cookie = "desk_session=lent"
    assert client.get("/cookie").text == "lent"


def test_a_fault_of_the_server_is_noted_with_its_address() -> None:
    watched = Watched(echo().wsgi_app)
    Client(watched).post("/broken")
    assert set(watched.faults) == {"POST /broken"}
