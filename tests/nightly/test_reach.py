"""A tool that was sent away has looked at nothing, and the run says so."""

from dataclasses import replace

from flask import Flask, abort, redirect, request
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tests.nightly import command
from tests.nightly.reach import Reach, Tally, measure
from tests.nightly.serving import Watched


def guarded() -> Flask:
    app = Flask(__name__)

    @app.before_request
    def guard() -> None:
        if "door" in request.args:
            abort(int(request.args["door"]))

    @app.route("/rows/<name>", methods=["GET", "POST"])
    def rows(name: str) -> Response:
        if name == "away":
            return redirect("/sign-in?next=/rows")
        return Response(name, 422 if request.form.get("word") == "wrong" else 200)

    @app.route("/broken")
    def broken() -> str:
        raise LookupError("two lines\nof it")

    measure(app)
    return app


def test_it_counts_what_reached_a_view_and_what_was_taken() -> None:
    watched = Watched(guarded().wsgi_app)
    client = Client(watched)
    for path in ("/rows/a", "/rows/b", "/rows/away", "/rows/a?door=429", "/none"):
        client.get(path)
    client.post("/rows/a", data={"word": "wrong"})
    assert watched.reach.by_rule["GET /rows/<name>"] == Tally(4, 2, 2)
    assert watched.reach.by_rule["POST /rows/<name>"] == Tally(1, 1, 0)
    assert watched.reach.share == 50
    assert watched.reach.refused() == {"POST /rows/<name>"}
    client.post("/rows/a", data={"word": "right"})
    assert watched.reach.refused() == set()
    assert watched.reach.told() == (
        "7 requests, 57 % reached a view (sent away: 1 /sign-in, 1 429, 1 404);"
        " 2 of them forms, 50 % taken, 1 of 1 forms at least once"
    )


def test_a_fault_says_what_was_raised_and_where() -> None:
    watched = Watched(guarded().wsgi_app)
    Client(watched).get("/broken")
    assert list(watched.faults) == ["GET /broken"]
    (told,) = watched.faults.values()
    assert told.startswith("LookupError in test_reach.py:")
    assert told.endswith(": two lines")


def weighed(reach: Reach, **changes: object) -> list[str]:
    run = replace(command.Night(["sqlmap"], 1, "sqlite", ()), **changes)  # type: ignore[arg-type]
    command.weigh(run, "sqlmap", reach)
    return run.failed


def test_a_tool_that_was_mostly_sent_away_fails_the_run() -> None:
    whole = {"addresses": 2, "glances": 2}
    far, near = Reach(), Reach()
    far.by_rule = {"GET /rows": Tally(100, 96, 96), "POST /rows": Tally(100, 100, 1)}
    near.by_rule = {"GET /rows": Tally(100, 90, 90)}
    assert weighed(far, looked=whole) == []
    near.away["403", "GET /rows"] = 9
    near.away["404", "GET none"] = 1
    assert weighed(near, looked=whole) == [
        "sqlmap: only 90 % of its requests reached a view: 9 x 403 GET /rows, 1 x 404 GET none"
    ]
    assert weighed(far, looked={"addresses": 2, "glances": 1}) == [
        "sqlmap: 1 of 2 addresses; it needs more --minutes"
    ]
    far.by_rule["POST /rows"].taken = 0
    assert weighed(far, looked=whole) == ["sqlmap: never taken: POST /rows"]
    assert weighed(far, looked=whole, excused=frozenset({"POST /rows"})) == []
