"""The register of sources: its list, one source with all that rests on it, its corrections."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app import captures, page_twins, paging, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.filters import words_text
from app.forms.base import DeskForm
from app.forms.claims import ReasonForm
from app.forms.conflicts import Edited, conflict
from app.forms.queue import one_of
from app.forms.sending import is_stale, send
from app.forms.sources import Judged, LikenessForm, SnapshotForm, SourceForm
from app.past.reading import past, readable_then, stated_past
from app.past.registers import of_source, of_sources
from app.past.scope import Scope
from app.permissions import requires
from app.reference_style import citations_of
from app.undoing import undoable
from app.unit_of_work import session
from claims.errors import Refused
from claims.models import Claim
from claims.queries.blast import blast_radius
from claims.queries.choices import sources_to_choose
from claims.queries.reliance import counts, relying_on
from claims.queries.rot import changed_items
from claims.queries.watched import watch_of
from claims.rechecks import open_rechecks
from sources import likenesses, suggestions
from sources.base import now
from sources.duplicates import doubles
from sources.families import merged_into
from sources.models import Source
from sources.need_to_know import keep_knowing
from sources.publishers import Publisher, publishers
from sources.publishing import counted
from sources.queries import Filters, languages, listing, snapshots_of, tree_of
from sources.registry import CREDIBILITY, Facts, add_source, edit_source, entry, find
from sources.veil import is_veiled, refuse_veiled
from sources.vocabulary import Reliability, SourceKind, Tier

blueprint = Blueprint("sources", __name__)
NAME = "sources"
LONGEST = 100
FIGURES = {str(figure) for figure in CREDIBILITY}
SEE_OTHER, CONFLICT = 303, 409
NEVER = "0"
"""The version of a row before it was there."""


def _register() -> Scope:
    """The rows the past of the register needs: those of the page that is asked for."""
    filters, place = asked_filters(), paging.read_uuid(NAME)

    def listed(opened: Session) -> list[Source]:
        return listing(opened, filters, after=place)[0]

    return of_sources(f"{filters} {place}", listed)


def _rows(key: str) -> Scope:
    """The rows the past of a source needs: of the very entry, which was not merged then."""
    return of_source(entry(session(), key).id)


@blueprint.get("/sources")
@requires(Permission.READ)
@readable_then(_register)
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
        publishers_used=_publishers_used(filters),
        letters=Reliability,
        following=following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/sources.json")
@requires(Permission.READ)
@readable_then(_register)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    _filters, rows, following = _listed()
    return jsonify(
        sources=[page_twins.source(row) for row in rows], next=following, **stated_past()
    )


@blueprint.get("/sources/new")
@requires(Permission.ADD_EVIDENCE)
def new() -> ResponseReturnValue:
    """Show the form of a new source."""
    return _form(SourceForm(), None)


@blueprint.post("/sources/new")
@requires(Permission.ADD_EVIDENCE)
def add() -> ResponseReturnValue:
    """Put a source on the register."""
    form, added = SourceForm(), list[Source]()
    refused = send(form, lambda: added.append(_added(form)))
    if refused is not None:
        return _form(form, None, known=refused == CONFLICT), refused
    if _is_kept(form, added[0]):
        flash(_("The source is on the register, and a snapshot of its page is being fetched."))
    else:
        flash(_("The source is on the register."))
    return redirect(url_for("sources.page", key=added[0].key), SEE_OTHER)


@blueprint.get("/sources/<key>")
@blueprint.get("/sources/<key>.json", endpoint="page_as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show a source: what relies on it, where it comes from, what was kept of it."""
    source = find(session(), key)
    if source.key != key:
        endpoint = "sources.page_as_json" if twins.is_asked() else "sources.page"
        return redirect(url_for(endpoint, key=source.key), SEE_OTHER)
    values = page_values(source)
    return twins.shown(
        "sources/page.html",
        lambda: page_twins.source_page(values),
        upload=SnapshotForm(),
        **values,
    )


