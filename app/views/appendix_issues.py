"""One issue of an appendix: what it is, its files, making more of them, and handing them out."""

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import page_twins, twins
from app.accounts.current import actor, reader
from app.accounts.roles import Permission
from app.appendix_issue import handing_out, issues, told
from app.appendix_issue.documents import replaced
from app.appendix_issue.making import Outcome, ask, made_at_once, makings
from app.evidence_store import SANDBOX, store
from app.forms.appendices import FileForm, format_name
from app.past.reading import ledger, readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import beforehand, database, session
from app.views.appendices import tell_files
from claims.queries.articles import article_id
from sources.citation_styles import NAMES as STYLE_NAMES

blueprint = Blueprint("appendix_issues", __name__)
SEE_OTHER = 303
NO_STORE = "private, no-cache"


def _rows(key: str, number: int) -> Scope:
    """The rows the past of an issue needs."""
    del number
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/appendix/<int:number>")
@blueprint.get("/articles/<key>/appendix/<int:number>.json", endpoint="page_as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str, number: int) -> ResponseReturnValue:
    """Show an issue with its hashes, what it replaces, its files, and who fetched them."""
    row = issues.issued(session(), key, number)
    found, replaces = makings(ledger(), row), replaced(store(), row)
    handed = handing_out.history_of(ledger(), row)
    return twins.shown(
        "appendices/issue.html",
        lambda: {**page_twins.head(row.article), **told.told_page(row, replaces, found, handed)},
        article=row.article,
        issue=row,
        former=issues.by_key(session(), row.replaces_id),
        later=issues.replaced_by(session(), row),
        replaces=replaces,
        makings=found,
        handed=handed,
        claims=issues.claims_by_number(session(), row.article_id),
        format_name=format_name,
        style_name=lambda style: dict(STYLE_NAMES).get(style, style),
    )


def made(key: str, number: int) -> Outcome:
    """Make the file that was asked for, where that is quick, before the page's own transaction."""
    form = FileForm()
    if not form.validate_on_submit():
        return Outcome()
    with database().reading() as opened:
        row = issues.issued(opened, key, number)
        handing_out.refuse_unknowing(opened, store(), row, reader())
    return made_at_once(database(), store(), row.id, [form.format.data or ""], by=actor())


@blueprint.post("/articles/<key>/appendix/<int:number>/files")
@requires(Permission.ISSUE)
@beforehand(made, alone=True)
def make(key: str, number: int, prepared: Outcome) -> ResponseReturnValue:
    """Make one more file of an issue, at once or by a job."""
    row = issues.issued(session(), key, number)
    for name in prepared.later:
        ask(session(), row, name, by=actor())
    tell_files(prepared)
    return redirect(url_for("appendix_issues.page", key=key, number=number), SEE_OTHER)


def taken(key: str, number: int, form: str) -> handing_out.HandedOut:
    """Look the file up and enter in the ledger that it leaves, before it does."""
    return _handed_out((key, number, form), proof=False)


def taken_proof(key: str, number: int, form: str) -> handing_out.HandedOut:
    """Look up the proof that lies beside a file."""
    return _handed_out((key, number, form), proof=True)


def _handed_out(asked: tuple[str, int, str], *, proof: bool) -> handing_out.HandedOut:
    return handing_out.handed_out(
        database(),
        store(),
        asked,
        by=actor(),
        reader=reader(),
        request=g.request_id,
        proof=proof,
        leaves=request.method != "HEAD",
    )


@blueprint.get("/articles/<key>/appendix/<int:number>/<form>")
@requires(Permission.READ)
@beforehand(taken)
def again(key: str, number: int, form: str, prepared: handing_out.HandedOut) -> Response:
    """Hand out a file of an issue: the very bytes, or none."""
    del key, number, form
    return _as_file(prepared)


@blueprint.get("/articles/<key>/appendix/<int:number>/<form>/proof")
@requires(Permission.READ)
@beforehand(taken_proof)
def proof(key: str, number: int, form: str, prepared: handing_out.HandedOut) -> Response:
    """Hand out the proof that lies beside a file which has no place for one."""
    del key, number, form
    return _as_file(prepared)


def _as_file(found: handing_out.HandedOut) -> Response:
    """A file to save; nothing in it may run where a browser shows it after all."""
    response = Response(found.parts, mimetype=found.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = NO_STORE
    response.headers["ETag"] = f'"{found.sha256}"'
    response.content_length = found.size
    return response
