"""A web application with every hole the nightly tools are asked to find; nobody else is served it.

Its views are wrong on purpose, each in one way, and its text is what the tools that read code have
to complain about. It listens on this machine only, for as long as a nightly run lasts.
"""

import hashlib
import pickle
import random
import sqlite3
import subprocess
import urllib.request
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import psycopg
from flask import Flask, Response, redirect, request, send_file
from flask_wtf import CSRFProtect
from markupsafe import Markup

NOTES: list[str] = []
API_TOKEN = "desk_planted_0123456789abcdef"
HERE = Path(__file__).parent
csrf = CSRFProtect()


def careless(database: Path, postgresql: str) -> Flask:
    """The application; ``postgresql`` is the address of a server, empty for none."""
    app = Flask(__name__)
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS word (name TEXT, kept TEXT)")
        connection.execute("INSERT INTO word VALUES ('rain', 'a secret')")

    @app.get("/")
    def start() -> str:
        """Lead to all of them, as a crawler needs it."""
        links = "".join(f'<p><a href="{path}">{path}</a>' for path in PLACES)
        return f"<!doctype html><title>Careless</title>{links}"

    @app.get("/sqlite")
    def words() -> str:
        with sqlite3.connect(database) as connection:
            found = connection.execute(
                "SELECT name, kept FROM word WHERE name = '" + request.args.get("q", "") + "'"
            ).fetchall()
        return page(str(len(found)))

    @app.get("/postgresql")
    def numbers() -> str:
        if not postgresql:
            return page("No such server tonight.")
        with psycopg.connect(postgresql) as connection:
            asked: Any = f"SELECT datname FROM pg_database WHERE datname = '{request.args['q']}'"
            return page(str(len(connection.execute(asked).fetchall())))

    @app.get("/hello")
    def hello() -> str:
        return page(Markup("<p>Hello " + request.args.get("name", "") + "</p>"))

    csrf.exempt(hello)
    spread(app, database.parent)
    return app


def spread(app: Flask, scratch: Path) -> None:
    """Add what needs no database; what a command writes, it writes into a folder of the run."""

    @app.route("/notes", methods=["GET", "POST"])
    def notes() -> str:
        if request.method == "POST":
            NOTES.append(request.form.get("note", ""))
            del NOTES[:-500]
        form = '<form method=post action="/notes"><input name=note><button>Keep</button></form>'
        return page(form + "".join(f"<p>{note}</p>" for note in NOTES))

    @app.get("/file")
    def file() -> Response:
        return send_file(open(HERE / request.args.get("name", "page.html"), "rb"), "text/plain")

    @app.get("/go")
    def go() -> Any:
        return redirect(request.args.get("to", "/"))

    @app.get("/fetch")
    def fetch() -> str:
        with urllib.request.urlopen(request.args["url"], timeout=5) as answer:
            return page(str(len(answer.read())))

    @app.get("/ping")
    def ping() -> str:
        host = request.args.get("host", "x")
        return page(
            subprocess.run(
                "echo " + host, shell=True, capture_output=True, cwd=scratch
            ).stdout.decode()
        )

    read_anything(app)


def read_anything(app: Flask) -> None:
    """Add what reads formats that run, and a secret nobody guards."""

    @app.get("/kept")
    def kept() -> str:
        return page(str(pickle.loads(request.get_data() or pickle.dumps(1))))

    @app.get("/feed")
    def feed() -> str:
        return page(ET.fromstring(request.args.get("xml", "<a/>")).tag)

    @app.get("/secret")
    def secret() -> str:
        token = request.args.get("token", API_TOKEN)
        mark = hashlib.md5(token.encode()).hexdigest()
        again = f"{mark}{random.random()}"
        known = API_TOKEN
        return page(again if token == known else "")


def page(said: str) -> str:
    """A page that prints what it is given as it is."""
    return f"<!doctype html><title>Careless</title><main>{said}</main>"


def read_settings(text: str) -> Any:
    """Read settings in a format that runs what it reads."""
    import yaml  # type: ignore[import-untyped]

    return yaml.load(text, Loader=yaml.Loader)


PLACES = (
    "/sqlite?q=rain",
    "/postgresql?q=postgres",
    "/hello?name=you",
    "/notes",
    "/file?name=page.html",
    "/go?to=/",
    "/ping?host=here",
    "/secret?token=",
    "/feed?xml=%3Ca%2F%3E",
)
"""The doors of the application."""
