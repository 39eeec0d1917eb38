"""The saved questions: their list, and the answer of one as a page, JSON or CSV."""

from typing import NamedTuple

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from werkzeug.wrappers import Response

from app import timeline
from app.accounts.roles import Permission
from app.filters import person, words_text
from app.object_names import names
from app.permissions import requires
from app.questions import QUESTIONS, Answer, Question, question
from app.questions.answers import plain, table
from app.questions.narrowing import narrowed
from app.unit_of_work import session

blueprint = Blueprint("questions", __name__)
SHOWN = 200
"""Answers on the page; the CSV has them all."""


class Asked(NamedTuple):
    """A question with what it was narrowed to and its answers."""

    question: Question
    typed: dict[str, str]
    answers: list[Answer]


@blueprint.get("/audit/questions")
@requires(Permission.AUDIT)
def index() -> ResponseReturnValue:
    """List the questions with what each looks for."""
    return render_template("audit/questions.html", questions=list(QUESTIONS.values()))


@blueprint.get("/audit/questions.json")
@requires(Permission.AUDIT)
def index_as_json() -> ResponseReturnValue:
    """Answer the list for a machine."""
    return jsonify(
        questions=[
            {"name": one.name, "title": one.title, "explained": one.explained}
            for one in QUESTIONS.values()
        ]
    )


@blueprint.get("/audit/questions/<name>")
@requires(Permission.AUDIT)
def page(name: str) -> ResponseReturnValue:
    """Show the answer of a question."""
    asked = _asked(name)
    shown = asked.answers[:SHOWN]
    entries = [answer.entry for answer in shown]
    known = names(session(), timeline.keys(entries))
    return render_template(
        "audit/question.html",
        question=asked.question,
        typed=asked.typed,
        rows=[(timeline.told(answer.entry, known), answer.said) for answer in shown],
        count=len(asked.answers),
        zone=get_timezone(),
    )


@blueprint.get("/audit/questions/<name>.json")
@requires(Permission.AUDIT)
def as_json(name: str) -> ResponseReturnValue:
    """Answer a question for a machine."""
    asked = _asked(name)
    return jsonify(
        question=asked.question.name,
        narrowed=asked.typed,
        answers=[
            plain(answer, url_for("audit.entry", eid=answer.entry.eid)) for answer in asked.answers
        ],
    )


@blueprint.get("/audit/questions/<name>.csv")
@requires(Permission.AUDIT)
def as_csv(name: str) -> ResponseReturnValue:
    """Answer a question as a table that is safe to open in a spreadsheet."""
    asked = _asked(name)
    return Response(
        table(asked.answers, words_text, person),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{asked.question.name}.csv"'},
    )


def _asked(name: str) -> Asked:
    chosen = question(name)
    typed, known = narrowed(session(), request.args)
    return Asked(chosen, typed, chosen.ask(session(), known))