@blueprint.post("/sources/<key>/likeness")
@requires(Permission.ADD_EVIDENCE)
def judge(key: str) -> ResponseReturnValue:
    """Say which of two sources with the same text repeats the other, or that neither does."""
    source, form = find(session(), key), LikenessForm()

    def act() -> None:
        other = find(session(), form.other.data or "")
        if form.judged.data is Judged.DISMISSED:
            likenesses.dismiss(session(), source, other, by=actor())
        elif form.judged.data is Judged.REPEATS_OTHER:
            likenesses.link(session(), source, other, by=actor())
        else:
            likenesses.link(session(), other, source, by=actor())

    refused = send(form, act)
    if refused is not None:
        return shown(source, form=form), refused
    flash(_("Noted. It is not proposed again."))
    return redirect(url_for("sources.page", key=source.key, _anchor="origin"), SEE_OTHER)


@blueprint.get("/sources/<key>/edit")
@requires(Permission.ADD_EVIDENCE)
def edit(key: str) -> ResponseReturnValue:
    """Show the form of a source as it is."""
    source = find(session(), key)
    refuse_veiled(source)
    return _form(SourceForm.of(source), source)


@blueprint.post("/sources/<key>/edit")
@requires(Permission.ADD_EVIDENCE)
def correct(key: str) -> ResponseReturnValue:
    """Correct a source; when somebody else did so meanwhile, show both texts."""
    source, form = find(session(), key), SourceForm()
    refuse_veiled(source)
    here = url_for("sources.page", key=source.key)
    if entry(session(), key) is not source:
        # It was merged since: what was typed was never opened on the entry that stands for it.
        form.version.data = NEVER
        flash(_("This source was merged into another meanwhile: that one is compared here."))
        return _conflict(form, source)
    if is_stale(form, source.version):
        return _conflict(form, source)
    refused = send(form, lambda: _corrected(form, source))
    if refused is not None:
        return _form(form, source), refused
    flash(_("Saved."))
    return redirect(here, SEE_OTHER)


def _form(form: SourceForm, source: Source | None, **shown: Any) -> str:
    """The form of a source, with the newest of the others as origins to choose from."""
    offered = sources_to_choose(session()).rows
    return render_template(
        "sources/form.html",
        form=form,
        source=source,
        origins=[one for one in offered if source is None or one.key != source.key],
        **shown,
    )


def _conflict(form: SourceForm, source: Source) -> ResponseReturnValue:
    """Show what was typed beside what the source says now."""
    key = source.key
    edited = Edited("source", source.id, of_source(source.id), lambda: _as_saved(key))
    back = url_for("sources.page", key=key)
    return conflict(form, edited, url_for("sources.correct", key=key), back)


def _as_saved(key: str) -> SourceForm:
    return SourceForm.of(find(session(), key))


@blueprint.get("/sources/<key>/recheck")
@blueprint.get("/sources/<key>/recheck.json", endpoint="radius_as_json")
@requires(Permission.READ)
@readable_then(_rows)
def radius(key: str) -> ResponseReturnValue:
    """Show every claim, article and issued appendix that rests on a source."""
    return _radius(find(session(), key), ReasonForm())


@blueprint.post("/sources/<key>/recheck")
@requires(Permission.ASSESS)
def recheck(key: str) -> ResponseReturnValue:
    """Open a recheck of every claim that rests on a source, in one act."""
    source, form, touched = find(session(), key), ReasonForm(), list[Claim]()

    def act() -> None:
        found = blast_radius(session(), source)
        reason = form.reason.data or ""
        touched.extend(open_rechecks(session(), found, by=actor(), reason=reason))

    refused = send(form, act)
    if refused is not None:
        return _radius(source, form), refused
    flash(ngettext("%(num)s recheck opened.", "%(num)s rechecks opened.", len(touched)))
    return redirect(url_for("sources.radius", key=source.key), SEE_OTHER)


def _radius(source: Source, form: ReasonForm) -> twins.Shown:
    found = blast_radius(session(), source)
    return twins.shown(
        "sources/recheck.html",
        lambda: page_twins.radius(found),
        source=source,
        radius=found,
        form=form,
    )


def shown(source: Source, **forms: Any) -> str:
    """Return the page of a source as it is now, with a form that was refused."""
    session().expire_all()
    return render_template(
        "sources/page.html", **{"upload": SnapshotForm(), **forms}, **page_values(source)
    )


