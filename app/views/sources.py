"""The register of sources: its list, one source with all that rests on it, its corrections."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import paging
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.queue import one_of
from app.forms.sources import SnapshotForm, SourceForm, differing
from app.ledger import history
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import DeskError
from claims.queries.reliance import counts, relying_on
from sources.models import Source
from sources.queries import Filters, languages, listing, snapshots_of, tree_of
from sources.registry import add_source, edit_source, find
from sources.vocabulary import SourceKind, Tier

blueprint = Blueprint("sources", __name__)
NAME = "sources"
LONGEST = 100
SEE_OTHER, UNPROCESSABLE, CONFLICT = 303, 422, 409


@blueprint.get("/sources")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List the sources."""
    filters, rows, following = _listed()
    return render_template(
        "sources/index.html",
        rows=rows,
        uses=counts(session(), [row.id for row in rows]),
        filters=filters,
        asked=_asked(filters),
        kinds=SourceKind,
        tiers=Tier,
        languages_used=languages(session()),
        following=following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/sources.json")
@requires(Permission.READ)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    _filters, rows, following = _listed()
    return jsonify(sources=[_plain(row) for row in rows], next=following)


@blueprint.get("/sources/new")
@requires(Permission.ADD_EVIDENCE)
def new() -> ResponseReturnValue:
    """Show the form of a new source."""
    return render_template("sources/form.html", form=SourceForm(), source=None)


@blueprint.post("/sources/new")
@requires(Permission.ADD_EVIDENCE)
def add() -> ResponseReturnValue:
    """Put a source on the register."""
    form = SourceForm()
    if form.validate_on_submit():
        try:
            form.take(session(), actor())
            repeat = bool(form.repeat.data)
            added = add_source(session(), by=actor(), repeat=repeat, **form.facts(session()))
        except DeskError as problem:
            form.reject(problem)
        else:
            flash(_("The source is on the register."))
            return redirect(url_for("sources.page", key=added.key), SEE_OTHER)
    return render_template("sources/form.html", form=form, source=None), UNPROCESSABLE


@blueprint.get("/sources/<key>")
@requires(Permission.READ)
def page(key: str) -> ResponseReturnValue:
    """Show a source: what relies on it, where it comes from, what was kept of it."""
    return render_template(
        "sources/page.html", upload=SnapshotForm(), **page_values(find(session(), key))
    )


@blueprint.get("/sources/<key>/edit")
@requires(Permission.ADD_EVIDENCE)
def edit(key: str) -> ResponseReturnValue:
    """Show the form of a source as it is."""
    source = find(session(), key)
    return render_template("sources/form.html", form=SourceForm.of(source), source=source)


@blueprint.post("/sources/<key>/edit")
@requires(Permission.ADD_EVIDENCE)
def correct(key: str) -> ResponseReturnValue:
    """Correct a source; when somebody else did so meanwhile, show both texts."""
    source, form = find(session(), key), SourceForm()
    if form.validate_on_submit():
        try:
            form.take(session(), actor())
            facts = form.facts(session(), source)
            edit_source(session(), source, seen=form.seen_version or 0, **facts)
        except DeskError as problem:
            if problem.code == "stale":
                return _both_texts(form, source)
            form.reject(problem)
        else:
            flash(_("Saved."))
            return redirect(url_for("sources.page", key=source.key), SEE_OTHER)
    return render_template("sources/form.html", form=form, source=source), UNPROCESSABLE


def page_values(source: Source) -> dict[str, Any]:
    """Everything the page of a source shows beside its upload form."""
    return {
        "source": source,
        "origin": source.derived_from,
        "tree": tree_of(session(), source),
        "relying": relying_on(session(), source.id),
        "snapshots": snapshots_of(session(), source),
    }


def _both_texts(form: SourceForm, source: Source) -> ResponseReturnValue:
    """The page of an edit conflict: nothing typed is lost, nobody's save is overwritten."""
    last = next(iter(history.entries(session(), table="source", pk=str(source.id), limit=1)), None)
    form.version.data = str(source.version)
    form.receipt.data = SourceForm(formdata=None).receipt.data
    conflict = {
        "rows": differing(form, source),
        "who": last.actor if last else None,
        "when": None,
        "action": url_for("sources.correct", key=source.key),
        "cancel": url_for("sources.page", key=source.key),
    }
    return render_template("forms/conflict.html", form=form, conflict=conflict), CONFLICT


def _listed() -> tuple[Filters, list[Source], str | None]:
    filters = Filters(
        kind=one_of(request.args, "kind", SourceKind),
        tier=one_of(request.args, "tier", Tier),
        language=(request.args.get("language") or "")[:LONGEST] or None,
        text=(request.args.get("text") or "").strip()[:LONGEST] or None,
    )
    place = paging.read_uuid(NAME)
    rows, more = listing(session(), filters, after=place)
    return filters, rows, paging.link(NAME, ("after", rows[-1].id) if more else None)


def _asked(filters: Filters) -> dict[str, str]:
    return {name: str(value) for name, value in vars(filters).items() if value}


def _plain(row: Source) -> dict[str, Any]:
    names = ("id", "key", "kind", "tier", "title", "publisher", "url", "issued", "language")
    return {name: getattr(row, name) for name in (*names, "lineage", "confidential", "note")}
