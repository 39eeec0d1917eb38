"""Adding a claim by hand: a passage of the text, which place is meant, its words and figures."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.sending import send
from app.forms.triage import StatementForm, in_tongue, statement_form
from app.permissions import requires
from app.typed_numbers import whole
from app.unit_of_work import session
from claims.by_hand import Passage, add_by_hand, passage
from claims.errors import DeskError
from claims.models import ArticleVersion
from claims.queries.articles import version_of
from claims.readings import Span
from sources.quotes import places

blueprint = Blueprint("claims_by_hand", __name__, url_prefix="/articles/<key>/claims")
SEE_OTHER, UNPROCESSABLE = 303, 422
AROUND = 40
MOST_PLACES = 40


@blueprint.get("/new")
@requires(Permission.ASSESS)
def new(key: str) -> ResponseReturnValue:
    """Ask for a quote; which place is meant where it occurs more than once; then for the claim."""
    version = version_of(session(), key)
    quote = request.args.get("quote", "").replace("\r\n", "\n")
    found = _places(version, quote)
    if len(found) != 1:
        return _asked(version, quote, found)
    try:
        place = passage(version, *found[0])
    except DeskError as problem:
        return _asked(version, quote, [], problem), UNPROCESSABLE
    return _form(version, place, _filled(version, place, fresh=True))


def _places(version: ArticleVersion, quote: str) -> list[Span]:
    """Return the place the person selected or chose, else everywhere the quote occurs."""
    start, stop = request.args.get("start", type=whole), request.args.get("stop", type=whole)
    if start is not None and stop is not None and 0 <= start < stop <= version.characters:
        chosen = version.text[start:stop]
        if not quote or chosen.split() == quote.split():
            return [(start, stop)]
    return places(version.text, quote)


def _asked(
    version: ArticleVersion, quote: str, found: list[Span], problem: DeskError | None = None
) -> str:
    text = version.text
    return render_template(
        "claims_by_hand/quote.html",
        article=version.article,
        quote=quote,
        found=[
            (start, stop, text[max(0, start - AROUND) : start], text[stop : stop + AROUND])
            for start, stop in found[:MOST_PLACES]
        ],
        problem=problem,
    )


def _filled(version: ArticleVersion, place: Passage, *, fresh: bool) -> StatementForm:
    """Return the form of a passage, filled with what is read in it."""
    kind = statement_form(range(1, len(place.figures) + 1), choosing=True)
    tongue = version.article.language.split("-", maxsplit=1)[0]
    if not fresh:
        return kind()
    data: dict[str, Any] = {"statement": version.text[place.start : place.stop], "kind": place.kind}
    for number, figure in enumerate(place.figures, start=1):
        data |= {
            f"take_{number}": True,
            f"period_{number}": figure.dated.period or "",
            f"subject_{number}": in_tongue(figure.subject, tongue),
            f"measure_{number}": in_tongue(figure.measure, tongue),
            f"material_{number}": figure.strong,
        }
    about = f"{version.article.key}.{place.start}-{place.stop}"
    return kind(formdata=None, data=data, kept_for=about)


def _form(version: ArticleVersion, place: Passage, form: StatementForm) -> str:
    text = version.text
    return render_template(
        "claims_by_hand/new.html",
        article=version.article,
        place=place,
        before=text[max(0, place.start - AROUND) : place.start],
        quoted=text[place.start : place.stop],
        after=text[place.stop : place.stop + AROUND],
        form=form,
    )


@blueprint.post("/new")
@requires(Permission.ASSESS)
def add(key: str) -> ResponseReturnValue:
    """Make the claim, with the figures that were left ticked."""
    version = version_of(session(), key)
    start, stop = request.args.get("start", 0, type=whole), request.args.get("stop", 0, type=whole)
    place = passage(version, start, stop)
    form = _filled(version, place, fresh=False)
    made: list[str] = []

    def act() -> None:
        done = add_by_hand(
            session(),
            version,
            place,
            statement=form.statement.data or "",
            kind=form.kind.data or "",
            figures=[form.figure(number) for number in range(1, len(place.figures) + 1)],
            by=actor(),
        )
        made.append(done.about or "")

    refused = send(form, act)
    if refused:
        session().expire_all()
        return _form(version, place, form), refused
    flash(_("Claim C-%(number)s was added.", number=made[0]))
    return redirect(url_for("articles.page", key=key, claim=made[0]) + f"#a{made[0]}", SEE_OTHER)
