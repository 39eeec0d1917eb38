"""Commands that read the past: a state as of a moment, a history, and the saved questions."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import click
from sqlalchemy.orm import Session

from app import timeline
from app.accounts.current import NOBODY
from app.biography import PARTS_ASKED, story
from app.claim_twin import claim_twin
from app.cli.database import database
from app.cli.desk import either, emit, json_option
from app.forms.timeline import claim_id
from app.ledger import history as ledger_history
from app.ledger import replay
from app.ledger.history import Entry
from app.logs import visible
from app.models import Base
from app.past import place
from app.past.copy import Copy
from app.past.place import Place
from app.past.scope import Scope, of_article, of_claim, of_queue, replayed
from app.questions import QUESTIONS, question
from app.questions.answers import plain, table
from app.questions.narrowing import narrowed
from claims.queries import queue as queue_query
from claims.queries.articles import article_id, article_page
from claims.queries.claims import claim_page
from claims.queries.queue_filters import Filters

Shown = dict[str, Any]
at_option = click.option(
    "--at", required=True, help="A ledger number, or a moment as in '2026-11-24 18:00'."
)


@click.group("as-of")
def as_of() -> None:
    """Show an article, a claim or the queue as it was."""


@as_of.command("article")
@click.argument("key")
@at_option
@json_option
def article(key: str, at: str, as_json: bool) -> None:
    """Show the article KEY with its claims as they stood."""

    def show(session: Session) -> Shown:
        page = article_page(session, key)
        return {
            "article": key,
            "title": page.article.title,
            "version": page.version.number,
            "accounted": page.coverage.accounted,
            "numbers": page.coverage.total,
            "statuses": page.counts,
            "claims": [
                {
                    "number": row.number,
                    "statement": row.claim.statement,
                    "verification_status": row.status,
                    "stage": row.claim.stage,
                    "open_contests": row.contests,
                }
                for row in page.claims
            ],
        }

    _answer(lambda session: of_article(article_id(session, key)), show, at, as_json)


@as_of.command("claim")
@click.argument("article_key")
@click.argument("number", type=click.IntRange(1))
@at_option
@json_option
def claim(article_key: str, number: int, at: str, as_json: bool) -> None:
    """Show claim NUMBER of the article ARTICLE_KEY as it stood."""
    found: list[Any] = []

    def scope(session: Session) -> Scope:
        found.append(claim_id(session, f"{article_key}/{number}"))
        return of_claim(found[0])

    _answer(scope, lambda session: claim_twin(claim_page(session, found[0])), at, as_json)


@as_of.command("queue")
@at_option
@json_option
def queue(at: str, as_json: bool) -> None:
    """Show the first page of the queue as it stood."""

    def show(session: Session) -> Shown:
        rows = queue_query.page(session, Filters(me=NOBODY)).rows
        return {
            "claims": [
                {
                    "number": row.number,
                    "article": row.article_key,
                    "statement": row.statement,
                    "verification_status": row.status,
                    "stage": row.stage,
                    "assignee": row.assignee,
                }
                for row in rows
            ]
        }

    _answer(lambda _session: of_queue(), show, at, as_json)


def _answer(
    scope: Callable[[Session], Scope], show: Callable[[Session], Shown], at: str, as_json: bool
) -> None:
    """Print what a query of today says about the state of that moment."""
    with database() as found, found.reading(steady=True) as session:
        where = place.find(session, at, dt.UTC)
        then = replay.era(session, Base.metadata, where.position)
        head = ledger_history.schema_revision(session)
        copy = Copy(replayed(session, scope(session), then, head), then)
        with copy.reading() as opened:
            shown = show(opened)
        copy.close()
    state = heading(where, then.revision)
    if as_json:
        emit({"as_of": state, **shown})
        return
    click.echo("  ".join(f"{name} {value}" for name, value in state.items()))
    say(shown)


def heading(where: Place, revision: str) -> dict[str, Any]:
    """Which state is shown."""
    return {"position": where.position, "moment": where.moment.isoformat(), "schema": revision}


def say(shown: Shown, indent: str = "") -> None:
    """Print values a line each, lists indented."""
    for name, value in shown.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            click.echo(f"{indent}{name}:")
            for row in value:
                click.echo(indent + "  " + " · ".join(_cell(cell) for cell in row.values()))
        else:
            click.echo(f"{indent}{name}: {_cell(value)}")


def _cell(value: Any) -> str:
    if isinstance(value, dict) and value and set(value) <= {"zh", "en", "ja", "ko"}:
        return visible(either(value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_cell(one)}" for key, one in value.items())
    return "—" if value is None else visible(str(value))


@click.group()
def history() -> None:
    """Tell the history of one thing."""


@history.command("claim")
@click.argument("article_key")
@click.argument("number", type=click.IntRange(1))
@click.option("--part", type=click.Choice(sorted(PARTS_ASKED)), help="Only this of the claim.")
@click.option("--actor", help="As in editor:li.wei.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10000))
@json_option
def of_one_claim(
    article_key: str, number: int, part: str | None, actor: str | None, limit: int, as_json: bool
) -> None:
    """Tell the biography of claim NUMBER of the article ARTICLE_KEY, from the beginning."""
    with database() as found, found.reading() as session:
        chosen = claim_id(session, f"{article_key}/{number}")
        entries = story(session, chosen, part=part, who=actor, oldest=True, limit=limit)
    if as_json:
        emit([timeline.plain(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(line(entry))


def line(entry: Entry) -> str:
    """One entry with its values, in one line of a terminal whatever somebody typed."""
    fields = "; ".join(
        f"{name} {new}" if old is None else f"{name} {old} → {new}"
        for name, old, new in entry.changes
        if name not in timeline.BOOKKEEPING
    )
    who = entry.actor or "(nobody)"
    return visible(f"#{entry.eid} {entry.at} {who} {entry.table} {entry.op} {fields}")


@click.command()
@click.argument("name", required=False)
@click.option("--article", help="Only of this article, by its key.")
@click.option("--actor", help="Only of this person, as in li.wei.")
@click.option("--since", help="From this ledger number or moment on.")
@click.option("--until", help="Before this ledger number, or up to this moment.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV that is safe to open.")
@json_option
def ask(name: str | None, as_csv: bool, as_json: bool, **typed: str | None) -> None:
    """Ask the saved question NAME; without a name, list the questions."""
    if name is None:
        _list_questions(as_json)
        return
    with database() as found, found.reading(steady=True) as session:
        chosen = question(name)
        kept = {key: value for key, value in typed.items() if value}
        answers = chosen.ask(session, narrowed(session, kept)[1])
    if as_csv:
        click.echo(table(answers, either, lambda actor: actor or ""), nl=False)
    elif as_json:
        emit([plain(answer) for answer in answers])
    else:
        for answer in answers:
            entry = answer.entry
            who = entry.actor or "(nobody)"
            click.echo(visible(f"#{entry.eid} {entry.at} {who} {either(answer.said)}"))


def _list_questions(as_json: bool) -> None:
    listed = [
        {"name": one.name, "title": one.title, "explained": one.explained}
        for one in QUESTIONS.values()
    ]
    if as_json:
        emit(listed)
        return
    for one in QUESTIONS.values():
        click.echo(f"{one.name:<28}{either(one.title)}  {one.title['en']}")