def page_values(source: Source) -> dict[str, Any]:
    """Everything the page of a source shows beside its upload form."""
    return {
        "source": source,
        "origin": None if is_veiled(source) else source.derived_from,
        "tree": None if is_veiled(source) else tree_of(session(), source),
        "alike": likenesses.alike(session(), source),
        "relying": relying_on(session(), source.id),
        "snapshots": [] if is_veiled(source) else snapshots_of(session(), source),
        "watching": None if is_veiled(source) else watch_of(session(), source, now()),
        "changed": [] if is_veiled(source) or past() else changed_items(session(), source),
        "attempts": [] if is_veiled(source) else captures.attempted(session(), source),
        "suggested": {} if is_veiled(source) else suggestions.suggested(session(), source),
        "citations": [] if is_veiled(source) else citations_of(session(), source),
        "veiled": is_veiled(source),
        "publisher": publishers().behind(source.publisher, source.url),
        "proposed": _proposed(source),
        "doubles": doubles(session(), source) if past() is None else [],
        "merged": merged_into(session(), source),
    }


def _publishers_used(filters: Filters) -> list[tuple[Publisher, int]]:
    """The publishers the desk has sources of, by name, and the one that is asked for."""
    counts, table = counted(session()), publishers()
    keys = {*counts, *([filters.publisher] if filters.publisher else [])}
    found = [(row, counts[row.key]) for key in keys if (row := table.get(key)) is not None]
    return sorted(found, key=lambda pair: words_text(pair[0].names).casefold())


def _proposed(source: Source) -> Publisher | None:
    """The publisher that the address of a source without one proposes."""
    return publishers().at(source.url) if source.url and not source.publisher else None


@blueprint.post("/sources/<key>/publisher")
@requires(Permission.ADD_EVIDENCE)
def take_publisher(key: str) -> ResponseReturnValue:
    """Take over what the address of a source says of its publisher."""
    source, form = find(session(), key), DeskForm()
    refused = send(form, lambda: _with_publisher(source, form.seen_version))
    if refused is not None:
        return shown(source, form=form), refused
    undoable(_("The publisher is taken over."))
    return redirect(url_for("sources.page", key=source.key), SEE_OTHER)


def _with_publisher(source: Source, seen: int | None) -> Source:
    found = _proposed(source)
    if found is None:
        raise Refused(
            "no_publisher",
            {
                "zh": "这个网址没有对应的出版者。",
                "en": "The address tells of no publisher.",
            },
        )
    facts: Facts = {"publisher": words_text(found.names), "kind": found.kind, "tier": found.tier}
    if not source.language:
        facts["language"] = found.language
    return edit_source(session(), source, seen=seen, **facts)


def _added(form: SourceForm) -> Source:
    repeat = bool(form.repeat.data)
    source = add_source(session(), by=actor(), repeat=repeat, **form.facts(session()))
    if _is_kept(form, source):
        captures.ask(session(), source, by=actor())
    return source


def _is_kept(form: SourceForm, source: Source) -> bool:
    """Whether a new source's page is fetched; whoever runs a confidential one's would notice."""
    return bool(form.keep.data and source.url and not source.confidential)


def _corrected(form: SourceForm, source: Source) -> Source:
    facts = form.facts(session(), source)
    saved = edit_source(session(), source, seen=form.seen_version, **facts)
    keep_knowing(session(), saved, actor())
    return saved


def asked_filters() -> Filters:
    """What the address narrows the list of sources to."""
    return Filters(
        kind=one_of(request.args, "kind", SourceKind),
        tier=one_of(request.args, "tier", Tier),
        language=(request.args.get("language") or "")[:LONGEST] or None,
        publisher=(request.args.get("publisher") or "")[:LONGEST] or None,
        reliability=one_of(request.args, "reliability", Reliability),
        credibility=_figure(request.args.get("credibility")),
        text=(request.args.get("text") or "").strip()[:LONGEST] or None,
    )


def _figure(text: str | None) -> int | None:
    """An Admiralty figure of the address; None for what is none."""
    return int(text) if text in FIGURES else None


def _listed() -> tuple[Filters, list[Source], str | None]:
    filters = asked_filters()
    rows, more = listing(session(), filters, after=paging.read_uuid(NAME))
    return filters, rows, paging.link(NAME, ("after", rows[-1].id) if more else None)


def _asked(filters: Filters) -> dict[str, str]:
    return {name: str(value) for name, value in vars(filters).items() if value}
