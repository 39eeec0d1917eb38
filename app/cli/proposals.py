"""Commands on what an article states: its proposals, and reading it to its end or again."""

from typing import Any

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli.desk import actor, either, emit, json_option, opened
from app.db import Database
from claims.differences import read_again
from claims.errors import Missing
from claims.mentions import coverage
from claims.models import ArticleVersion, Claim, Proposal, ReadingDifference
from claims.queries.articles import version_of
from claims.queries.triage import listed_proposals
from claims.reading import reading_words
from claims.readings import latest_reading, progress, read_on
from claims.triage import accept_all
from claims.triage_vocabulary import ProposalState, Strength
from claims.vocabulary import Stage


def read_to_the_end(database: Database, key: str, *, accept: bool = False) -> dict[str, Any]:
    """Read what is not read yet, a portion in each transaction, and say what came of it."""
    finished = False
    while not finished:
        with database.writing(actor()) as session:
            finished = read_on(session, version_of(session, key), by=actor()).finished
    if accept:
        with database.writing(actor()) as session:
            accept_all(session, version_of(session, key), by=actor())
    with database.reading() as session:
        return _state(session, version_of(session, key))


def _state(session: Session, version: ArticleVersion) -> dict[str, Any]:
    rows = listed_proposals(session, version)
    left = [row for row in rows if row.state is ProposalState.PENDING]
    claims = select(func.count()).where(
        Claim.article_id == version.article_id, Claim.stage != Stage.DROPPED
    )
    return {
        "key": version.article.key,
        "title": either(version.article.title),
        "sha256": version.sha256,
        "numbers": coverage(session, version).total,
        "accounted": coverage(session, version).accounted,
        "proposals": len(rows),
        "strong": sum(row.strength is Strength.STRONG for row in rows),
        "left": len(left),
        "claims": session.scalar(claims) or 0,
    }


def summary(answer: dict[str, Any]) -> str:
    """Return what was read and decided, in one line."""
    weak = answer["proposals"] - answer["strong"]
    return (
        f"{answer['key']}: {answer['numbers']} numbers ({answer['accounted']} accounted for), "
        f"{answer['proposals']} proposals ({weak} weak, {answer['left']} left), "
        f"{answer['claims']} claims"
    )


@click.command("proposals")
@click.argument("key")
@json_option
def proposals(key: str, as_json: bool) -> None:
    """List the proposals of the article KEY with their figures, strong ones first."""
    with opened().reading() as session:
        try:
            rows = listed_proposals(session, version_of(session, key))
        except Missing as problem:
            raise click.ClickException(f"there is no article {key}") from problem
        found = [_proposal(row) for row in rows]
    if as_json:
        emit(found)
        return
    for entry in found:
        figures = ", ".join(figure["stated"] for figure in entry["figures"])
        click.echo(f"{entry['number']}\t{entry['state']}\t{entry['strength']}\t{figures}")
        click.echo(f"\t{entry['statement']}")


def _proposal(row: Proposal) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "strength": row.strength,
        "rule": row.rule,
        "kind": row.kind,
        "statement": row.statement,
        "start": row.start,
        "stop": row.stop,
        "reason": row.reason,
        "claim": row.claim.number if row.claim else None,
        "figures": [
            {
                "stated": figure.stated_text,
                "reads": reading_words(figure),
                "role": figure.role,
                "pair": figure.pair,
                "strength": figure.strength,
                "comparator": figure.comparator,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "change": figure.change_kind,
                "period": figure.period,
                "period_from": figure.period_source,
                "subject": either(figure.subject),
                "measure": either(figure.measure),
                "observation": figure.observation_status,
            }
            for figure in row.figures
        ],
    }


@click.command("read")
@click.argument("key")
@json_option
def read(key: str, as_json: bool) -> None:
    """Read the article KEY to its end, or read it again; differences wait for a person."""
    database = opened()
    try:
        with database.reading() as session:
            version = version_of(session, key)
            finished = progress(latest_reading(session, version.id), version).finished
    except Missing as problem:
        raise click.ClickException(f"there is no article {key}") from problem
    answer: dict[str, Any] = {}
    if finished:
        with database.writing(actor()) as session:
            again = read_again(session, version_of(session, key), by=actor())
            counted = select(func.count()).where(ReadingDifference.reading_id == again.id)
            answer["differences"] = session.scalar(counted) or 0
    answer |= read_to_the_end(database, key)
    if as_json:
        emit(answer)
        return
    click.echo(summary(answer))
    if "differences" in answer:
        click.echo(f"{answer['differences']} differences; see /articles/{key}/differences")
