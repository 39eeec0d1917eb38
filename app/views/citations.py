"""Sources for other programs: handed out as BibTeX, RIS or CSL-JSON, and taken in from them."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.errors import status_of
from app.forms.imports import MOST, ImportForm, too_large
from app.forms.sending import send
from app.once.course import nothing_done
from app.past.reading import readable_then
from app.past.registers import of_source, of_sources
from app.past.scope import Scope
from app.permissions import requires
from app.unit_of_work import session
from app.views.sources import asked_filters
from claims.errors import DeskError, Missing
from claims.queries.articles import article_id
from claims.queries.reliance import sources_of
from sources.exchange.formats import FORMS, Format, read
from sources.exchange.incoming import Preview, Taken, preview, take_in
from sources.exchange.outgoing import export
from sources.models import Source
from sources.queries import all_of
from sources.registry import find

blueprint = Blueprint("citations", __name__)
SEE_OTHER, UNPROCESSABLE = 303, 422


def _register(**_form: str) -> Scope:
    """The rows the past of an exported list needs: the sources, and nothing that rests on them."""
    return of_sources(f"{asked_filters()} as a file", lambda _opened: [])


def _rows(key: str, **_form: str) -> Scope:
    return of_source(find(session(), key).id)


@blueprint.get("/sources/export/<form>")
@requires(Permission.READ)
@readable_then(_register)
def listed(form: str) -> ResponseReturnValue:
    """Hand out all sources the filters of the list leave."""
    return _file(all_of(session(), asked_filters()), form, "sources")


@blueprint.get("/sources/<key>/export/<form>")
@requires(Permission.READ)
@readable_then(_rows)
def one(key: str, form: str) -> ResponseReturnValue:
    """Hand out one source; a confidential one is not there for other programs."""
    source = find(session(), key)
    if source.confidential:
        raise Missing(
            "source_confidential",
            {"zh": "保密来源不导出。", "en": "A confidential source is not exported."},
        )
    return _file([source], form, source.key)


@blueprint.get("/articles/<key>/sources/export/<form>")
@requires(Permission.READ)
def of_article(key: str, form: str) -> ResponseReturnValue:
    """Hand out the sources an article's claims cite or rest on."""
    return _file(sources_of(session(), article_id(session(), key)), form, key)


def _file(sources: Sequence[Source], form: str, name: str) -> Response:
    try:
        known = Format(form)
    except ValueError as problem:
        words = {"zh": "没有这种格式。", "en": "There is no such format."}
        raise Missing("format_missing", words) from problem
    answer = Response(export(session(), sources, known), mimetype=FORMS[known].media_type)
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"{name}.{FORMS[known].suffix}"
    )
    return answer


@blueprint.get("/sources/import")
@requires(Permission.ADD_EVIDENCE)
def choose() -> ResponseReturnValue:
    """Ask for a file."""
    return render_template("sources/import.html", form=ImportForm(), found=None)


@blueprint.post("/sources/import")
@requires(Permission.ADD_EVIDENCE)
def take() -> ResponseReturnValue:
    """Show what a file would do; once that was seen, do it, all of it or nothing."""
    form, taken = ImportForm(), list[Taken]()
    if not form.text.data:
        return _shown(form)
    if not form.validate():
        return render_template("sources/import.html", form=form, found=None), UNPROCESSABLE
    found = _preview(form)

    def act() -> None:
        taken.append(take_in(session(), found, form.choices, by=actor(), seen=form.seen))

    refused = send(form, act)
    if refused is not None:
        return render_template("sources/import.html", form=form, found=found), refused
    added, changed = len(taken[0].added), len(taken[0].changed)
    flash(
        ngettext("%(num)s source added, ", "%(num)s sources added, ", added)
        + ngettext("%(num)s changed.", "%(num)s changed.", changed)
    )
    return redirect(url_for("sources.index"), SEE_OTHER)


def _shown(form: ImportForm) -> ResponseReturnValue:
    """The page of what a file would do; nothing is kept on the server meanwhile."""
    nothing_done()
    if not form.validate_on_submit():
        return render_template("sources/import.html", form=form, found=None), UNPROCESSABLE
    try:
        form.text.data = form.handed_over()
        found = _preview(form)
    except DeskError as problem:
        form.text.data = ""
        form.reject(problem)
        return render_template("sources/import.html", form=form, found=None), status_of(problem)
    return render_template("sources/import.html", form=form, found=found)


def _preview(form: ImportForm) -> Preview:
    known, reading = read(form.text.data or "", form.stated)
    if len(reading.entries) + len(reading.unread) > MOST:
        raise too_large()
    form.format.data = known.value
    return preview(session(), reading)
